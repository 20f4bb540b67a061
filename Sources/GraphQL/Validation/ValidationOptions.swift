// What a caller can choose about validation. None of it changes which documents are valid.

/// How errors are reported, and how much work validation may do.
public struct ValidationOptions: Sendable, Hashable {
    /// Whether messages suggest names of the schema ("Did you mean …?"); switch it off to hide the schema.
    public var suggestions: Bool
    /// How many errors are reported before validation stops.
    public var maximumErrors: Int
    /// How many steps the costly rules may take before the document is refused as too complex.
    ///
    /// They are field merging, and variables over fragments. A step takes some nanoseconds.
    public var maximumSteps: Int

    /// Makes options; each default is the value of `standard`.
    public init(suggestions: Bool = true, maximumErrors: Int = 100, maximumSteps: Int = 1_000_000) {
        self.suggestions = suggestions
        self.maximumErrors = maximumErrors
        self.maximumSteps = maximumSteps
    }

    /// For documents from strangers who may know the schema.
    public static let standard = ValidationOptions()
}
