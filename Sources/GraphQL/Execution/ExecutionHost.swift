import Synchronization

/// Where a request runs: one serial executor and a way to learn that it has nothing left to do.
///
/// All of a request's code runs on `executor`, one job at a time, so neither loaders nor contexts need locks.
public struct ExecutionHost: Sendable {
    /// Runs the request's tasks, one job at a time.
    public let executor: any TaskExecutor
    /// Calls the closure once, on the executor, as soon as no job is ready to run.
    public let whenIdle: @Sendable (@escaping @Sendable () -> Void) -> Void
    /// Told, in the task that does it, how many keys a data loader is about to fetch; what it gives back is called
    /// when they are there or have failed.
    ///
    /// Nil when nobody counts.
    public var willFetch: (@Sendable (_ keys: Int) -> (@Sendable () -> Void)?)?

    /// Makes a host from an event loop's parts.
    public init(
        executor: any TaskExecutor,
        whenIdle: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.executor = executor
        self.whenIdle = whenIdle
    }

    /// A host of its own on Swift's global pool, for programs without an event loop.
    public static func standalone() -> ExecutionHost {
        let executor = SerialTaskExecutor()
        return ExecutionHost(executor: executor, whenIdle: { executor.whenIdle($0) })
    }
}

/// Runs jobs one after the other on Swift's global pool.
final class SerialTaskExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var idle: [@Sendable () -> Void] = []
        var isDraining = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        add { $0.jobs.append(job) }
    }

    func whenIdle(_ body: @escaping @Sendable () -> Void) {
        add { $0.idle.append(body) }
    }

    private func add(_ change: (inout sending State) -> Void) {
        let mustStart = state.withLock { state in
            change(&state)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        // The drain ends by itself when the queue is empty, and `add` starts the next one.
        if mustStart { Task.detached { self.drain() } }
    }

    private func drain() {
        while true {
            let (jobs, idle) = state.withLock { state -> ([UnownedJob], [@Sendable () -> Void]) in
                let jobs = state.jobs
                state.jobs = []
                guard jobs.isEmpty else { return (jobs, []) }
                let idle = state.idle
                state.idle = []
                if idle.isEmpty { state.isDraining = false }
                return ([], idle)
            }
            if jobs.isEmpty && idle.isEmpty { return }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            for body in idle { body() }
        }
    }
}
