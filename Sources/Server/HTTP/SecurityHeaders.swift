/// What every answer tells browsers not to do with it.
public struct SecurityHeaders: Sendable {
    /// For how long browsers reach this host over TLS only, in seconds: a year.
    static let strictTransportSeconds = 31_536_000

    private let usesTLS: Bool

    /// - Parameter usesTLS: whether clients reach the server over TLS, its own or a proxy's.
    public init(usesTLS: Bool) {
        self.usesTLS = usesTLS
    }

    /// Adds what the answer does not say itself.
    func decorate(_ response: inout HTTPResponse) {
        func add(_ name: String, _ value: String) {
            if !response.headers.contains(name) { response.headers.add(name, value) }
        }
        add("X-Content-Type-Options", "nosniff")
        add("Referrer-Policy", "no-referrer")
        // For answers that are no pages: should one ever be taken for a page, it runs nothing and is framed by nobody.
        add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        if usesTLS { add("Strict-Transport-Security", "max-age=\(Self.strictTransportSeconds)") }
    }
}
