import GraphQL
import JSON

/// Why an operation does not run; its response has no `data`.
///
/// The one way in which transports say no: `StatusRules` has the status of each reason, the errors have the stable code.
struct OperationRefusal: Swift.Error {
    /// What refused it.
    enum Reason: Hashable {
        // How it was asked.

        /// The text is not JSON, or a URL is not percent-encoded.
        case malformed
        /// JSON, but not the parameters of a GraphQL request.
        case notARequest
        /// The body's type is not one that is read here.
        case contentType
        /// The body is larger than it may be.
        case tooLarge
        /// A mutation whose method is not `POST`.
        case method
        /// A page of another site could have made the request.
        case crossSite
        /// Nothing that the client accepts can be produced.
        case notAcceptable
        /// A subscription, where only one result can be answered.
        case subscription
        /// There is no such stream of events, or it is somebody else's.
        case streamUnknown
        /// The stream is open, or an operation of this id runs on it.
        case conflict
        /// As many operations run on the stream as may.
        case streamFull

        // What was asked.

        /// The document has a syntax error or is over a limit of the parser.
        case parsing
        /// The document breaks a rule.
        case validation
        /// The operation can't be determined, its variables are wrong, or its plan is refused.
        case preparation
        /// The hash of an automatic persisted query is not known yet, or hashes are not taken at all.
        case persistedQueryUnknown
        /// What is said about a persisted query contradicts itself.
        case persistedQueryWrong
        /// There is no stored document of this name.
        case documentUnknown
        /// Only stored documents run here.
        case notTrusted

        // Who asked, and when.

        /// The credentials are no good.
        case unauthenticated
        /// The schema is not told to this client.
        case introspection
        /// The client has asked for too much in a short time.
        case rateLimited
        /// The server has no memory left.
        case overloaded
        /// The database does not answer.
        case unavailable
    }

    let reason: Reason
    /// Never empty.
    let errors: [GraphQLError]
    /// When to come back, in seconds.
    let retryAfterSeconds: Int?

    init(
        _ reason: Reason, _ message: String, code: GraphQLErrorCode = .badRequest,
        extensions: JSONObject = JSONObject(), retryAfterSeconds: Int? = nil
    ) {
        self.reason = reason
        self.retryAfterSeconds = retryAfterSeconds
        errors = [GraphQLError(message, code: code, extensions: extensions)]
    }

    init(_ error: RequestError) {
        reason =
            switch error.stage {
            case .parsing: .parsing
            case .validation: .validation
            case .preparation: .preparation
            }
        errors = error.errors
        retryAfterSeconds = nil
    }

    /// The response body.
    var body: [UInt8] { GraphQLError.requestErrorBody(errors) }
}

extension OperationRefusal.Reason {
    /// Whether it is about the document: what a stream of events tells as a result like any other.
    var isAboutDocument: Bool { [.parsing, .validation, .preparation].contains(self) }
}

extension OperationRefusal {
    static let notAcceptable = OperationRefusal(
        .notAcceptable,
        "The answer is application/graphql-response+json, application/json, text/event-stream or "
            + "multipart/mixed with incrementalSpec=v0.2.",
        code: GraphQLErrorCode("NOT_ACCEPTABLE"))
    static let subscription = OperationRefusal(
        .subscription,
        "Subscriptions are served over WebSocket (graphql-transport-ws) and as server-sent events (Accept: "
            + "text/event-stream).", code: .operationResolutionFailure)
    static let mutationByURL = OperationRefusal(
        .method, "Mutations are for POST.", code: .operationResolutionFailure)
    static let unauthenticated = OperationRefusal(
        .unauthenticated, "The access token is not valid or has expired.", code: .unauthenticated)
    static let unavailable = OperationRefusal(
        .unavailable, "Try again in a moment.", code: GraphQLErrorCode("SERVICE_UNAVAILABLE"), retryAfterSeconds: 1)
}
