import EventLoop
import Foundation
import GraphQL

/// All subscriptions of one loop.
///
/// Subscribers with the same plan, the same variables and the same viewer share one
/// source stream, one execution per event and the same bytes.
final class SubscriptionHub: @unchecked Sendable {  // Reason: confined to its loop.
    /// What a subscriber gets, in this order: any number of `next`, then at most one of the others.
    enum Event {
        case next([UInt8])
        case completed
        case failed([GraphQLError])
    }

    /// One subscription of one client.
    final class Subscriber {
        fileprivate let deliver: (Event) -> Void
        fileprivate weak var group: SharedSubscription?

        /// - Parameter deliver: called on the loop; must not block.
        init(deliver: @escaping (Event) -> Void) {
            self.deliver = deliver
        }
    }

    fileprivate struct Key: Hashable {
        let request: PreparedRequest.SharingKey
        /// Not the token: two sockets of one person see the same.
        let user: UUID?
    }

    private let loop: Loop
    /// Those that can be joined.
    private var groups: [Key: SharedSubscription] = [:]

    /// All that run, joinable or not.
    private var running: [ObjectIdentifier: SharedSubscription] = [:]
    private let metrics: ServerMetrics?

    init(loop: Loop, metrics: ServerMetrics? = nil) {
        self.loop = loop
        self.metrics = metrics
    }

    /// How many source streams run: what the tests count after their clients have gone.
    var streamCount: Int { running.count }

    /// How many clients' subscriptions they serve.
    var subscriberCount: Int { running.values.reduce(0) { $0 + $1.subscriberCount } }

    func add(
        _ subscriber: Subscriber, to request: PreparedRequest, for viewer: Viewer, service: GraphQLService,
        requestID: String
    ) {
        loop.preconditionOnLoop("SubscriptionHub.add")
        let key = Key(request: request.sharingKey, user: viewer.user)
        if let group = groups[key], group.join(subscriber) {
            subscriber.group = group
            return
        }
        let group = SharedSubscription(key: key, hub: self)
        groups[key] = group
        running[ObjectIdentifier(group)] = group
        subscriber.group = group
        group.start(with: subscriber, viewer: viewer, request: request, service: service, requestID: requestID)
    }

    func remove(_ subscriber: Subscriber) {
        loop.preconditionOnLoop("SubscriptionHub.remove")
        subscriber.group?.leave(subscriber)
        subscriber.group = nil
    }

    fileprivate func didDeliver(to subscriptions: Int) { metrics?.recordEvent(subscriptions: subscriptions) }

    fileprivate func didEnd(_ group: SharedSubscription) {
        running[ObjectIdentifier(group)] = nil
        if groups[group.key] === group { groups[group.key] = nil }
    }
}

/// One running source stream with its subscribers.
private final class SharedSubscription: @unchecked Sendable {  // Reason: confined to its loop.
    /// How many bytes of the past are kept for those who join later.
    static let maximumLogBytes = 256 * 1024

    let key: SubscriptionHub.Key
    private weak var hub: SubscriptionHub?
    private var subscribers: [SubscriptionHub.Subscriber] = []
    var subscriberCount: Int { subscribers.count }
    private var task: Task<Void, Never>?
    private var isOver = false
    /// Everything sent so far, unless the stream only has the present; nil once it is too much.
    private var log: [[UInt8]]? = []
    private var logBytes = 0

    init(key: SubscriptionHub.Key, hub: SubscriptionHub) {
        self.key = key
        self.hub = hub
    }

    func start(
        with subscriber: SubscriptionHub.Subscriber, viewer: Viewer, request: PreparedRequest,
        service: GraphQLService, requestID: String
    ) {
        subscribers = [subscriber]
        // What was loaded when the subscription began must not decide about later events.
        let viewer = viewer.forLater
        task = service.loop.spawn { [self] in
            await run(request, service) { service.context(for: viewer, requestID: requestID) }
        }
    }

    /// Adds a subscriber and sends it the past; false if the past is no longer known.
    func join(_ subscriber: SubscriptionHub.Subscriber) -> Bool {
        guard let log else { return false }
        subscribers.append(subscriber)
        for payload in log { subscriber.deliver(.next(payload)) }
        return true
    }

    func leave(_ subscriber: SubscriptionHub.Subscriber) {
        subscribers.removeAll { $0 === subscriber }
        guard subscribers.isEmpty else { return }
        task?.cancel()
        end()
    }

    private func run(
        _ request: PreparedRequest, _ service: GraphQLService, _ makeContext: () -> ExecutionContext
    ) async {
        do throws(RequestError) {
            let stream = try await service.engine.subscribe(request, in: makeContext())
            while let result = try await stream.next(in: makeContext) {
                deliver(result.body, isLiveOnly: stream.isLiveOnly)
            }
            finish(.completed)
        } catch {
            finish(.failed(error.errors))
        }
    }

    private func deliver(_ payload: [UInt8], isLiveOnly: Bool) {
        if !isLiveOnly, log != nil {
            logBytes += payload.count
            if logBytes > Self.maximumLogBytes { log = nil } else { log?.append(payload) }
        }
        tell(.next(payload))
        hub?.didDeliver(to: subscribers.count)
    }

    private func finish(_ event: SubscriptionHub.Event) {
        end()
        tell(event)
        subscribers = []
    }

    /// Whoever is told may make itself and others leave.
    private func tell(_ event: SubscriptionHub.Event) {
        for subscriber in subscribers where subscriber.group === self { subscriber.deliver(event) }
    }

    private func end() {
        guard !isOver else { return }
        isOver = true
        hub?.didEnd(self)
    }
}
