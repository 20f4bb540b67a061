public import EventLoop
import JSON
import Synchronization

/// Sends spans to a collector, in batches, in the background: no request waits for it, and a collector that is slow or
/// away costs a bounded number of spans in memory.
public final class OTLPExporter: Sendable {
    /// A collector's answer, as far as it matters.
    public struct Answer: Sendable {
        /// The status code.
        public let status: Int
        /// The field `Retry-After`, if there was one.
        public let retryAfter: String?
        /// The body.
        public let body: [UInt8]

        /// An answer.
        public init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
            self.status = status
            self.retryAfter = retryAfter
            self.body = body
        }
    }

    /// Posts a batch; throws when the connection is lost or takes too long.
    public typealias Post = @Sendable (_ body: [UInt8]) async throws -> Answer

    private struct State {
        var waiting: [FinishedSpan] = []
        var counts = Counts()
        var isStopped = false
        var isWoken = false
        var task: Swift.Task<Void, Never>?
    }

    /// What became of spans since the start.
    public struct Counts: Sendable, Hashable {
        /// The collector has them.
        public internal(set) var exported = 0
        /// The queue was full, or the collector did not want them or could not be reached.
        public internal(set) var dropped = 0
    }

    private let loop: Loop
    private let configuration: OTLPConfiguration
    private let encoder: OTLPEncoder
    private let post: Post
    private let problem: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// An exporter that sends nothing before `start`.
    ///
    /// - Parameters:
    ///   - loop: where it runs.
    ///   - configuration: limits and times.
    ///   - post: sends a request body as `application/json`.
    ///   - problem: told what went wrong; at most once per batch.
    public init(
        loop: Loop, configuration: OTLPConfiguration, post: @escaping Post,
        problem: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.loop = loop
        self.configuration = configuration
        self.post = post
        self.problem = problem
        encoder = OTLPEncoder(resource: configuration.resource)
    }

    /// What became of spans so far.
    public var counts: Counts { state.withLock { $0.counts } }

    /// Begins to send.
    public func start() {
        let task = loop.spawn { await self.run() }
        state.withLock { $0.task = task }
    }

    /// Sends what waits, for at most `grace`, and ends.
    public func stop(grace: Duration = .seconds(5)) async {
        let task = state.withLock { state in
            state.isStopped = true
            return state.task
        }
        let loop = loop
        let deadline = loop.spawn {
            // Cancelled when the rest was sent in time.
            guard (try? await loop.sleep(for: grace)) != nil else { return }
            task?.cancel()
        }
        while true {
            let batch = takeBatch()
            if batch.isEmpty || deadline.isCancelled { break }
            await send(batch)
        }
        task?.cancel()
        await task?.value
        deadline.cancel()
        await deadline.value
    }

    func add(_ span: FinishedSpan) {
        let isFull = state.withLock { state -> Bool in
            guard state.waiting.count < configuration.queueLimit, !state.isStopped else {
                state.counts.dropped += 1
                return false
            }
            state.waiting.append(span)
            guard state.waiting.count >= configuration.batchSize, !state.isWoken else { return false }
            state.isWoken = true
            return true
        }
        // A full batch does not wait for the clock.
        if isFull { loop.spawn { await self.drain(onlyFull: true) } }
    }

    private func run() async {
        while !Swift.Task.isCancelled {
            // Cancelled at the end.
            guard (try? await loop.sleep(for: configuration.interval)) != nil else { return }
            await drain(onlyFull: false)
        }
    }

    private func drain(onlyFull: Bool) async {
        while !Swift.Task.isCancelled {
            let batch = takeBatch(onlyFull: onlyFull)
            if batch.isEmpty { return }
            await send(batch)
        }
    }

    private func takeBatch(onlyFull: Bool = false) -> [FinishedSpan] {
        state.withLock { state in
            state.isWoken = false
            guard !onlyFull || state.waiting.count >= configuration.batchSize else { return [] }
            let batch = Array(state.waiting.prefix(configuration.batchSize))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func send(_ batch: [FinishedSpan]) async {
        let body = encoder.encode(batch)
        for attempt in 1...max(1, configuration.attempts) {
            let (outcome, text) = await tryOnce(body)
            switch outcome {
            case .accepted(let rejected):
                count(exported: batch.count - rejected, dropped: rejected)
                if rejected > 0 { problem("the collector rejected \(rejected) spans: \(text)") }
                return
            case .dropped:
                count(exported: 0, dropped: batch.count)
                return problem("the collector refused \(batch.count) spans: \(text)")
            case .retry(let asked):
                let delay = ExportOutcome.delay(beforeRetry: attempt, asked: asked, random: .random(in: 0...1))
                // Cancelled while it waits: the process ends.
                guard attempt < configuration.attempts, (try? await loop.sleep(for: delay)) != nil else {
                    count(exported: 0, dropped: batch.count)
                    return problem("the collector could not take \(batch.count) spans: \(text)")
                }
            }
        }
    }

    private func tryOnce(_ body: [UInt8]) async -> (ExportOutcome, String) {
        do {
            let answer = try await post(body)
            // A body that is no JSON says nothing about rejected spans; the status decides.
            let partial = (try? JSONReader.read(answer.body))?["partialSuccess"]
            let rejected = partial?["rejectedSpans"].flatMap { $0.int ?? $0.string.flatMap(Int64.init) } ?? 0
            let outcome = ExportOutcome(
                status: answer.status, retryAfter: answer.retryAfter, rejected: Int(clamping: max(0, rejected)))
            return (outcome, "status \(answer.status) \(partial?["errorMessage"]?.string ?? "")")
        } catch {
            return (.retry(after: nil), "\(error)")
        }
    }

    private func count(exported: Int, dropped: Int) {
        state.withLock { state in
            state.counts.exported += exported
            state.counts.dropped += dropped
        }
    }
}
