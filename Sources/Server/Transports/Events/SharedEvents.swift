import EventLoop
import GraphQL
import JSON

/// graphql-sse, single connection: a token is reserved, its stream opened, and operations are sent beside it.
///
/// Without a token the path is one for distinct connections.
struct SharedEvents {
    static let path = "/graphql/stream"

    let service: GraphQLService

    private typealias Answer = (HTTPRequest, Viewer) async throws(OperationRefusal) -> HTTPResponse

    private var streams: EventStreams { service.options.eventStreams }

    func add(to router: inout Router, maximumBytes: Int) {
        router.on("PUT", Self.path) { await signedIn($0, reserve) }
        router.on("GET", Self.path) { await hasToken($0) ? signedIn($0, open) : distinct($0) }
        router.on("POST", Self.path, maximumBytes: maximumBytes) {
            await hasToken($0) ? signedIn($0, start) : distinct($0)
        }
        router.on("DELETE", Self.path) { await signedIn($0, stop) }
    }

    /// From the header, or from the URL for browsers, whose `EventSource` sends no headers.
    static func token(of request: HTTPRequest) -> String? {
        let token = request.headers["x-graphql-event-stream-token"] ?? request.queryValue("token")
        return token.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func hasToken(_ request: HTTPRequest) -> Bool { Self.token(of: request) != nil }

    private func distinct(_ request: HTTPRequest) async -> HTTPResponse {
        await GraphQLTransport(service: service).respond(to: request)
    }

    private func signedIn(_ request: HTTPRequest, _ answer: Answer) async -> HTTPResponse {
        do throws(OperationRefusal) {
            return try await answer(request, try await service.viewer(of: request))
        } catch {
            return service.options.statuses.answer(error, as: .json)
        }
    }

    private func reserve(_ request: HTTPRequest, _ viewer: Viewer) throws(OperationRefusal) -> HTTPResponse {
        guard let token = streams.reserve(for: viewer.user) else { throw .tooManyStreams }
        var response = HTTPResponse.text(token, status: 201)
        response.headers.add("Cache-Control", "no-store")
        return response
    }

    private func open(_ request: HTTPRequest, _ viewer: Viewer) throws(OperationRefusal) -> HTTPResponse {
        guard ResponsePreferences(accept: request.headers["accept"])?.acceptsEvents ?? false else {
            throw .notAcceptable
        }
        guard let token = Self.token(of: request) else { throw .streamUnknown }
        let session = EventSession(token: token, viewer: viewer, service: service)
        switch streams.open(token, session) {
        case .opened: return session.open(request)
        case .taken: throw .streamIsOpen
        case .unknown: throw .streamUnknown
        }
    }

    private func start(_ request: HTTPRequest, _ viewer: Viewer) async throws(OperationRefusal) -> HTTPResponse {
        try GraphQLTransport.checkContent(request.headers["content-type"])
        let session = try session(of: request, viewer)
        let parameters = try RequestParameters(json: request.body)
        guard case .string(let id)? = parameters.extensions["operationId"], !id.isEmpty else {
            throw OperationRefusal(
                .malformed, "The extensions need operationId, a string that is not empty.")
        }
        // It throws only when this request's task was cancelled; then nobody waits for the answer.
        if let refusal = try? await session.loop.run({ session.start(id, parameters, request) }) { throw refusal }
        return HTTPResponse(status: 202)
    }

    private func stop(_ request: HTTPRequest, _ viewer: Viewer) async throws(OperationRefusal) -> HTTPResponse {
        guard let id = request.queryValue("operationId"), !id.isEmpty else {
            throw OperationRefusal(.malformed, "The parameter operationId is needed.")
        }
        let session = try session(of: request, viewer)
        // As above.
        try? await session.loop.run { session.stop(id) }
        return HTTPResponse(status: 200)
    }

    private func session(of request: HTTPRequest, _ viewer: Viewer) throws(OperationRefusal) -> EventSession {
        guard let token = Self.token(of: request) else {
            throw OperationRefusal(.malformed, "The token of a stream is needed.")
        }
        guard let session = streams.session(token, of: viewer.user) else { throw .streamUnknown }
        return session
    }
}

extension OperationRefusal {
    static let streamUnknown = OperationRefusal(
        .streamUnknown, "There is no open stream of this token.", code: GraphQLErrorCode("STREAM_NOT_FOUND"))
    static let operationRuns = OperationRefusal(
        .conflict, "An operation of this id runs already.", code: GraphQLErrorCode("OPERATION_EXISTS"))
    static let streamFull = OperationRefusal(
        .streamFull, "As many operations as may run on a stream.", code: GraphQLErrorCode("TOO_MANY_OPERATIONS"))
    fileprivate static let streamIsOpen = OperationRefusal(
        .conflict, "The stream of this token is open already.", code: GraphQLErrorCode("STREAM_OPEN"))
    fileprivate static let tooManyStreams = OperationRefusal(
        .overloaded, "There are as many streams as there may be.", code: GraphQLErrorCode("OVERLOADED"),
        retryAfterSeconds: 1)
}
