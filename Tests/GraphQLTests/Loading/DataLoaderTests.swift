import Synchronization
import Testing

@testable import GraphQL

@Suite("Data loaders", .timeLimit(.minutes(15)))
struct DataLoaderTests {
    /// The batches that a loader fetched, and how it fetches.
    private final class Shop: @unchecked Sendable {  // Reason: confined to the host's executor, but for the mutex.
        let host = ExecutionHost.standalone()
        private(set) var loader: DataLoader<Int, String>!
        private let log = Mutex<[[Int]]>([])
        var batches: [[Int]] { log.withLock { $0 } }
        /// Called within a fetch.
        var onFetch: ([Int]) async throws -> Void = { _ in }

        init(maximumBatchSize: Int = 100) {
            loader = DataLoader(queue: LoaderQueue(host: host), maximumBatchSize: maximumBatchSize) {
                [unowned self] keys in
                log.withLock { $0.append(keys) }
                try await onFetch(keys)
                return Dictionary(uniqueKeysWithValues: keys.filter { $0 >= 0 }.map { ($0, "v\($0)") })
            }
        }

        /// Runs on the host's executor, as a request does.
        func run<T: Sendable>(_ body: @escaping @Sendable (DataLoader<Int, String>) async throws -> T) async throws -> T
        {
            try await Task(executorPreference: host.executor) { try await body(self.loader) }.value
        }

        /// Lets everything run that is ready.
        func settle() async {
            for _ in 0..<3 {
                await withCheckedContinuation { continuation in host.whenIdle { continuation.resume() } }
            }
        }
    }

    private struct Broken: Error {}

    @Test("all callers of a wave share one batch with each key once, and each gets its own values in its order")
    func oneBatch() async throws {
        let shop = Shop()
        let results = try await shop.run { loader in
            try await withThrowingTaskGroup(of: (Int, [String?]).self) { group in
                for (index, keys) in [[1, 2], [2, 3, 2], [], [-1, 1]].enumerated() {
                    group.addTask { (index, try await loader.load(keys)) }
                }
                return try await group.reduce(into: [Int: [String?]]()) { $0[$1.0] = $1.1 }
            }
        }
        #expect(results == [0: ["v1", "v2"], 1: ["v2", "v3", "v2"], 2: [], 3: [nil, "v1"]])
        #expect(shop.batches.map { $0.sorted() } == [[-1, 1, 2, 3]])
    }

    @Test("what is known is not fetched again, nor what is known not to exist")
    func remembers() async throws {
        let shop = Shop()
        let results = try await shop.run { loader in
            let first = try await loader.load([1, -1])
            let second = try await loader.load([-1, 1, 2])
            return [first, second]
        }
        #expect(results == [["v1", nil], [nil, "v1", "v2"]])
        #expect(shop.batches == [[1, -1], [2]])
    }

    @Test("a value that came by another way is not fetched, and does not replace a known one")
    func prime() async throws {
        let shop = Shop()
        let results = try await shop.run { loader in
            loader.prime(1, "primed")
            let first = try await loader.load([1, 2])
            loader.prime(2, "late")
            return first + (try await loader.load([2]))
        }
        #expect(results == ["primed", "v2", "v2"])
        #expect(shop.batches == [[2]])
    }

    @Test("what was cleared is fetched again")
    func clear() async throws {
        let shop = Shop()
        try await shop.run { loader in
            _ = try await loader.load([1, 2])
            loader.clear(1)
            _ = try await loader.load([1, 2])
            loader.clearAll()
            _ = try await loader.load([1, 2])
        }
        #expect(shop.batches == [[1, 2], [1], [1, 2]])
    }

    @Test("loads that follow from loads batch level by level")
    func chains() async throws {
        let shop = Shop()
        try await shop.run { loader in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for start in [10, 20, 30] {
                    group.addTask {
                        for step in 0..<3 { _ = try await loader.load(start + step) }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(shop.batches.map { $0.sorted() } == [[10, 20, 30], [11, 21, 31], [12, 22, 32]])
    }

    @Test("two loaders of a request wait for the same wave")
    func twoLoaders() async throws {
        let host = ExecutionHost.standalone()
        let queue = LoaderQueue(host: host)
        let order = Mutex<[String]>([])
        let loaders = ["a", "b"].map { name in
            DataLoader<Int, Int>(queue: queue) { keys in
                order.withLock { $0.append("\(name)\(keys.sorted())") }
                return [:]
            }
        }
        try await Task(executorPreference: host.executor) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for key in 0..<3 {
                    for loader in loaders { group.addTask { _ = try await loader.load(key) } }
                }
                try await group.waitForAll()
            }
        }.value
        #expect(order.withLock { $0.sorted() } == ["a[0, 1, 2]", "b[0, 1, 2]"])
    }

    @Test("keys on their way are waited for, not fetched twice")
    func inFlight() async throws {
        let shop = Shop()
        let gate = Gate()
        shop.onFetch = { keys in if keys.contains(1) { await gate.pass() } }
        let results = try await shop.run { loader in
            async let first = loader.load([1, 2])
            await gate.reached()
            async let second = loader.load([2, 3])
            await shop.settle()
            #expect(shop.batches == [[1, 2], [3]])
            gate.open()
            return try await first + second
        }
        #expect(results == ["v1", "v2", "v2", "v3"])
        #expect(shop.batches == [[1, 2], [3]])
    }

    @Test("a failed batch fails all who wait for it, and is not remembered")
    func failure() async throws {
        let shop = Shop()
        shop.onFetch = { keys in if keys.contains(13) { throw Broken() } }
        let outcomes = try await shop.run { loader in
            await withTaskGroup(of: Bool.self) { group in
                for keys in [[13], [1], [2, 13]] {
                    group.addTask {
                        do {
                            _ = try await loader.load(keys)
                            return true
                        } catch {
                            #expect(error is Broken)
                            return false
                        }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
        }
        #expect(outcomes == [false, false, false])
        #expect(try await shop.run { try await $0.load([1, 2]) } == ["v1", "v2"])
        #expect(shop.batches.map { $0.sorted() } == [[1, 2, 13], [1, 2]])
        await #expect(throws: Broken.self) { try await shop.run { try await $0.load(13) } }
        #expect(shop.batches.count == 3)
    }

    @Test("a batch is cut into parts of at most the maximum")
    func maximumBatchSize() async throws {
        let shop = Shop(maximumBatchSize: 3)
        let values = try await shop.run { try await $0.load(Array(0..<7)) }
        #expect(values == (0..<7).map { "v\($0)" })
        #expect(shop.batches == [[0, 1, 2], [3, 4, 5], [6]])
    }

    @Test("a cancelled request fetches nothing more")
    func cancellation() async throws {
        let shop = Shop()
        let task = Task(executorPreference: shop.host.executor) {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await shop.loader.load([1])
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(shop.batches.isEmpty)
        // And leaves the loader as it was.
        #expect(try await shop.run { try await $0.load([1]) } == ["v1"])
    }
}

/// Holds whoever passes until it is opened.
private final class Gate: @unchecked Sendable {  // Reason: confined to one executor.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            for watcher in watchers { watcher.resume() }
            watchers = []
        }
    }

    func reached() async {
        guard waiting.isEmpty else { return }
        await withCheckedContinuation { watchers.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
