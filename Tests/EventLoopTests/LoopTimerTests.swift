import EventLoop
import Testing

@Suite(.timeLimit(.minutes(15)))
struct LoopTimerTests {
    @Test("timers fire in the order of their times, not of their making")
    func order() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            let done = Signal()
            loop.execute {
                loop.schedule(after: .milliseconds(30)) {
                    recorder.note("30")
                    done.send()
                }
                loop.schedule(after: .milliseconds(10)) { recorder.note("10") }
                loop.schedule(after: .milliseconds(20)) { recorder.note("20") }
            }
            await done.wait()
            let outcome = try await loop.run { recorder.events }
            #expect(outcome == ["10", "20", "30"])
        }
    }

    @Test("a cancelled timer does not fire, and cancelling again is harmless")
    func cancel() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            let done = Signal()
            loop.execute {
                let timer = loop.schedule(after: .milliseconds(1)) { recorder.note("cancelled") }
                timer.cancel()
                timer.cancel()
                #expect(!timer.isActive)
                loop.schedule(after: .milliseconds(20)) { done.send() }
            }
            await done.wait()
            let outcome = try await loop.run { recorder.events }
            #expect(outcome == [])
        }
    }

    @Test("a repeating timer fires until it is cancelled, also by itself")
    func repeating() async throws {
        try await withLoop { loop in
            let recorder = Recorder()
            let done = Signal()
            loop.execute {
                var timer: LoopTimer?
                timer = loop.schedule(after: .zero, repeating: .milliseconds(1)) {
                    recorder.note("tick")
                    if recorder.events.count == 3 {
                        timer?.cancel()
                        loop.schedule(after: .milliseconds(20)) { done.send() }
                    }
                }
            }
            await done.wait()
            let outcome = try await loop.run { recorder.events }
            #expect(outcome == ["tick", "tick", "tick"])
        }
    }

    @Test("sleeping ends after its time, from the loop and from elsewhere")
    func sleep() async throws {
        try await withLoop { loop in
            try await loop.sleep(for: .milliseconds(1))
            try await loop.run {
                try await loop.sleep(for: .milliseconds(1))
                loop.preconditionOnLoop("sleep")
            }
        }
    }

    @Test("a cancelled task stops sleeping at once", arguments: [true, false])
    func cancelledSleep(beforeItSleeps: Bool) async throws {
        try await withLoop { loop in
            let task = Swift.Task { try await loop.sleep(for: .seconds(3_600)) }
            if !beforeItSleeps { try await loop.sleep(for: .milliseconds(20)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
