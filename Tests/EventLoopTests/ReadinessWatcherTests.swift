import EventLoop
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ReadinessWatcherTests {
    @Test("a socket becomes readable when its peer writes, and writable before that")
    func readiness() async throws {
        let (left, right) = try socketPair()
        defer {
            close(left)
            close(right)
        }
        try await withLoop { loop in
            let done = Signal()
            let recorder = Recorder()
            let watcher = try await loop.run {
                try LoopBound(ReadinessWatcher(loop: loop, fileDescriptor: left), loop: loop)
            }
            loop.execute {
                watcher.value.update(readable: true, writable: true) { readable, writable, failed in
                    recorder.note("\(readable) \(writable) \(failed)")
                    watcher.value.update(readable: true, writable: false) { readable, writable, failed in
                        var buffer = [UInt8](repeating: 0, count: 16)
                        recorder.note("\(readable) \(writable) \(failed) \(read(left, &buffer, 16))")
                        watcher.value.close()
                        done.send()
                    }
                    #expect(write(right, "hello", 5) == 5)
                }
            }
            await done.wait()
            let outcome = try await loop.run { recorder.events }
            #expect(outcome == ["false true false", "true false false 5"])
        }
    }

    @Test("a peer that closes makes its socket readable: the end of the stream")
    func hangup() async throws {
        let (left, right) = try socketPair()
        try await withLoop { loop in
            let done = Signal()
            try await loop.run {
                let watcher = try ReadinessWatcher(loop: loop, fileDescriptor: left)
                watcher.update(readable: true, writable: false) { readable, _, _ in
                    #expect(readable)
                    watcher.close()
                    watcher.close()
                    done.send()
                }
            }
            close(right)
            await done.wait()
        }
        close(left)
    }

    @Test("a watcher that watches nothing is not told, and can be resumed")
    func pause() async throws {
        let (left, right) = try socketPair()
        try await withLoop { loop in
            let done = Signal()
            try await loop.run {
                let watcher = try ReadinessWatcher(loop: loop, fileDescriptor: left)
                watcher.update(readable: false, writable: false) { _, _, _ in Issue.record("told while paused") }
                #expect(write(right, "x", 1) == 1)
                loop.schedule(after: .milliseconds(20)) {
                    watcher.update(readable: true, writable: false) { _, _, _ in
                        watcher.close()
                        done.send()
                    }
                }
            }
            await done.wait()
        }
        close(left)
        close(right)
    }

    @Test("a descriptor that is none is an error, not a crash")
    func badDescriptor() async throws {
        try await withLoop { loop in
            await #expect(throws: EventLoopError.self) {
                try await loop.run { _ = try ReadinessWatcher(loop: loop, fileDescriptor: -1) }
            }
        }
    }

    private func socketPair() throws -> (Int32, Int32) {
        var pair: [Int32] = [0, 0]
        // Other tests start programs, which must not keep the sockets open.
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0)
        return (pair[0], pair[1])
    }
}
