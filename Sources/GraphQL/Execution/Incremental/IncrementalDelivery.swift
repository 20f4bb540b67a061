import Synchronization

/// The task behind an incremental response, and the payloads that wait to be fetched.
///
/// The task starts with the first fetch, when the initial result is out, and is cancelled with the last reference to this
/// object: nobody then can fetch any more.
final class IncrementalDelivery: Sendable {
    private let publisher: IncrementalPublisher
    private let executor: Executor
    private let document: Document
    private let payloads = PayloadQueue()
    private let state: Mutex<State>

    private struct State {
        /// The work to begin with; nil once it has begun.
        var work: [IncrementalWork]?
        var task: Task<Void, Never>?
    }

    init(_ publisher: IncrementalPublisher, _ work: [IncrementalWork], executor: Executor, document: Document) {
        self.publisher = publisher
        self.executor = executor
        self.document = document
        state = Mutex(State(work: work))
    }

    deinit {
        cancel()
    }

    /// The next payload; nil after the last one, or when the calling task is cancelled.
    func next() async -> [UInt8]? {
        start()
        return await withTaskCancellationHandler {
            await payloads.next()
        } onCancel: {
            cancel()
        }
    }

    private func cancel() {
        state.withLock { $0.task }?.cancel()
        payloads.close()
    }

    private func start() {
        state.withLock { state in
            guard let work = state.work else { return }
            state.work = nil
            let (publisher, executor, document, payloads) = (
                self.publisher, self.executor, self.document, self.payloads
            )
            state.task = Task(executorPreference: executor.context.host.executor) {
                await Self.deliver(work, publisher, executor, document, to: payloads)
            }
        }
    }

    /// Runs everything that was put off, all of it at once, and what it uncovers.
    private static func deliver(
        _ work: [IncrementalWork], _ publisher: IncrementalPublisher, _ executor: Executor, _ document: Document,
        to payloads: PayloadQueue
    ) async {
        await withTaskGroup(of: Void.self) { group in
            func begin(_ work: [IncrementalWork]) {
                for piece in work {
                    group.addTask {
                        await piece.run(executor, document: document)
                        publisher.finish(piece)
                    }
                }
            }
            begin(work)
            // Pieces that end together have all told the publisher before this loop has its turn.
            while await group.next() != nil, !Task.isCancelled {
                let (update, work) = publisher.advance()
                begin(work)
                if !update.isEmpty || !update.hasNext { payloads.add(update) }
                if !update.hasNext { break }
            }
            // What still runs belongs to fragments that have failed.
            group.cancelAll()
        }
    }
}

/// Updates between the task that makes them and whoever fetches them.
///
/// Updates that nobody has fetched yet become one payload.
private final class PayloadQueue: Sendable {
    private struct State {
        var update: IncrementalUpdate?
        var waiter: CheckedContinuation<IncrementalUpdate?, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    func add(_ update: IncrementalUpdate) {
        let waiter = state.withLock { state -> CheckedContinuation<IncrementalUpdate?, Never>? in
            guard !state.isClosed else { return nil }
            state.isClosed = !update.hasNext
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            if state.update == nil { state.update = update } else { state.update?.append(update) }
            return nil
        }
        waiter?.resume(returning: update)
    }

    func next() async -> [UInt8]? {
        let update = await withCheckedContinuation { continuation in
            let (ready, isReady) = state.withLock { state -> (IncrementalUpdate?, Bool) in
                precondition(state.waiter == nil, "IncrementalResponse.next is called twice at once")
                if let update = state.update {
                    state.update = nil
                    return (update, true)
                }
                if state.isClosed { return (nil, true) }
                state.waiter = continuation
                return (nil, false)
            }
            if isReady { continuation.resume(returning: ready) }
        }
        return update?.payload()
    }

    /// Drops what was not fetched; nothing more comes.
    func close() {
        let waiter = state.withLock { state in
            state.isClosed = true
            state.update = nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }
}
