// What a parser accepts from a stranger. Everything is counted while parsing, before memory is spent.

/// Bounds on the size of a document.
///
/// A document at the limit is accepted, one above is refused with the code named at each limit.
public struct ParserLimits: Sendable, Hashable {
    /// The longest source in UTF-8 bytes (`DOCUMENT_TOO_LARGE`).
    public var maximumBytes: Int
    /// The most tokens, not counting comments and the end (`DOCUMENT_TOO_MANY_TOKENS`).
    public var maximumTokens: Int
    /// The deepest nesting of selection sets and of list and object literals, together (`DOCUMENT_TOO_DEEP`).
    public var maximumDepth: Int
    /// The most aliased fields in the document (`DOCUMENT_TOO_MANY_ALIASES`).
    public var maximumAliases: Int
    /// The most directives applied in one place (`DOCUMENT_TOO_MANY_DIRECTIVES`).
    public var maximumDirectivesPerLocation: Int
    /// The most fragment spreads in the document (`DOCUMENT_TOO_MANY_FRAGMENT_SPREADS`).
    public var maximumFragmentSpreads: Int

    /// Makes limits; each default is the value of `standard`.
    public init(
        maximumBytes: Int = 128 * 1024,
        maximumTokens: Int = 10_000,
        maximumDepth: Int = 64,
        maximumAliases: Int = 500,
        maximumDirectivesPerLocation: Int = 8,
        maximumFragmentSpreads: Int = 500
    ) {
        self.maximumBytes = maximumBytes
        self.maximumTokens = maximumTokens
        self.maximumDepth = maximumDepth
        self.maximumAliases = maximumAliases
        self.maximumDirectivesPerLocation = maximumDirectivesPerLocation
        self.maximumFragmentSpreads = maximumFragmentSpreads
    }

    /// For documents from strangers.
    public static let standard = ParserLimits()

    /// For documents of our own, such as the schema: only nesting is bounded, so that the stack is safe.
    public static let trusted = ParserLimits(
        maximumBytes: Int(Int32.max),
        maximumTokens: .max,
        maximumDepth: 200,
        maximumAliases: .max,
        maximumDirectivesPerLocation: .max,
        maximumFragmentSpreads: .max)
}
