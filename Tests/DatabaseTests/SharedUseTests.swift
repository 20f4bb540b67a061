import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import Database

/// Runs or does not.
private final class PlayedServer: Sendable {
    let isRunning = Mutex(false)
}

@Suite("The shared use of an embedded server")
struct SharedUseTests {
    private static func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = "/tmp/use-\(UUID().uuidString.prefix(8))"
        try FileSystem.makeDirectories(directory)
        try await body(directory)
        _ = try ProgramRunner.run(["/bin/rm", "-rf", directory], deadline: .seconds(10))
    }

    /// Starting and stopping take their time, in which others come and go.
    private static func letOthersRun() { for _ in 0..<20 { sched_yield() } }

    @Test("Whoever comes first is alone, whoever leaves last stops the server")
    func firstAndLast() async throws {
        try await Self.withDirectory { directory in
            let first = try SharedUse.begin(in: directory) { $0 }
            let second = try SharedUse.begin(in: directory) { $0 }
            #expect(first.outcome && !second.outcome)
            try first.use.end { Issue.record("the second one still uses the server") }
            let third = try SharedUse.begin(in: directory) { $0 }
            #expect(!third.outcome)
            try third.use.end { Issue.record("the second one still uses the server") }
            var stops = 0
            try second.use.end { stops += 1 }
            #expect(stops == 1)
        }
    }

    @Test("A lock that is given up is free although a child of this process has a copy of its descriptor")
    func copies() async throws {
        try await Self.withDirectory { directory in
            var lock: FileLock? = try FileLock(path: "\(directory)/lock")
            try lock?.lock()
            // What every child has between fork and exec.
            let copy = dup(try #require(lock?.descriptor))
            defer { close(copy) }
            lock = nil
            #expect(try FileLock(path: "\(directory)/lock").tryLock())
        }
    }

    @Test("A start that fails leaves nobody behind")
    func failedStart() async throws {
        try await Self.withDirectory { directory in
            #expect(throws: CancellationError.self) {
                try SharedUse.begin(in: directory) { _ in throw CancellationError() }
            }
            let next = try SharedUse.begin(in: directory) { $0 }
            #expect(next.outcome)
        }
    }

    @Test("While many come and go at once, the server runs for all who use it and ends with the last of them")
    func manyAtOnce() async throws {
        try await Self.withDirectory { directory in
            let server = PlayedServer()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<250 {
                            let (use, _) = try SharedUse.begin(in: directory) { isAlone in
                                Self.letOthersRun()
                                server.isRunning.withLock { running in
                                    #expect(running != isAlone, "one who is alone finds no server, others find it")
                                    running = true
                                }
                            }
                            #expect(server.isRunning.withLock { $0 })
                            await Task.yield()
                            #expect(server.isRunning.withLock { $0 })
                            try use.end {
                                Self.letOthersRun()
                                server.isRunning.withLock { $0 = false }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(!server.isRunning.withLock { $0 })
        }
    }
}
