import JSON

/// What the server answers, path by path.
///
/// Everything that needs other layers comes in as a closure.
public struct Application: Sendable {
    /// Whether the server can do its work: nil if it can, else why not.
    public typealias Readiness = @Sendable () async -> String?

    /// The largest GraphQL request, in bytes.
    public static let maximumRequestBytes = 1024 * 1024

    /// Who answers what; a caller may add paths before `server` is called.
    public var router = Router()
    private let service: GraphQLService
    private let browsers: BrowserPolicy

    /// Makes the application of one loop.
    ///
    /// - Parameters:
    ///   - service: runs the operations.
    ///   - graphiQL: the explorer, if it is switched on.
    ///   - browsers: which pages may use the API.
    ///   - readiness: asked by `/readyz`.
    ///   - upload: what to do with a `PUT /uploads/…`; nil if the URL grants nothing.
    ///   - file: answers `GET /files/…`.
    public init(
        service: GraphQLService, graphiQL: GraphiQLPage?, browsers: BrowserPolicy,
        readiness: @escaping Readiness, upload: @escaping @Sendable (HTTPRequest) -> UploadReceiver?,
        file: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        self.service = service
        self.browsers = browsers
        let transport = GraphQLTransport(service: service)
        router.on(
            "POST", "/graphql", decide: { transport.route($0, maximumBytes: Self.maximumRequestBytes) },
            { await transport.respond(to: $0) })
        router.on("GET", "/graphql") { await transport.respond(to: $0) }
        SharedEvents(service: service).add(to: &router, maximumBytes: Self.maximumRequestBytes)
        Self.addHealth(to: &router, readiness: readiness)
        router.on("GET", "/files/", file)
        router.on("PUT", "/uploads/", decide: { Self.receive($0, upload) })
        graphiQL?.add(to: &router)
    }

    /// A server of this application on the service's loop.
    public func server(
        configuration: HTTPServerConfiguration, accessLog: (@Sendable (HTTPAccess) -> Void)? = nil,
        tracing: RequestTracing? = nil
    ) -> HTTPServer {
        var configuration = configuration
        configuration.webSocketSubprotocols = [WebSocketTransport.subprotocol]
        var router = router
        router.before { [router, browsers] in browsers.answer(to: $0, methods: router.methods(of: $0.path)) }
        return HTTPServer(
            loop: service.loop, configuration: configuration, route: { [router] in router.route($0) },
            handle: { [router] in await ResponseCompression.apply(to: await router.answer($0), for: $0) },
            webSocket: { [service, browsers] request, connection in
                browsers.allowsWebSocket(request) ? Self.upgrade(request, connection, service) : nil
            }, decorate: { [browsers] in browsers.decorate(&$0, for: $1) }, accessLog: accessLog, tracing: tracing)
    }

    private static func receive(
        _ request: HTTPRequest, _ upload: @Sendable (HTTPRequest) -> UploadReceiver?
    ) -> RequestDisposition {
        guard let receiver = upload(request) else {
            return .respond(.failure(403, "The URL is not valid, or its time is over."))
        }
        if let length = request.headers["content-length"].flatMap({ Int($0) }), length > receiver.maximumBytes {
            return .respond(.failure(413, "The body is larger than the upload allows."))
        }
        return .stream(UploadSink(receiver))
    }

    private static func upgrade(
        _ request: HTTPRequest, _ connection: WebSocketConnection, _ service: GraphQLService
    ) -> (any WebSocketHandler)? {
        guard request.path == "/graphql" else { return nil }
        return WebSocketTransport(
            service: service, connection: connection, requestID: request.id, address: request.remoteAddress,
            credentials: Authenticator.Credentials(request))
    }

    /// Adds `/healthz` (the process lives) and `/readyz` (it can do its work, and wants to).
    public static func addHealth(to router: inout Router, readiness: @escaping Readiness) {
        router.on("GET", "/healthz") { _ in .json(Array(#"{"status":"alive"}"#.utf8)) }
        router.on("GET", "/readyz") { _ in await Self.readyz(readiness) }
    }

    private static func readyz(_ readiness: Readiness) async -> HTTPResponse {
        guard let reason = await readiness() else { return .json(Array(#"{"status":"ready"}"#.utf8)) }
        let answer: JSONValue = ["status": "not ready", "reason": .string(reason)]
        return .json(answer.encoded(), status: 503)
    }
}
