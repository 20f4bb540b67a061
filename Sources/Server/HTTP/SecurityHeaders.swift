/// What every answer tells browsers not to do with it.
public struct SecurityHeaders: Sendable {
    /// For how long browsers reach this host over TLS only, in seconds: a year.
    static let strictTransportSeconds = 31_536_000

    // For answers that are no pages: should one ever be taken for a page, it runs nothing and is framed by nobody.
    private static let always: HTTPHeaders = [
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    ]
    private let headers: HTTPHeaders
    private let names: [String]

    /// - Parameter usesTLS: whether clients reach the server over TLS, its own or a proxy's.
    public init(usesTLS: Bool) {
        var headers = Self.always
        if usesTLS { headers.add("Strict-Transport-Security", "max-age=\(Self.strictTransportSeconds)") }
        self.headers = headers
        names = headers.all.map(\.name)
    }

    /// Adds what the answer does not say itself.
    func decorate(_ response: inout HTTPResponse) {
        // Most answers say nothing of it: then all of them go at once.
        guard names.contains(where: { response.headers.contains($0) }) else { return response.headers.add(headers) }
        for (name, value) in headers.all where !response.headers.contains(name) { response.headers.add(name, value) }
    }
}
