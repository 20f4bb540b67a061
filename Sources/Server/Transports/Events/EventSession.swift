import EventLoop
import GraphQL

/// One stream of events that a client's operations share (graphql-sse, single connection); confined to its loop.
final class EventSession: @unchecked Sendable {  // Reason: confined to its loop; others get to it by `loop.run`.
    /// How many operations may run on one stream.
    static let maximumOperations = 100

    let viewer: Viewer
    let loop: Loop
    private let token: String
    private let service: GraphQLService
    private var stream: EventStream?
    private var running: [String: RunningOperation] = [:]

    init(token: String, viewer: Viewer, service: GraphQLService) {
        self.token = token
        self.viewer = viewer.forLater
        self.service = service
        loop = service.loop
    }

    /// The answer that carries the stream; when the client leaves, everything ends.
    func open(_ request: HTTPRequest) -> HTTPResponse {
        let stream = EventStream(service: service, viewer: viewer, request: request, endsWithServer: true) {
            self.end()
        }
        self.stream = stream
        return stream.response
    }

    /// Starts an operation whose results go to the stream; answers why it can't be, if it can't.
    ///
    /// What is wrong with the operation itself is one of its results.
    func start(_ id: String, _ parameters: RequestParameters, _ request: HTTPRequest) -> OperationRefusal? {
        loop.preconditionOnLoop("EventSession.start")
        guard let stream else { return .streamUnknown }
        guard running[id] == nil else { return .operationRuns }
        guard running.count < Self.maximumOperations else { return .streamFull }
        let prepared: PreparedRequest
        do {
            prepared = try service.prepare(parameters)
            try service.admit(prepared, for: viewer, from: request.remoteAddress)
        } catch {
            stream.next(error.body, id: id)
            stream.complete(id: id)
            return nil
        }
        let operation = RunningOperation(prepared, service: service) { [unowned self] event in
            deliver(event, to: id)
        }
        running[id] = operation
        operation.start(for: viewer, requestID: "\(request.id)/\(id)")
        return nil
    }

    /// Ends an operation; the client is told, as of any end.
    func stop(_ id: String) {
        loop.preconditionOnLoop("EventSession.stop")
        guard let operation = running.removeValue(forKey: id) else { return }
        operation.cancel()
        stream?.complete(id: id)
    }

    private func deliver(_ event: SubscriptionHub.Event, to id: String) {
        switch event {
        case .next(let payload): stream?.next(payload, id: id)
        case .failed(let errors):
            stream?.next(GraphQLError.requestErrorBody(errors), id: id)
            fallthrough
        case .completed:
            running[id] = nil
            stream?.complete(id: id)
        }
    }

    private func end() {
        service.options.eventStreams.close(token)
        for operation in running.values { operation.cancel() }
        running = [:]
        stream = nil
    }
}
