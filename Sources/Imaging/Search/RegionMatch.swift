// Where a reference was found.

/// A place of a picture that looks like a reference.
public struct RegionMatch: Sendable, Hashable {
    /// The place, in pixels of the searched picture.
    public let rectangle: PixelRectangle
    /// Agreement of structure (normalised correlation of brightness), -1 to 1; 1 is the same up to exposure.
    public let score: Double

    /// Makes a match.
    public init(rectangle: PixelRectangle, score: Double) {
        self.rectangle = rectangle
        self.score = score
    }
}
