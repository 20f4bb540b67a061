/// The stable, machine-readable reason of an error: the value of `extensions.code`.
///
/// An open set: every layer may add codes of its own; a client compares the text. The names of the
/// engine's codes are those that Apollo's clients and servers made customary.
public struct GraphQLErrorCode: Hashable, Sendable, CustomStringConvertible {
    /// The text a client sees.
    public let rawValue: String

    /// Makes a code from its text, in capitals with underscores.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The text a client sees.
    public var description: String { rawValue }

    /// The document is not GraphQL: a syntax error or a parser limit.
    public static let parseFailed = Self("GRAPHQL_PARSE_FAILED")
    /// The document breaks a validation rule of the schema.
    public static let validationFailed = Self("GRAPHQL_VALIDATION_FAILED")
    /// A variable or an argument has a value that its type refuses.
    public static let badUserInput = Self("BAD_USER_INPUT")
    /// The operation to run can't be determined.
    public static let operationResolutionFailure = Self("OPERATION_RESOLUTION_FAILURE")
    /// The request is not a well-formed GraphQL request.
    public static let badRequest = Self("BAD_REQUEST")
    /// Something failed that the client can do nothing about; the log has the details.
    public static let internalServerError = Self("INTERNAL_SERVER_ERROR")
    /// Nobody is signed in, or the token is not valid.
    public static let unauthenticated = Self("UNAUTHENTICATED")
    /// The viewer may see the object but not do this.
    public static let forbidden = Self("FORBIDDEN")
    /// No such object, or the viewer may not know that there is one.
    public static let notFound = Self("NOT_FOUND")
    /// The operation was cancelled before its end.
    public static let cancelled = Self("CANCELLED")
}
