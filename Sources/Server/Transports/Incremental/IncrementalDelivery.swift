import GraphQL

/// Incremental delivery over HTTP: the result in several parts of `multipart/mixed`, each sent as it is ready.
struct IncrementalDelivery {
    let service: GraphQLService
    let format: ResponsePreferences.IncrementalFormat

    /// Runs an operation; when the client leaves, it is cancelled.
    func run(_ prepared: PreparedRequest, for viewer: Viewer, requestID: String) -> HTTPResponse {
        let writer = HTTPBodyWriter()
        writer.write(PartFraming.start)
        var rewriter = format == .paths ? PathsFormat() : nil
        let operation = RunningOperation(prepared, service: service, isReady: { await writer.flushed() }) { event in
            switch event {
            case .next(let payload):
                return writer.write(PartFraming.part(rewriter?.rewrite(payload) ?? payload))
            case .failed(let errors): writer.write(PartFraming.part(Self.lastPayload(errors)))
            case .completed: break
            }
            writer.write(PartFraming.end)
            writer.finish()
        }
        writer.onClientLeft = { operation.cancel() }
        operation.start(for: viewer, requestID: requestID)
        return HTTPResponse(
            headers: ["Content-Type": PartFraming.contentType(format), "Cache-Control": "no-store"],
            body: .stream(writer))
    }

    /// Tells why no more comes.
    ///
    /// No draft has a place for that in a later payload; clients read `errors` in any.
    private static func lastPayload(_ errors: [GraphQLError]) -> [UInt8] {
        GraphQLError.requestErrorBody(errors).dropLast() + #","hasNext":false}"#.utf8
    }
}
