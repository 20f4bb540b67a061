/// One named piece of work of the blocking pool; exactly one of its closures is called, once.
struct BlockingWork: Sendable {
    let what: StaticString
    let run: @Sendable () -> Void
    let refuse: @Sendable (EventLoopError) -> Void

    init(
        what: StaticString, run: @escaping @Sendable () -> Void, refuse: @escaping @Sendable (EventLoopError) -> Void
    ) {
        self.what = what
        self.run = run
        self.refuse = refuse
    }
}

/// The bounded queue between whoever has blocking work and the pool's threads.
final class BlockingQueue: Sendable {
    private struct State {
        var waiting: [BlockingWork] = []
        /// Where the waiting begins; what is before it was taken already.
        var head = 0
        var running: [UInt: StaticString] = [:]
        var isClosed = false

        mutating func takeFirst() -> BlockingWork? {
            guard head < waiting.count else { return nil }
            let work = waiting[head]
            head += 1
            if head == waiting.count || head >= 1_024 {
                waiting.removeFirst(head)
                head = 0
            }
            return work
        }
    }

    private let limit: Int
    private let state = LockedValue(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Queues the work, or says why not.
    func append(_ work: BlockingWork) -> EventLoopError? {
        state.withLock { state in
            if state.isClosed { return EventLoopError(.poolShutDown, "\(work.what) came after the shutdown") }
            if state.waiting.count - state.head >= limit {
                return EventLoopError(.poolFull, "\(work.what): \(limit) pieces of work wait already")
            }
            state.waiting.append(work)
            self.state.signal()
            return nil
        }
    }

    /// Waits for work; nil when the pool is shut down.
    func next() -> BlockingWork? {
        state.withLock(waitingWhile: { $0.head == $0.waiting.count && !$0.isClosed }) { state in
            let work = state.takeFirst()
            state.running[LoopThread.identity] = work?.what
            return work
        }
    }

    /// The calling thread has done what it took.
    func done() {
        state.withLock { $0.running[LoopThread.identity] = nil }
    }

    /// Ends the queue and returns what nobody will run.
    func close() -> [BlockingWork] {
        state.withLock { state in
            state.isClosed = true
            defer {
                state.waiting = []
                state.head = 0
            }
            self.state.broadcast()
            return Array(state.waiting[state.head...])
        }
    }

    var activity: (queued: [StaticString], running: [StaticString]) {
        state.withLock { state in
            (state.waiting[state.head...].map(\.what), Array(state.running.values))
        }
    }
}
