import Glibc
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(15)))
struct LoopLifecycleTests {
    @Test("stopping with pending timers and watchers closes every handle")
    func pendingTimers() async throws {
        var pair: [Int32] = [0, 0]
        // Other tests start programs, which must not keep the sockets open.
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0)
        let descriptor = pair[0]
        try await withLoop { loop in
            try await loop.run {
                loop.schedule(after: .seconds(3_600)) { Issue.record("fired") }
                loop.schedule(after: .seconds(3_600), repeating: .seconds(1)) { Issue.record("fired") }
                let watcher = try ReadinessWatcher(loop: loop, fileDescriptor: descriptor)
                watcher.update(readable: true, writable: false) { _, _, _ in Issue.record("told") }
            }
        }
        close(pair[0])
        close(pair[1])
    }

    @Test("stopping wakes sleepers with a cancellation")
    func sleepers() async throws {
        let loop = try Loop(name: "test-loop")
        try loop.start()
        let asleep = Signal()
        let task = Swift.Task {
            loop.execute { loop.execute { asleep.send() } }
            try await loop.sleep(for: .seconds(3_600))
        }
        await asleep.wait()
        await loop.stop()
        await #expect(throws: CancellationError.self) { try await task.value }
        await #expect(throws: CancellationError.self) { try await loop.sleep(for: .seconds(3_600)) }
        #expect(loop.stoppedCleanly == true)
    }

    @Test("stopping cancels spawned tasks and waits for their ends")
    func spawnedTasks() async throws {
        let loop = try Loop(name: "test-loop")
        try loop.start()
        let ended = LockedValue<[String]>([])
        let started = Signal()
        for place in ["loop", "elsewhere"] {
            let body: @Sendable () async -> Void = {
                started.send()
                try? await loop.sleep(for: .seconds(3_600))  // the cancellation is what the test is about
                for _ in 0..<10 { await Swift.Task.yield() }
                loop.preconditionOnLoop("ending")
                ended.withLock { $0.append("\(place) \(Swift.Task.isCancelled)") }
            }
            if place == "loop" { loop.execute { loop.spawn(body) } } else { loop.spawn(body) }
        }
        await started.wait(times: 2)
        await loop.stop()
        #expect(Set(ended.withLock { $0 }) == ["loop true", "elsewhere true"])
        #expect(loop.stoppedCleanly == true)
    }

    @Test("a task that ignores its cancellation does not keep the loop beyond the grace, and still ends afterwards")
    func stubbornTask() async throws {
        let loop = try Loop(name: "test-loop")
        try loop.start()
        let gate = Signal()
        let started = Signal()
        let task = loop.spawn {
            started.send()
            // Unstructured, so that the cancellation does not reach the waiting.
            await Swift.Task { await gate.wait() }.value
            loop.preconditionOnLoop("after the loop's end a thread stands in")
        }
        await started.wait()
        await loop.stop(grace: .milliseconds(10))
        #expect(loop.stoppedCleanly == true)
        gate.send()
        await task.value
    }

    @Test("work that comes after the stop still runs, one piece at a time")
    func lateWork() async throws {
        let loop = try Loop(name: "test-loop")
        try loop.start()
        await loop.stop()
        let recorder = Recorder()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        await withCheckedContinuation { continuation in
                            loop.execute {
                                loop.preconditionOnLoop("late work")
                                recorder.note("ran")
                                #expect(!loop.schedule(after: .zero) {}.isActive)
                                continuation.resume()
                            }
                        }
                    }
                }
            }
        }
        let outcome = try await loop.run { recorder.events.count }
        #expect(outcome == 800)
    }

    @Test("stopping twice, at once, and without a start is fine; starting again is an error")
    func twice() async throws {
        let loop = try Loop(name: "test-loop")
        try loop.start()
        async let first: Void = loop.stop()
        async let second: Void = loop.stop()
        _ = await (first, second)
        await loop.stop()
        #expect(loop.stoppedCleanly == true)
        #expect(throws: EventLoopError.self) { try loop.start() }

        let unstarted = try Loop(name: "test-loop")
        await unstarted.stop()
        #expect(unstarted.stoppedCleanly == true)
        _ = try Loop(name: "forgotten")
    }

    @Test("fifty loops come and go without leaving a descriptor open")
    func descriptors() async throws {
        func openDescriptors() -> Int { (0..<1_024).filter { fcntl(Int32($0), F_GETFD) != -1 }.count }
        try await withLoop { _ in }
        let before = openDescriptors()
        for _ in 0..<50 { try await withLoop { loop in try await loop.run {} } }
        // Other suites run beside this one with a few loops of three descriptors each.
        #expect(openDescriptors() < before + 50)
    }
}
