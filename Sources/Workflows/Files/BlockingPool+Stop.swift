import EventLoop

extension BlockingPool {
    /// Runs what asks from time to time whether anybody still waits for it, and throws then.
    func run<T: Sendable>(
        stoppable what: StaticString, _ body: @escaping @Sendable (_ checkCancellation: () throws -> Void) throws -> T
    ) async throws -> T {
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await run(what) { try body { if stop.isSet { throw CancellationError() } } }
        } onCancel: {
            stop.set()
        }
    }
}
