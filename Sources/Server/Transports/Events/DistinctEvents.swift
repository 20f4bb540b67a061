import GraphQL

/// graphql-sse, distinct connections: one operation per request, its results as events of the answer.
struct DistinctEvents {
    let service: GraphQLService
    let request: HTTPRequest
    let viewer: Viewer

    /// Runs an operation; the client ends it by leaving.
    func run(_ prepared: PreparedRequest) -> HTTPResponse {
        let running = Slot()
        let stream = EventStream(
            service: service, viewer: viewer, request: request, endsWithServer: prepared.kind == .subscription
        ) {
            running.operation?.cancel()
        }
        let operation = RunningOperation(prepared, service: service, isReady: { await stream.flushed() }) { event in
            switch event {
            case .next(let payload): return stream.next(payload)
            case .failed(let errors): stream.next(GraphQLError.requestErrorBody(errors))
            case .completed: break
            }
            stream.complete()
            stream.finish()
        }
        running.operation = operation
        operation.start(for: viewer, requestID: request.id)
        return stream.response
    }

    /// Tells that an operation does not run: in this protocol a result like any other.
    func refuse(_ refusal: OperationRefusal) -> HTTPResponse {
        let stream = EventStream(service: service, viewer: viewer, request: request, endsWithServer: false) {}
        stream.next(refusal.body)
        stream.complete()
        stream.finish()
        return stream.response
    }

    /// What the stream keeps alive until its end.
    private final class Slot {
        var operation: RunningOperation?
    }
}
