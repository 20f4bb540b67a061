public import JSON

/// An expected failure of one field, thrown by a resolver.
///
/// The executor adds path and locations and propagates null (specification section 6.4.4). Any other thrown
/// error is handed to ``ExecutionContext/mask(_:)`` first, so that nothing internal reaches a client.
public struct FieldError: Swift.Error, Hashable, Sendable {
    /// What went wrong, for a developer.
    public let message: String
    /// The stable reason.
    public let code: GraphQLErrorCode
    /// More members of `extensions`.
    public let extensions: JSONObject
    /// Where in the document, if that is more exact than the field: the value of an argument.
    let offset: UInt32?

    /// Makes a field error.
    public init(_ message: String, code: GraphQLErrorCode, extensions: JSONObject = JSONObject()) {
        self.message = message
        self.code = code
        self.extensions = extensions
        offset = nil
    }

    /// An argument's value is not one of its type (specification section 6.4.1).
    init(_ error: InputError) {
        message = error.message
        code = .badUserInput
        extensions = JSONObject()
        offset = error.offset
    }

    /// The customary answer for an object that does not exist or is hidden from the viewer.
    public static func notFound(_ what: String) -> FieldError {
        FieldError("\(what) not found", code: .notFound)
    }
}
