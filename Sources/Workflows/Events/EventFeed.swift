public import Database
public import EventLoop

/// The events of one loop: everybody who waits for a topic is woken when something has been committed there.
public final class EventFeed: @unchecked Sendable {  // Reason: confined to its loop.
    private let loop: Loop
    private let store: EventStore
    private var streams: [Topic: [WeakStream]] = [:]
    /// At how many topics the next look for streams that nobody holds any more is due.
    private var tidyAt = minimumTidyAt
    private static let minimumTidyAt = 64
    private var subscription: EventListener.Subscription?

    private struct WeakStream {
        weak var stream: EventStream?
    }

    /// Makes a feed that reads through the loop's connections.
    public init(loop: Loop, pool: ConnectionPool) {
        self.loop = loop
        store = EventStore(pool: pool)
    }

    /// Hears the loop's listener from now on.
    public func attach(to listener: EventListener) {
        loop.preconditionOnLoop("EventFeed.attach")
        subscription = listener.subscribe { [weak self] signal in
            switch signal {
            case .event(_, let topic): self?.wake(topic)
            case .resync: self?.wakeAll()
            case .jobWaits, .cancelRequested, .credentialsEnded: break
            }
        }
    }

    /// The topic's events after an id, those of the past included.
    ///
    /// `endsWhenDry` says that the topic gets no more events, so that the stream ends where others would wait.
    public func stream(of topic: Topic, after id: Int, endsWhenDry: Bool) -> EventStream {
        loop.preconditionOnLoop("EventFeed.stream")
        let stream = EventStream(loop: loop, store: store, topic: topic, after: id, endsWhenDry: endsWhenDry)
        if streams.count >= tidyAt { tidy() }
        streams[topic, default: []].removeAll { $0.stream == nil }
        streams[topic, default: []].append(WeakStream(stream: stream))
        return stream
    }

    /// The topic's newest id: where a stream starts that only wants what comes.
    public func newestID(of topic: Topic) async throws -> Int {
        try await store.newestID(of: topic)
    }

    /// The id of the event that ended the try of a run before the present or last one, by the statuses that end one; 0 if
    /// there was one try only.
    public func earlierEnd(of topic: Topic, kind: EventKind, ends: [String]) async throws -> Int {
        try await store.earlierEnd(of: topic, kind: kind, ends: ends)
    }

    /// How many streams somebody still holds.
    var streamCount: Int { streams.values.reduce(0) { $0 + $1.count { $0.stream != nil } } }

    /// How many topics are remembered.
    var topicCount: Int { streams.count }

    /// Forgets streams that nobody holds: on the topics of what has ended nothing happens that could do it.
    private func tidy() {
        streams = streams.compactMapValues { waiting in
            let alive = waiting.filter { $0.stream != nil }
            return alive.isEmpty ? nil : alive
        }
        tidyAt = max(Self.minimumTidyAt, 2 * streams.count)
    }

    private func wake(_ topic: Topic) {
        guard let waiting = streams[topic] else { return }
        let alive = waiting.filter { $0.stream != nil }
        streams[topic] = alive.isEmpty ? nil : alive
        for entry in alive { entry.stream?.wake() }
    }

    private func wakeAll() {
        for topic in Array(streams.keys) { wake(topic) }
    }
}

/// One place in a topic: gives the events one by one, in order, each once.
public final class EventStream: @unchecked Sendable {  // Reason: confined to its loop.
    private let loop: Loop
    private let store: EventStore
    private let topic: Topic
    private let endsWhenDry: Bool
    private var lastID: Int
    private var buffer: ArraySlice<Event> = []
    /// Set when something has been committed since the last look into the table.
    private var isWoken = false
    private var waiter: CheckedContinuation<Void, Never>?

    init(loop: Loop, store: EventStore, topic: Topic, after id: Int, endsWhenDry: Bool) {
        self.loop = loop
        self.store = store
        self.topic = topic
        self.endsWhenDry = endsWhenDry
        lastID = id
    }

    /// The next event; waits for one unless the topic has ended.
    ///
    /// Ends early when the task is cancelled.
    public func next() async throws -> Event? {
        while true {
            try Task.checkCancellation()
            if let event = buffer.popFirst() {
                lastID = event.id
                return event
            }
            isWoken = false
            buffer = try await store.read(topic, after: lastID)[...]
            if !buffer.isEmpty { continue }
            if endsWhenDry { return nil }
            await waitUntilWoken()
        }
    }

    func wake() {
        isWoken = true
        waiter?.resume()
        waiter = nil
    }

    private func waitUntilWoken() async {
        // What was committed while the table was read has set the flag already.
        guard !isWoken else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { continuation.resume() } else { waiter = continuation }
            }
        } onCancel: {
            // A cancellation may come from any thread.
            loop.execute { self.wake() }
        }
    }
}
