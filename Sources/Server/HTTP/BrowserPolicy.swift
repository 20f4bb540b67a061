/// How the server deals with browsers: which pages may use it, and what they may do with its answers.
public struct BrowserPolicy: Sendable {
    private let cors: CORS
    private let headers: SecurityHeaders

    /// - Parameters:
    ///   - origins: the exact origins of pages elsewhere that may use the API with cookies.
    ///   - usesTLS: whether clients reach the server over TLS, its own or a proxy's.
    public init(origins: [String] = [], usesTLS: Bool = false) {
        cors = CORS(origins: origins)
        headers = SecurityHeaders(usesTLS: usesTLS)
    }

    /// The answer to a request that goes no further: a preflight, or what a stranger's page may have made.
    ///
    /// The methods are those that the path is for, nil if there is no such path.
    func answer(to request: HTTPRequest, methods: [String]?) -> HTTPResponse? {
        if request.headers.list("upgrade", contains: "websocket") {
            return allowsWebSocket(request)
                ? nil : .failure(403, "Pages of this origin may open no WebSocket: FRONTEND_ORIGINS does not name it.")
        }
        if let preflight = cors.preflight(request, methods: methods) { return preflight }
        guard request.path == "/graphql" || request.path.hasPrefix("/graphql/") else { return nil }
        // What the path is not for is refused with its own words.
        guard methods?.contains(request.method) == true else { return nil }
        return CSRFGuard.refusal(of: request)
    }

    /// Whether a WebSocket may be opened.
    func allowsWebSocket(_ request: HTTPRequest) -> Bool { cors.allowsWebSocket(request) }

    /// Adds what browsers need to know to an answer; the request is nil when it was too broken to be one.
    func decorate(_ response: inout HTTPResponse, for request: HTTPRequest?) {
        cors.decorate(&response, origin: request?.headers["origin"])
        headers.decorate(&response)
    }
}
