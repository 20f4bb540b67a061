import EventLoop
import GraphQL

/// One operation of a client that gets results as they come: over a WebSocket or as server-sent events.
///
/// A query or mutation gives one result, or several payloads if it puts something off; a subscription gives one per
/// event, from the execution that the hub shares.
final class RunningOperation: @unchecked Sendable {  // Reason: confined to its loop.
    private let request: PreparedRequest
    private let service: GraphQLService
    private var task: Task<Void, Never>?
    private var subscriber: SubscriptionHub.Subscriber?
    private var timer: LoopTimer?
    private let isReady: () async -> Void
    private var deliver: ((SubscriptionHub.Event) -> Void)?

    /// Prepares it.
    ///
    /// - Parameters:
    ///   - request: the operation.
    ///   - service: the service of the client's loop.
    ///   - isReady: waits until the client has what was sent; payloads that were put off are made one by one behind it,
    ///     so that a slow reader holds up nobody but itself.
    ///   - deliver: called on the loop, must not block, and is not called any more after `cancel`.
    init(
        _ request: PreparedRequest, service: GraphQLService, isReady: @escaping () async -> Void = {},
        deliver: @escaping (SubscriptionHub.Event) -> Void
    ) {
        self.isReady = isReady
        self.request = request
        self.service = service
        self.deliver = deliver
    }

    /// Whether it waits for events, most of the time for nothing.
    var isSubscription: Bool { request.kind == .subscription }

    func start(for viewer: Viewer, requestID: String) {
        guard !isSubscription else {
            let subscriber = SubscriptionHub.Subscriber { [weak self] event in self?.didGet(event) }
            self.subscriber = subscriber
            return service.hub.add(subscriber, to: request, for: viewer, service: service, requestID: requestID)
        }
        timer = service.loop.schedule(after: service.options.operationTimeout) { [weak self] in self?.timeIsUp() }
        task = service.loop.spawn { [self] in
            let response = await service.executeIncrementally(request, for: viewer, requestID: requestID)
            didGet(.next(response.initial.body))
            if request.isIncremental {
                await isReady()
                while let payload = await response.next() {
                    didGet(.next(payload))
                    await isReady()
                }
            }
            didGet(.completed)
        }
    }

    /// Ends it without a word; what it waits for is cancelled with it.
    func cancel() {
        deliver = nil
        stop()
    }

    private func timeIsUp() {
        didGet(
            .failed([
                GraphQLError("The operation took longer than it may.", code: GraphQLErrorCode("DEADLINE_EXCEEDED"))
            ]))
    }

    private func didGet(_ event: SubscriptionHub.Event) {
        guard let deliver else { return }
        if case .next = event {
        } else {
            self.deliver = nil
            stop()
        }
        deliver(event)
    }

    private func stop() {
        timer?.cancel()
        timer = nil
        task?.cancel()
        if let subscriber { service.hub.remove(subscriber) }
        subscriber = nil
    }
}
