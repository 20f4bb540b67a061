/// A response in several payloads (incremental delivery: `@defer` and `@stream`).
///
/// The work behind the later payloads begins with the first ``next()`` and ends early when the task that waits there is
/// cancelled, or when the last copy of the response is gone.
public struct IncrementalResponse: Sendable {
    /// The first payload: `data`, `errors`, and, if something is still to come, `pending` and `hasNext`.
    public let initial: ExecutionResult
    private let delivery: IncrementalDelivery?

    init(initial: ExecutionResult, delivery: IncrementalDelivery? = nil) {
        self.initial = initial
        self.delivery = delivery
    }

    /// Waits for the next payload: a JSON object with `pending`, `incremental`, `completed` and `hasNext`.
    ///
    /// What became ready since the last call comes together. Call it from one task at a time.
    ///
    /// - Returns: nil after the payload whose `hasNext` is false, at once if nothing was put off, and when the task was
    ///   cancelled.
    public func next() async -> [UInt8]? {
        await delivery?.next()
    }
}

extension Engine {
    /// Runs a query or a mutation and puts off what its `@defer`s and `@stream`s ask to put off.
    ///
    /// A deferred field that is also asked for without `@defer` is in the first payload, and so is a streamed list of
    /// scalars. All that was put off runs concurrently and shares the request's loaders.
    ///
    /// The schema must define the directives, as the working draft of the specification does:
    ///
    /// ```graphql
    /// directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
    /// directive @stream(if: Boolean! = true, label: String, initialCount: Int! = 0) on FIELD
    /// ```
    public func executeIncrementally(
        _ request: PreparedRequest, in context: ExecutionContext
    ) async -> IncrementalResponse {
        guard let plan = request.incrementalPlan, request.costReport != .validate else {
            return IncrementalResponse(initial: await execute(request, in: context))
        }
        request.trace?.record(.began(.execute))
        let executor = request.executor(in: context)
        let root = await executor.run(plan)
        var serializer = Serializer(document: plan.document, context: context)
        let part = serializer.part(root: root)
        let publisher = IncrementalPublisher()
        let (update, work) = publisher.begin(part.discoveries)
        request.trace?.record(.ended(.execute, errorCount: part.errors.count))
        let initial = request.reportingCost(update.payload(with: part), errorCodes: part.errors.map(\.code))
        guard update.hasNext else { return IncrementalResponse(initial: initial) }
        let delivery = IncrementalDelivery(publisher, work, executor: executor, document: plan.document)
        return IncrementalResponse(initial: initial, delivery: delivery)
    }
}
