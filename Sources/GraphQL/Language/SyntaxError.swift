// The one error of the language folder.

/// Why a text is not a GraphQL document.
public struct SyntaxError: Error, Sendable, Hashable {
    /// A stable code for machines; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as written into `extensions.code`.
        public let description: String

        /// Makes a code.
        public init(_ description: String) { self.description = description }

        /// The text breaks the grammar.
        public static let syntax = Code("GRAPHQL_PARSE_FAILED")
        /// The text is longer than `ParserLimits.maximumBytes`.
        public static let tooLarge = Code("DOCUMENT_TOO_LARGE")
        /// There are more tokens than `ParserLimits.maximumTokens`.
        public static let tooManyTokens = Code("DOCUMENT_TOO_MANY_TOKENS")
        /// Nesting is deeper than `ParserLimits.maximumDepth`.
        public static let tooDeep = Code("DOCUMENT_TOO_DEEP")
        /// There are more aliases than `ParserLimits.maximumAliases`.
        public static let tooManyAliases = Code("DOCUMENT_TOO_MANY_ALIASES")
        /// One place has more directives than `ParserLimits.maximumDirectivesPerLocation`.
        public static let tooManyDirectives = Code("DOCUMENT_TOO_MANY_DIRECTIVES")
        /// There are more spreads than `ParserLimits.maximumFragmentSpreads`.
        public static let tooManyFragmentSpreads = Code("DOCUMENT_TOO_MANY_FRAGMENT_SPREADS")
    }

    /// The stable code.
    public let code: Code
    /// What was found and what was expected, for people.
    public let message: String
    /// Where.
    public let location: SourceLocation

    init(code: Code = .syntax, _ message: String, at location: SourceLocation) {
        self.code = code
        self.message = message
        self.location = location
    }
}

extension SyntaxError: CustomStringConvertible {
    /// The message and the place.
    public var description: String { "\(message) (\(location))" }
}
