import Synchronization
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(15)))
struct LoopTests {
    @Test("closures handed in from one thread run in order, on the loop's thread")
    func order() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            for number in 0..<5_000 {
                loop.execute {
                    loop.preconditionOnLoop("order")
                    recorder.note("\(number)")
                }
            }
            let events = try await loop.run { recorder.events }
            #expect(events == (0..<5_000).map(String.init))
        }
    }

    @Test("work from many threads arrives, all of it")
    func manyThreads() async throws {
        try await withLoop { loop in
            let counter = Counter()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<2_000 {
                            // The loop goes to sleep in between, so that wake-ups are part of the test.
                            await withCheckedContinuation { continuation in
                                loop.execute {
                                    counter.increment()
                                    continuation.resume()
                                }
                            }
                        }
                    }
                }
            }
            #expect(counter.count == 16_000)
        }
    }

    @Test("a task that prefers the loop stays on it through nonisolated async calls")
    func executorPreference() async throws {
        try await withLoop { loop in
            let places = try await loop.run {
                var places = [loop.isCurrent]
                places.append(await nested(loop))
                await Swift.Task.yield()
                places.append(loop.isCurrent)
                places.append(Loop.current === loop)
                async let child = nested(loop)
                places.append(await child)
                return places
            }
            #expect(places == [true, true, true, true, true])
            #expect(!loop.isCurrent)
        }
    }

    @Test("spawn runs its body on the loop, from the loop and from elsewhere")
    func spawn() async throws {
        try await withLoop { loop in
            let seen = LockedValue<[Bool]>([])
            await loop.spawn { seen.withLock { $0.append(loop.isCurrent) } }.value
            try await loop.run {
                let task = loop.spawn { seen.withLock { $0.append(loop.isCurrent) } }
                await task.value
                loop.preconditionOnLoop("spawn")
            }
            #expect(seen.withLock { $0 } == [true, true])
        }
    }

    @Test("an actor on the loop runs on its thread and may assume isolation there")
    func actorOnLoop() async throws {
        try await withLoop { loop in
            let actor = LoopActor(loop: loop)
            #expect(await actor.isOnLoop())
            let value = await withCheckedContinuation { continuation in
                loop.execute { continuation.resume(returning: actor.assumeIsolated { $0.value }) }
            }
            #expect(value == 7)
        }
    }

    @Test("run gives back what its body throws")
    func runThrows() async throws {
        try await withLoop { loop in
            await #expect(throws: EventLoopError.self) {
                try await loop.run { throw EventLoopError(.poolFull, "test") }
            }
        }
    }

    @Test("whenIdle runs after jobs that jobs made ready, and before what polling brings")
    func idleAfterChainedJobs() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            let done = Signal()
            loop.execute {
                loop.schedule(after: .zero) {
                    recorder.note("timer")
                    done.send()
                }
                loop.whenIdle {
                    recorder.note("idle")
                    loop.spawn { recorder.note("after idle") }
                    loop.whenIdle { recorder.note("idle again") }
                }
                loop.spawn {
                    recorder.note("1")
                    await Swift.Task.yield()
                    recorder.note("2")
                    loop.execute {
                        recorder.note("3")
                        loop.execute { recorder.note("4") }
                    }
                }
            }
            await done.wait()
            let events = try await loop.run { recorder.events }
            #expect(events == ["1", "2", "3", "4", "idle", "after idle", "idle again", "timer"])
        }
    }

    @Test("jobs without end do not starve timers")
    func noStarvation() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            let done = Signal()
            loop.execute {
                spin(loop, recorder)
                loop.schedule(after: .milliseconds(1)) {
                    recorder.note("timer")
                    done.send()
                }
            }
            await done.wait()
        }
    }

    @Test("the watchdog counts and names who holds the loop, and lets the quick pass")
    func watchdog() async throws {
        let holds = LockedValue<[LoopHold]>([])
        let strict = LoopWatchdog(threshold: .zero) { hold in holds.withLock { $0.append(hold) } }
        try await withLoop(watchdog: strict) { loop in
            loop.execute { loop.note("counting to ten") }
            loop.execute { loop.measure("callback of a library") { loop.note("parsing") } }
            try await loop.run {}
        }
        let seen = holds.withLock { $0 }
        #expect(strict.holds == seen.count)
        #expect(seen.contains { "\($0.what)" == "closure" && $0.note.map { "\($0)" } == "counting to ten" })
        #expect(seen.contains { "\($0.what)" == "callback of a library" && $0.note.map { "\($0)" } == "parsing" })
        #expect(seen.allSatisfy { $0.loop == "test-loop" })

        let lenient = LoopWatchdog(threshold: .seconds(3_600))
        try await withLoop(watchdog: lenient) { loop in try await loop.run {} }
        #expect(lenient.holds == 0)
    }

    @Test("a group's loops are threads of their own, handed out in turn")
    func group() async throws {
        let group = try LoopGroup(count: 3)
        try group.start()
        #expect(group.loops.map(\.name) == ["loop-0", "loop-1", "loop-2"])
        #expect(group.next() === group.loops[0])
        #expect(group.next() === group.loops[1])
        for loop in group.loops {
            let others = try await loop.run { group.loops.filter(\.isCurrent).map(\.name) }
            #expect(others == [loop.name])
        }
        await group.stop()
        #expect(group.loops.allSatisfy { $0.stoppedCleanly == true })
    }

    @Test("a value bound to a loop can cross threads and is read on the loop")
    func loopBound() async throws {
        try await withLoop { loop in
            let bound = try await loop.run { LoopBound(Recorder(), loop: loop) }
            let count = try await loop.run { bound.value.events.count }
            #expect(count == 0)
        }
    }
}

private func nested(_ loop: Loop) async -> Bool {
    await Swift.Task.yield()
    return loop.isCurrent
}

@Sendable private func spin(_ loop: Loop, _ recorder: Recorder) {
    if recorder.events.isEmpty { loop.execute { spin(loop, recorder) } }
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }
    func increment() { value.add(1, ordering: .relaxed) }
}

private actor LoopActor {
    let loop: Loop
    let value = 7

    init(loop: Loop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func isOnLoop() -> Bool { loop.isCurrent }
}
