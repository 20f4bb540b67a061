// What is wrong with a demo picture, on purpose.

/// The deliberate faults of a demo picture; none of them gives a picture without fault.
public struct DemoVariant: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// Makes a set of faults.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The eyes have another colour.
    public static let wrongEyeColor = DemoVariant(rawValue: 1)
    /// The copyright notice is missing.
    public static let missingNotice = DemoVariant(rawValue: 2)
    /// The forbidden symbol hangs in the background.
    public static let forbiddenSymbol = DemoVariant(rawValue: 4)
    /// The badge has another colour.
    public static let wrongBadgeColor = DemoVariant(rawValue: 8)
    /// The figure is not in the picture.
    public static let missingFigure = DemoVariant(rawValue: 16)
}
