/// The response stream of a subscription: one response per event (specification section 6.2.3.2).
public struct ResponseStream: Sendable {
    private let request: PreparedRequest
    private let source: SourceStream

    init(request: PreparedRequest, source: SourceStream) {
        self.request = request
        self.source = source
    }

    /// Whether it starts with what happens next: somebody who joins later then needs nothing from the past.
    public var isLiveOnly: Bool { source.isLiveOnly }

    /// Waits for the next event and executes it in a context of its own; nil at the end of the stream.
    ///
    /// A failure of the source stream ends the subscription with that error.
    public func next(
        in makeContext: () -> ExecutionContext
    ) async throws(RequestError) -> ExecutionResult? {
        let event: SourceStream.Event
        do {
            guard let next = try await source.next() else { return nil }
            event = next
        } catch {
            let failure = makeContext().fieldError(error)
            throw RequestError(
                GraphQLError(failure.message, code: failure.code, extensions: failure.extensions))
        }
        request.trace?.record(.began(.execute))
        let context = makeContext()
        let executor = request.executor(in: context)
        let root = PlannedBatch(plan: request.plan.root, objects: ObjectBatch([RootObject()]))
        await executor.resolve(root, event: event)
        return request.serialize(root, in: context)
    }
}
