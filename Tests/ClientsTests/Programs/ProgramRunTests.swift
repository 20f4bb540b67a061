import Foundation
import Testing

@testable import Clients

@Suite("ProgramRun")
struct ProgramRunTests {
    private func run(_ script: String, input: [UInt8] = [], seconds: Int = 20) throws -> [UInt8]? {
        try ProgramRun(program: "/bin/sh", arguments: ["-c", script], secondsAllowed: seconds)
            .output(input: input, checkCancellation: {})
    }

    @Test("Bytes go in and come out, also more than a socket holds")
    func exchange() throws {
        let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try run("cat", input: bytes) == bytes)
        #expect(try run("printf ok") == Array("ok".utf8))
    }

    @Test("A program that reads nothing, fails, floods or is not there gives nothing and no signal")
    func failures() throws {
        #expect(try run("exit 3") == nil)
        #expect(try run("printf early; exec <&-", input: [UInt8](repeating: 1, count: 900_000)) == Array("early".utf8))
        #expect(try run("yes") == nil)
        let none = ProgramRun(program: "/nonexistent/program", arguments: [], secondsAllowed: 5)
        #expect(try none.output(input: [1], checkCancellation: {}) == nil)
    }

    @Test("A program that takes too long is ended, and so is one whose task is cancelled")
    func ending() throws {
        #expect(try run("exec sleep 60", seconds: 0) == nil)
        let slow = ProgramRun(program: "/bin/sh", arguments: ["-c", "exec sleep 60"], secondsAllowed: 50)
        #expect(throws: CancellationError.self) {
            try slow.output(input: [], checkCancellation: { throw CancellationError() })
        }
    }

    @Test("What a program has started ends with it")
    func children() throws {
        let file = "/tmp/program-run-\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(file) }
        let run = ProgramRun(
            program: "/bin/sh", arguments: ["-c", "sleep 600 & echo $! > \(file); wait"], secondsAllowed: 50)
        var child: pid_t?
        #expect(throws: CancellationError.self) {
            try run.output(input: []) {
                child = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap { pid_t($0.dropLast()) }
                if child != nil { throw CancellationError() }
            }
        }
        let pid = try #require(child)
        defer { kill(pid, SIGKILL) }
        // Whoever adopts it reaps it in a moment, long before it would end by itself.
        var looks = 0
        while kill(pid, 0) == 0, try state(of: pid) != "Z", looks < 3_000 {
            usleep(10_000)
            looks += 1
        }
        #expect(looks < 3_000, "It is still there.")
    }

    private func state(of pid: pid_t) throws -> Substring? {
        // It may be gone between two looks.
        let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        return text?.split(separator: " ").dropFirst(2).first
    }
}
