import EventLoop

/// A text with several statements, as migrations are, or a COPY: they need the simple protocol, which pipeline mode does
/// not have.
extension ConnectionDriver {
    /// Runs a text with any number of statements; nothing else may be under way.
    ///
    /// Throws the first failure.
    func runScript(_ text: String) async throws {
        guard try await startScript(text) == .ended else {
            try await endCopy(failing: "a script may not copy data")
            throw DatabaseError(.protocolViolation, "a script may not copy data")
        }
    }

    /// Runs a `copy … from stdin` and gives what `next` appends, until that says false; returns the number of rows.
    ///
    /// When `next` throws, or the task is cancelled, nothing is written.
    func copy(_ command: String, _ next: (inout CopyBuffer) throws -> Bool) async throws -> Int {
        guard try await startScript(command) == .copying else {
            throw DatabaseError(.protocolViolation, "no COPY from the client", statement: command)
        }
        var buffer = CopyBuffer()
        do {
            var hasMore = true
            while hasMore {
                try Task.checkCancellation()
                hasMore = try next(&buffer)
                if hasMore, buffer.bytes.count < CopyBuffer.chunk { continue }
                if !hasMore { buffer.end() }
                try await write { $0.putCopyData(buffer.bytes) }
                buffer.removeAll()
            }
        } catch {
            try? await endCopy(failing: "given up by the client")
            throw error
        }
        try await endCopy(failing: nil)
        return buffer.rowCount
    }

    private func startScript(_ text: String) async throws -> ScriptRun.Progress {
        loop.preconditionOnLoop("ConnectionDriver.startScript")
        return try await withUnsafeThrowingContinuation { continuation in
            guard let handle, pipeline.isEmpty, machine.scriptStarted() else {
                return continuation.resume(
                    throwing: closeError ?? DatabaseError(.protocolViolation, "a script needs an unused connection"))
            }
            script = ScriptRun(continuation: continuation)
            guard handle.exitPipeline(), handle.sendScript(text) else { return fail(handle.message) }
            guard let isPending = handle.flush() else { return fail(handle.message) }
            perform(machine.flushed(isPending: isPending))
        }
    }

    /// Hands data to libpq and waits until they are on their way, so that memory stays bounded.
    private func write(_ put: (ConnectionHandle) -> ConnectionHandle.CopyProgress) async throws {
        while true {
            guard let handle, script != nil else { throw closeError ?? DatabaseError(.connectionLost, "closed") }
            let progress = put(handle)
            guard progress != .failed, let isPending = handle.flush() else {
                fail(handle.message)
                throw closeError ?? DatabaseError(.connectionLost, "writing failed")
            }
            perform(machine.flushed(isPending: isPending))
            if isPending { try await flushed() }
            if progress == .taken { return }
        }
    }

    private func flushed() async throws {
        _ = try await withUnsafeThrowingContinuation { (continuation: ScriptRun.Waiter) in
            guard let script else {
                return continuation.resume(throwing: closeError ?? DatabaseError(.connectionLost, "closed"))
            }
            script.wait(continuation)
        }
    }

    private func endCopy(failing reason: String?) async throws {
        try await write { $0.putCopyEnd(failing: reason) }
        guard let script else { throw closeError ?? DatabaseError(.connectionLost, "closed") }
        script.isCopying = false
        _ = try await withUnsafeThrowingContinuation { (continuation: ScriptRun.Waiter) in
            script.wait(continuation)
            takeScriptResults()
        }
    }

    func takeScriptResults() {
        while let handle, let run = script, !run.isCopying, !handle.isBusy {
            guard let result = handle.nextResult() else {
                guard !handle.isBad else { return }
                script = nil
                machine.scriptEnded()
                guard handle.enterPipeline() else {
                    run.finish(DatabaseError(.connectionLost, handle.message))
                    return fail("libpq refuses pipeline mode")
                }
                return run.finish(nil)
            }
            switch result.kind {
            case .success: break
            case .failure: run.keep(result.error(statement: nil))
            case .copyIn:
                run.isCopying = true
                run.resume(.copying)
            case .aborted, .sync, .unexpected: return fail("a script may not copy data")
            }
        }
    }
}

/// A script under way: who waits, and the first failure.
final class ScriptRun {
    /// What a waiter is told.
    enum Progress {
        /// The server waits for data.
        case copying
        /// What was handed over is on its way.
        case flushed
        /// The script has ended.
        case ended
    }

    typealias Waiter = UnsafeContinuation<Progress, any Error>

    /// Until the data of a COPY have ended, libpq has no results.
    var isCopying = false
    private var continuation: Waiter?
    private var failure: DatabaseError?

    init(continuation: Waiter) { self.continuation = continuation }

    func wait(_ continuation: Waiter) { self.continuation = continuation }

    func keep(_ error: DatabaseError) {
        if failure == nil { failure = error }
    }

    func resume(_ progress: Progress) {
        let waiter = continuation
        continuation = nil
        waiter?.resume(returning: progress)
    }

    func finish(_ error: DatabaseError?) {
        guard let reason = failure ?? error else { return resume(.ended) }
        let waiter = continuation
        continuation = nil
        waiter?.resume(throwing: reason)
    }
}
