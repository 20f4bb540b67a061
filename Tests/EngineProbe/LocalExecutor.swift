import GraphQL
import Synchronization

/// Runs tasks on the thread that waits for them: one probe, one thread, the same order every time.
///
/// Nothing here waits for anything outside, so a queue that is empty while a task is unfinished is a hang.
final class LocalExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let idle = Mutex<[@Sendable () -> Void]>([])

    /// The host of requests that run here.
    var host: ExecutionHost {
        ExecutionHost(executor: self) { body in self.idle.withLock { $0.append(body) } }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs `body` to its end on the calling thread.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
        let result = Mutex<Value?>(nil)
        Task(executorPreference: self) {
            let value = await body()
            result.withLock { $0 = value }
        }
        while true {
            while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if let value = result.withLock({ $0 }) { return value }
            let waiting = idle.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            precondition(!waiting.isEmpty, "The request waits for something that never comes")
            for body in waiting { body() }
        }
    }

    private func next() -> UnownedJob? {
        jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
