import EventLoop
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct BlockingPoolTests {
    @Test("blocking work runs off the loop, and its caller goes on on the loop")
    func offTheLoop() async throws {
        let pool = BlockingPool(threads: 2, name: "test-pool")
        try await withLoop { loop in
            let places = try await loop.run {
                let inside = try await pool.run("look around") { loop.isCurrent }
                return [inside, loop.isCurrent]
            }
            #expect(places == [false, true])
        }
        pool.shutdown()
    }

    @Test("what the work throws comes back")
    func throwing() async throws {
        let pool = BlockingPool(threads: 1, name: "test-pool")
        await #expect(throws: EventLoopError.self) {
            try await pool.run("throw") { throw EventLoopError(.systemCallFailed, "test") }
        }
        pool.shutdown()
    }

    @Test("a full queue refuses, running work is named, and a shutdown refuses what waits")
    func limits() async throws {
        let pool = BlockingPool(threads: 1, name: "test-pool", maximumQueued: 1)
        let gate = Gate()
        let first = Swift.Task { try await pool.run("hold") { gate.wait() } }
        while pool.activity.running.isEmpty { await Swift.Task.yield() }
        #expect(pool.activity.running.map { "\($0)" } == ["hold"])
        let second = Swift.Task { try await pool.run("wait") {} }
        while pool.activity.queued.isEmpty { await Swift.Task.yield() }
        let full = await #expect(throws: EventLoopError.self) { try await pool.run("too much") {} }
        #expect(full?.code == .poolFull)

        let down = Swift.Task.detached { pool.shutdown() }
        let refused = await #expect(throws: EventLoopError.self) { try await second.value }
        #expect(refused?.code == .poolShutDown)
        gate.open()
        try await first.value
        await down.value
        let late = await #expect(throws: EventLoopError.self) { try await pool.run("late") {} }
        #expect(late?.code == .poolShutDown)
    }

    @Test("work whose task was cancelled while it waited does not run")
    func cancelled() async throws {
        let pool = BlockingPool(threads: 1, name: "test-pool")
        let gate = Gate()
        let first = Swift.Task { try await pool.run("hold") { gate.wait() } }
        while pool.activity.running.isEmpty { await Swift.Task.yield() }
        let second = Swift.Task { try await pool.run("wait") { Issue.record("ran") } }
        while pool.activity.queued.isEmpty { await Swift.Task.yield() }
        second.cancel()
        gate.open()
        try await first.value
        await #expect(throws: CancellationError.self) { try await second.value }
        pool.shutdown()
    }

    @Test("a thousand pieces of work on the shared pool give a thousand results")
    func many() async throws {
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<1_000 { group.addTask { try await BlockingPool.shared.run("number") { number } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 499_500)
    }
}

/// Holds a pool's thread until the test opens it.
private final class Gate: @unchecked Sendable {  // Reason: POSIX semaphores are made for use by several threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }
    deinit { semaphore.deallocate() }

    func wait() { sem_wait(semaphore) }
    func open() { sem_post(semaphore) }
}
