public import Database
public import EventLoop
public import FoundationEssentials

/// Hears, on one connection of its own, what other transactions have committed, and tells everyone who asked.
///
/// What was sent while there was no connection is lost; `Signal.resync` says so, and whoever gets it looks into the
/// tables for what it missed.
public final class EventListener: @unchecked Sendable {  // Reason: confined to its loop, checked at entry.
    /// What is heard.
    ///
    /// Ids and topics only: the contents are read from the tables.
    public enum Signal: Sendable, Hashable {
        /// There is an event. Signals may come out of order over several topics, within a topic they do not.
        case event(id: Int, topic: Topic)
        /// A job of this kind waits.
        case jobWaits(JobKind)
        /// A running job is to end.
        case cancelRequested(jobID: UUID)
        /// A session or a service token of this user has ended.
        case credentialsEnded(userID: UUID)
        /// Something may have been missed.
        case resync
    }

    /// A place among the receivers; gives it up when told so.
    public struct Subscription: Sendable {
        fileprivate let number: Int
    }

    /// The channel of the triggers on sessions and service tokens; the payload is the user's key.
    static let credentialsChannel = "aimage_credentials"

    private let loop: Loop
    private var listener: NotificationListener?
    private var receivers: [Int: (Signal) -> Void] = [:]
    private var lastNumber = 0

    /// Makes a listener that does nothing before `start`.
    public init(loop: Loop, configuration: ConnectionConfiguration) {
        self.loop = loop
        let channels = [
            EventStore.channel, JobStore.waitingChannel, JobStore.cancelChannel, Self.credentialsChannel,
        ]
        listener = NotificationListener(loop: loop, configuration: configuration, channels: channels) {
            [weak self] in self?.heard($0)
        }
    }

    /// Connects and listens.
    public func start() async throws {
        loop.preconditionOnLoop("EventListener.start")
        try await listener?.start()
    }

    /// Ends the connection.
    ///
    /// Idempotent.
    public func stop() async {
        loop.preconditionOnLoop("EventListener.stop")
        await listener?.stop()
    }

    /// Adds a receiver, which is called on the loop and must not block.
    public func subscribe(_ receiver: @escaping (Signal) -> Void) -> Subscription {
        loop.preconditionOnLoop("EventListener.subscribe")
        lastNumber += 1
        receivers[lastNumber] = receiver
        return Subscription(number: lastNumber)
    }

    /// Takes a receiver away.
    ///
    /// Idempotent.
    public func unsubscribe(_ subscription: Subscription) {
        loop.preconditionOnLoop("EventListener.unsubscribe")
        receivers[subscription.number] = nil
    }

    private func heard(_ event: NotificationListener.Event) {
        switch event {
        case .connected(isReconnection: true): tell(.resync)
        case .connected(isReconnection: false), .disconnected: break
        case .notification(let notification):
            if let signal = Self.signal(channel: notification.channel, payload: notification.payload) { tell(signal) }
        }
    }

    private func tell(_ signal: Signal) {
        for receiver in receivers.values { receiver(signal) }
    }

    /// What a notification means; nil for what this program did not send.
    static func signal(channel: String, payload: String) -> Signal? {
        switch channel {
        case EventStore.channel:
            let parts = payload.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let id = Int(parts[0]) else { return nil }
            return .event(id: id, topic: Topic(name: String(parts[1])))
        case JobStore.waitingChannel:
            return .jobWaits(JobKind(rawValue: payload))
        case JobStore.cancelChannel:
            return UUID(uuidString: payload).map(Signal.cancelRequested(jobID:))
        case credentialsChannel:
            return UUID(uuidString: payload).map(Signal.credentialsEnded(userID:))
        default:
            return nil
        }
    }
}
