import Glibc

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
final class BlockingQueue: @unchecked Sendable {  // Reason: all state is read and written under `mutex`.
    private let limit: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [BlockingWork] = []
    private var head = 0
    private var running: [UInt: StaticString] = [:]
    private var isClosed = false

    init(limit: Int) {
        self.limit = limit
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    /// Queues the work, or says why not.
    func append(_ work: BlockingWork) -> EventLoopError? {
        locked {
            if isClosed { return EventLoopError(.poolShutDown, "\(work.what) came after the shutdown") }
            if waiting.count - head >= limit {
                return EventLoopError(.poolFull, "\(work.what): \(limit) pieces of work wait already")
            }
            waiting.append(work)
            pthread_cond_signal(condition)
            return nil
        }
    }

    /// Waits for work; nil when the pool is shut down. The calling thread's previous work counts as done.
    func next() -> BlockingWork? {
        locked {
            running[LoopThread.identity] = nil
            while head == waiting.count && !isClosed { pthread_cond_wait(condition, mutex) }
            guard head < waiting.count else { return nil }
            let work = waiting[head]
            head += 1
            if head == waiting.count || head >= 1_024 {
                waiting.removeFirst(head)
                head = 0
            }
            running[LoopThread.identity] = work.what
            return work
        }
    }

    /// Ends the queue and returns what nobody will run.
    func close() -> [BlockingWork] {
        locked {
            isClosed = true
            let left = Array(waiting[head...])
            waiting = []
            head = 0
            pthread_cond_broadcast(condition)
            return left
        }
    }

    var activity: (queued: [StaticString], running: [StaticString]) {
        locked { (waiting[head...].map(\.what), Array(running.values)) }
    }

    private func locked<T>(_ body: () -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
