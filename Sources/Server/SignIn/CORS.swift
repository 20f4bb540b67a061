/// Which pages of other origins may use the API, with the browser's cookies (Fetch standard, "CORS protocol").
public struct CORS: Sendable {
    /// How long a browser may remember a preflight's answer, in seconds; Chromium keeps none longer than two hours.
    static let maximumAge = 7_200

    /// Exact origins, as `https://app.example`.
    private let origins: Set<String>

    /// Lets pages of these origins in; no pattern, because a pattern is how strangers get in.
    public init(origins: some Sequence<String>) {
        self.origins = Set(origins)
    }

    /// The answer to a preflight, for a path with these methods, or none; nil if the request is no preflight.
    func preflight(_ request: HTTPRequest, methods: [String]?) -> HTTPResponse? {
        guard request.method == "OPTIONS", let origin = request.headers["origin"],
            request.headers.contains("access-control-request-method")
        else { return nil }
        guard let methods else { return Router.notFound }
        guard origins.contains(origin) else {
            return .failure(403, "Pages of this origin may not use the API: FRONTEND_ORIGINS does not name it.")
        }
        var response = HTTPResponse(status: 204)
        response.headers.add("Access-Control-Allow-Methods", methods.joined(separator: ", "))
        // Whoever is let in may send any field; browsers do not read `*` so when there are cookies.
        if let fields = request.headers["access-control-request-headers"] {
            response.headers.add("Access-Control-Allow-Headers", fields)
        }
        response.headers.add("Access-Control-Max-Age", String(Self.maximumAge))
        response.headers.add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers")
        return response
    }

    /// Adds what lets a page of an allowed origin read the answer.
    func decorate(_ response: inout HTTPResponse, origin: String?) {
        guard !origins.isEmpty else { return }
        // Also on answers to others: a cache must not give theirs to an allowed page.
        response.headers.add("Vary", "Origin")
        guard let origin, origins.contains(origin) else { return }
        response.headers.add("Access-Control-Allow-Origin", origin)
        response.headers.add("Access-Control-Allow-Credentials", "true")
        response.headers.add("Access-Control-Expose-Headers", "ETag, Retry-After, WWW-Authenticate")
    }

    /// Whether a WebSocket may be opened: by a program, by a page of this server, or by one of an allowed origin.
    ///
    /// Browsers ask no permission before a WebSocket, and send their cookies with it.
    func allowsWebSocket(_ request: HTTPRequest) -> Bool {
        guard let origin = request.headers["origin"] else { return true }
        if origins.contains(origin) { return true }
        guard let host = request.headers["host"] else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
