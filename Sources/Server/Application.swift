import JSON

/// What the server answers, path by path.
///
/// Everything that needs other layers comes in as a closure.
public struct Application: Sendable {
    /// Whether the server can do its work: nil if it can, else why not.
    public typealias Readiness = @Sendable () async -> String?

    /// The largest GraphQL request, in bytes.
    public static let maximumRequestBytes = 1024 * 1024

    private let service: GraphQLService
    private let graphiQL: GraphiQLPage?
    private let readiness: Readiness
    private let upload: @Sendable (HTTPRequest) -> UploadReceiver?
    private let file: @Sendable (HTTPRequest) async -> HTTPResponse

    /// Makes the application of one loop.
    ///
    /// - Parameters:
    ///   - service: runs the operations.
    ///   - graphiQL: the explorer, if it is switched on.
    ///   - readiness: asked by `/readyz`.
    ///   - upload: what to do with a `PUT /uploads/…`; nil if the URL grants nothing.
    ///   - file: answers `GET /files/…`.
    public init(
        service: GraphQLService, graphiQL: GraphiQLPage?, readiness: @escaping Readiness,
        upload: @escaping @Sendable (HTTPRequest) -> UploadReceiver?,
        file: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        self.service = service
        self.graphiQL = graphiQL
        self.readiness = readiness
        self.upload = upload
        self.file = file
    }

    /// A server of this application on the service's loop.
    public func server(
        configuration: HTTPServerConfiguration, accessLog: (@Sendable (HTTPAccess) -> Void)? = nil
    ) -> HTTPServer {
        var configuration = configuration
        configuration.webSocketSubprotocols = [WebSocketTransport.subprotocol]
        return HTTPServer(
            loop: service.loop, configuration: configuration, route: { route($0) }, handle: { await handle($0) },
            webSocket: { request, connection in upgrade(request, connection) }, accessLog: accessLog)
    }

    private func route(_ request: HTTPRequest) -> RequestDisposition {
        switch (request.method, request.path) {
        case ("POST", "/graphql"): return .buffer(maximumBytes: Self.maximumRequestBytes)
        case ("PUT", let path) where path.hasPrefix("/uploads/"):
            guard let receiver = upload(request) else {
                return .respond(.failure(403, "The URL is not valid, or its time is over."))
            }
            if let length = request.headers["content-length"].flatMap({ Int($0) }), length > receiver.maximumBytes {
                return .respond(.failure(413, "The body is larger than the upload allows."))
            }
            return .stream(UploadSink(receiver))
        default:
            // Nothing else takes a body; what does not belong here is refused before one is read.
            return Self.methods(of: request.path).contains(request.method)
                ? .buffer(maximumBytes: 0) : .respond(Self.notAllowed(request.path))
        }
    }

    private func handle(_ request: HTTPRequest) async -> HTTPResponse {
        switch request.path {
        case "/graphql": return await POSTTransport(service: service).respond(to: request)
        case "/healthz": return .json(Array(#"{"status":"alive"}"#.utf8))
        case "/readyz": return await readyz()
        case "/":
            guard graphiQL != nil else { return Self.notFound }
            return HTTPResponse(status: 302, headers: ["Location": "/graphiql"])
        case _ where request.path.hasPrefix("/files/"): return await file(request)
        default: return graphiQL?.response(to: request.path) ?? Self.notFound
        }
    }

    private func upgrade(_ request: HTTPRequest, _ connection: WebSocketConnection) -> (any WebSocketHandler)? {
        guard request.path == "/graphql" else { return nil }
        return WebSocketTransport(
            service: service, connection: connection, requestID: request.id,
            authorization: request.headers["authorization"])
    }

    private func readyz() async -> HTTPResponse {
        guard let reason = await readiness() else { return .json(Array(#"{"status":"ready"}"#.utf8)) }
        let answer: JSONValue = ["status": "not ready", "reason": .string(reason)]
        return .json(answer.encoded(), status: 503)
    }

    private static let notFound = HTTPResponse.failure(404, "There is nothing at this path.")

    /// The methods that a path is for.
    private static func methods(of path: String) -> [String] {
        if path == "/graphql" { return ["POST"] }
        return path.hasPrefix("/uploads/") ? ["PUT"] : ["GET", "HEAD"]
    }

    private static func notAllowed(_ path: String) -> HTTPResponse {
        let methods = methods(of: path).joined(separator: ", ")
        var response = HTTPResponse.failure(405, "This path is for \(methods).")
        response.headers.add("Allow", methods)
        return response
    }
}
