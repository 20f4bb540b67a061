import GraphQL

/// Which edition of GraphQL over HTTP decides about status codes.
public enum StatusEdition: String, Sendable, CaseIterable {
    /// The first edition, September 2026: a code of its own for each thing that can be wrong with a request.
    case edition2026 = "2026"
    /// The drafts before it, and what Apollo's clients expect of `application/json`.
    case edition2025 = "2025"
}

/// The status codes of GraphQL over HTTP.
public struct StatusRules: Sendable {
    /// The edition for everybody; nil: 2026 for `application/graphql-response+json`, 2025 for `application/json`.
    public var edition: StatusEdition?
    /// Whether `data` with errors is 294 in the edition of 2026; some old clients insist on 200.
    public var marksPartialSuccess = true

    /// The defaults: each media type as its clients expect.
    public init() {}

    /// The status of an operation that ran.
    func status(of result: ExecutionResult, _ media: ResponseMediaType) -> Int {
        result.errorCount > 0 && marksPartialSuccess && edition(for: media) == .edition2026 ? 294 : 200
    }

    /// The status of a request that was refused before it ran.
    func status(of refusal: OperationRefusal, _ media: ResponseMediaType) -> Int {
        let isStrict = edition(for: media) == .edition2026
        // Older clients of `application/json` take any other status than 200 for a broken network.
        let isLenient = !isStrict && media == .json
        switch refusal.reason {
        case .malformed, .persistedQueryWrong, .crossSite, .subscription: return 400
        case .notARequest: return isStrict ? 422 : 400
        case .parsing: return isLenient ? 200 : 400
        case .validation, .preparation: return isLenient ? 200 : isStrict ? 422 : 400
        // A question, not a failure: clients of automatic persisted queries expect 200 in every media type.
        case .persistedQueryUnknown: return edition == .edition2026 ? 404 : 200
        case .unauthenticated: return 401
        case .notTrusted, .introspection: return 403
        case .documentUnknown, .streamUnknown: return 404
        case .method: return 405
        case .notAcceptable: return 406
        case .conflict: return 409
        case .tooLarge: return 413
        case .contentType: return 415
        case .rateLimited, .streamFull: return 429
        case .overloaded, .unavailable: return 503
        }
    }

    /// The answer to an operation that ran.
    func answer(_ result: ExecutionResult, as media: ResponseMediaType) -> HTTPResponse {
        .graphQL(status(of: result, media), as: media, body: result.body)
    }

    /// The answer to a request that was refused; in the strict edition it is always of the newer type.
    func answer(_ refusal: OperationRefusal, as media: ResponseMediaType) -> HTTPResponse {
        let status = status(of: refusal, media)
        let isNewer = edition == .edition2026 && status >= 400 && refusal.reason != .notAcceptable
        var response = HTTPResponse.graphQL(
            status, as: isNewer ? .graphQLResponse : media, body: refusal.body)
        switch refusal.reason {
        case .persistedQueryUnknown: response.headers["Cache-Control"] = "private, no-cache, must-revalidate"
        case .method: response.headers.add("Allow", "POST")
        case .unauthenticated: response.headers.add("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        default: break
        }
        if let seconds = refusal.retryAfterSeconds { response.headers.add("Retry-After", String(seconds)) }
        return response
    }

    private func edition(for media: ResponseMediaType) -> StatusEdition {
        edition ?? (media == .graphQLResponse ? .edition2026 : .edition2025)
    }
}
