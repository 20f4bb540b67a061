public import Database
public import EventLoop
import FoundationEssentials

/// Claims jobs and has them done.
///
/// `run()` owns everything and ends when its task is cancelled.
///
/// A notification wakes it; without one it looks every `pollInterval`. Jobs that it holds are extended by a heartbeat.
/// When `run()` is cancelled, the jobs' tasks are cancelled and the jobs go back into the queue.
public final class Worker: Sendable {
    /// What a worker tells the log.
    public struct Notice: Sendable {
        /// What happened; a constant text.
        public let message: String
        /// The job, if it is about one.
        public let job: Job?
        /// What went wrong.
        public let error: (any Error)?
    }

    let store: JobStore
    let handlers: [JobKind: any JobHandler]
    let configuration: WorkerConfiguration
    let running = RunningJobs()
    let loop: Loop
    private let name: String
    private let listener: EventListener
    let log: @Sendable (Notice) -> Void
    /// Told, on the loop, how long each attempt took and what became of it.
    let didPerform: @Sendable (_ job: Job, _ outcome: String, _ duration: Duration) -> Void

    /// Makes a worker.
    ///
    /// It prefers `loop` for its own bookkeeping; the handlers go where they must.
    public init(
        pool: ConnectionPool, listener: EventListener, handlers: [any JobHandler],
        configuration: WorkerConfiguration, loop: Loop,
        didPerform: @escaping @Sendable (_ job: Job, _ outcome: String, _ duration: Duration) -> Void = { _, _, _ in },
        log: @escaping @Sendable (Notice) -> Void = { _ in }
    ) {
        store = JobStore(pool: pool)
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { _, _ in
            preconditionFailure("two handlers for one kind of job")
        }
        self.configuration = configuration
        self.loop = loop
        self.log = log
        self.didPerform = didPerform
        name = "\(configuration.node)/\(UUID().text)"
        self.listener = listener
    }

    /// Works until the task is cancelled.
    ///
    /// Call it on the loop.
    public func run() async {
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let subscription = listener.subscribe { [running] signal in
            switch signal {
            case .jobWaits, .resync: wake.yield()
            case .cancelRequested(let id): running.stop(jobID: id, .cancelRequested)
            case .event, .credentialsEnded: break
            }
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.beat(wake) }
            await takeOverNode()
            wake.yield()
            // The stream ends when this task is cancelled.
            for await _ in wakes { await claimAndStart(in: &group, wake) }
            group.cancelAll()
        }
        listener.unsubscribe(subscription)
    }

    /// Fills the free places with jobs.
    private func claimAndStart(
        in group: inout DiscardingTaskGroup, _ wake: AsyncStream<Void>.Continuation
    ) async {
        let free = configuration.maximumJobs - running.count
        guard free > 0, !Swift.Task.isCancelled else { return }
        do {
            let jobs = try await store.claim(
                kinds: Array(handlers.keys), worker: name, lease: configuration.lease.duration, limit: free)
            for job in jobs {
                let stops = running.add(job)
                group.addTask {
                    await self.perform(job, stops)
                    self.running.remove(job)
                    wake.yield()
                }
            }
        } catch {
            if !Swift.Task.isCancelled { log(Notice(message: "Jobs could not be claimed.", job: nil, error: error)) }
        }
    }

    /// Looks after leases and cancellations, and wakes the worker, at regular times.
    private func beat(_ wake: AsyncStream<Void>.Continuation) async {
        let interval = min(configuration.pollInterval, configuration.lease.heartbeat)
        while !Swift.Task.isCancelled {
            do {
                try await loop.sleep(for: interval)
                wake.yield()
                try await extendLeases()
            } catch {
                if !Swift.Task.isCancelled {
                    log(Notice(message: "Leases could not be extended.", job: nil, error: error))
                }
            }
        }
        wake.finish()
    }

    private func extendLeases() async throws {
        let tokens = running.tokens
        guard !tokens.isEmpty else { return }
        let held = try await store.extend(leases: tokens, by: configuration.lease.duration)
        for token in tokens {
            switch held[token] {
            case nil: running.stop(token: token, .leaseLost)
            case true: running.stop(token: token, .cancelRequested)
            default: break
            }
        }
    }

    private func takeOverNode() async {
        guard configuration.ownsNode else { return }
        do {
            try await store.reclaim(node: configuration.node, except: name)
        } catch {
            log(Notice(message: "The jobs of the process before could not be taken over.", job: nil, error: error))
        }
    }
}
