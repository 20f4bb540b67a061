import Glibc
import Synchronization

/// Threads of our own for what may wait: files, `PQcancel`, libvips.
///
/// Nothing that waits runs on a loop. /// The queue is bounded: work beyond the limit is refused rather than piled up. Work is named, for whoever looks at a
/// stuck process.
public final class BlockingPool: Sendable {
    /// The pool that the whole program shares; it lives as long as the process.
    public static let shared = BlockingPool(threads: 4, name: "blocking")

    private let queue: BlockingQueue
    private let threads: LockedValue<[pthread_t]>

    /// Starts the threads (at least one); `maximumQueued` pieces of work may wait for one of them.
    public convenience init(threads: Int, name: String) {
        self.init(threads: threads, name: name, maximumQueued: 4_096)
    }

    /// Starts the threads (at least one) with a queue limit of its own.
    public init(threads count: Int, name: String, maximumQueued: Int) {
        let queue = BlockingQueue(limit: maximumQueued)
        self.queue = queue
        let started = (0..<max(1, count)).compactMap { index in
            // A machine that refuses one more thread leaves a smaller pool; no thread at all is fatal below.
            try? LoopThread.start(name: "\(name)-\(index)") {
                while let work = queue.next() {
                    work.run()
                    queue.done()
                }
            }
        }
        precondition(!started.isEmpty, "BlockingPool \(name): the system starts no thread")
        threads = LockedValue(started)
    }

    /// Runs `body` on one of the pool's threads and comes back to the caller's executor with its result.
    ///
    /// Throws what `body` throws, `CancellationError` when the task was cancelled before a thread was free, and
    /// `EventLoopError` with `.poolFull` or `.poolShutDown`. Work that has begun is not interrupted.
    public func run<T: Sendable>(_ what: StaticString, _ body: @escaping @Sendable () throws -> T) async throws -> T {
        let cancelled = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
                let work = BlockingWork(what: what) {
                    if cancelled.isSet { return continuation.resume(throwing: CancellationError()) }
                    continuation.resume(with: Swift.Result { try body() })
                } refuse: {
                    continuation.resume(throwing: $0)
                }
                if let refusal = queue.append(work) { work.refuse(refusal) }
            }
        } onCancel: {
            cancelled.set()
        }
    }

    /// The names of what waits and of what runs, for diagnostics; from any thread.
    public var activity: (queued: [StaticString], running: [StaticString]) { queue.activity }

    /// Lets running work end, refuses what still waits, and joins the threads; blocks, idempotent.
    public func shutdown() {
        let refused = queue.close()
        for work in refused { work.refuse(EventLoopError(.poolShutDown, "\(work.what) had not begun")) }
        let joinable = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in joinable { pthread_join(thread, nil) }
    }
}

/// Whether the task that waits for a piece of work has been cancelled.
private final class CancellationFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
