import EventLoop

/// A text with several statements, as migrations are: it needs the simple protocol, which pipeline mode does not have.
extension ConnectionDriver {
    /// Runs a text with any number of statements; nothing else may be under way.
    ///
    /// Throws the first failure.
    func runScript(_ text: String) async throws {
        loop.preconditionOnLoop("ConnectionDriver.runScript")
        try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
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

    func takeScriptResults() {
        while let handle, let run = script, !handle.isBusy {
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
            case .aborted, .sync, .unexpected: return fail("a script may not copy data")
            }
        }
    }
}

/// A script under way: who waits, and the first failure.
final class ScriptRun {
    private var continuation: UnsafeContinuation<Void, any Error>?
    private var failure: DatabaseError?

    init(continuation: UnsafeContinuation<Void, any Error>) { self.continuation = continuation }

    func keep(_ error: DatabaseError) {
        if failure == nil { failure = error }
    }

    func finish(_ error: DatabaseError?) {
        if let reason = failure ?? error {
            continuation?.resume(throwing: reason)
        } else {
            continuation?.resume()
        }
        continuation = nil
    }
}
