/// Collects the keys that a wave asks for, fetches them in one batch, and remembers them for the request.
///
/// `load` takes all keys of a caller at once; callers of the same wave share one batch. A failed batch fails its
/// callers and is not remembered.
public final class DataLoader<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
    // Reason: confined to the request's serial executor (``ExecutionHost``).

    /// Fetches a batch; a key that is missing from the answer has no value.
    public typealias Fetch = @Sendable ([Key]) async throws -> [Key: Value]

    private let queue: LoaderQueue
    private let maximumBatchSize: Int
    private let fetch: Fetch
    private var known: [Key: Value?] = [:]
    /// The batch that will bring a key, collecting or on its way.
    private var assigned: [Key: Batch] = [:]
    private var collecting: Batch?

    /// Keys that are fetched together, and who waits for them.
    private final class Batch {
        var keys: [Key] = []
        var followers: [UnsafeContinuation<Void, any Swift.Error>] = []
        var outcome: Result<Void, any Swift.Error>?
    }

    /// Makes a loader for one request.
    ///
    /// - Parameters:
    ///   - queue: the request's queue.
    ///   - maximumBatchSize: how many keys one `fetch` gets at most.
    ///   - fetch: called once per wave (more often only over the maximum), with distinct keys.
    public init(queue: LoaderQueue, maximumBatchSize: Int = 10_000, fetch: @escaping Fetch) {
        self.queue = queue
        self.maximumBatchSize = maximumBatchSize
        self.fetch = fetch
    }

    /// The values for `keys`, in their order; nil where there is none.
    public func load(_ keys: [Key]) async throws -> [Value?] {
        try await ensure(keys)
        return keys.map { known[$0] ?? nil }
    }

    /// The value for one key.
    ///
    /// Joins the same batch as everybody else's.
    public func load(_ key: Key) async throws -> Value? {
        try await load([key])[0]
    }

    /// Remembers a value that came by another way, for instance within a list.
    public func prime(_ key: Key, _ value: Value) {
        if known[key] == nil { known[key] = .some(value) }
    }

    /// Forgets a value that a mutation has changed.
    public func clear(_ key: Key) {
        known[key] = nil
    }

    /// Forgets everything, for the next event of a subscription.
    public func clearAll() {
        known = [:]
    }

    private func ensure(_ keys: [Key]) async throws {
        var mine: Batch?
        var others: [Batch] = []
        for key in keys where known[key] == nil {
            if let batch = assigned[key] {
                if batch !== mine && !others.contains(where: { $0 === batch }) { others.append(batch) }
                continue
            }
            let batch: Batch
            if let collecting {
                batch = collecting
                if batch !== mine && !others.contains(where: { $0 === batch }) { others.append(batch) }
            } else {
                batch = Batch()
                collecting = batch
                mine = batch
            }
            batch.keys.append(key)
            assigned[key] = batch
        }
        if let mine { await lead(mine) }
        for batch in others where batch.outcome == nil {
            try await withUnsafeThrowingContinuation { batch.followers.append($0) }
        }
        if let mine { try mine.outcome?.get() }
        for batch in others { try batch.outcome?.get() }
    }

    /// The first caller of a wave waits for the others, fetches for all, and wakes them.
    private func lead(_ batch: Batch) async {
        await queue.waitUntilIdle()
        // Whoever asks for more from here on belongs to the next batch.
        collecting = nil
        let outcome: Result<Void, any Swift.Error>
        do {
            try Task.checkCancellation()
            for start in stride(from: 0, to: batch.keys.count, by: maximumBatchSize) {
                let part = Array(batch.keys[start..<min(start + maximumBatchSize, batch.keys.count)])
                let didFetch = queue.host.willFetch?(part.count)
                defer { didFetch?() }
                let found = try await fetch(part)
                for key in part { known[key] = .some(found[key]) }
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        for key in batch.keys { assigned[key] = nil }
        batch.outcome = outcome
        for follower in batch.followers { follower.resume(with: outcome) }
        batch.followers = []
    }
}
