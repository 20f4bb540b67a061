/// One `Loop.sleep`: a timer, the continuation that waits for it, and who of timer and cancellation comes first.
final class LoopSleeper: @unchecked Sendable {  // Reason: confined to its loop; only the reference crosses threads.
    private enum State {
        /// Not started yet. Can transition to: asleep, done (cancelled first).
        case idle
        /// The timer runs. Can transition to: done.
        case asleep(LoopTimer, CheckedContinuation<Void, any Error>)
        /// Woken or cancelled. Final.
        case done
    }

    private let loop: Loop
    private var state = State.idle

    init(loop: Loop) {
        self.loop = loop
    }

    func start(for duration: Duration, _ continuation: CheckedContinuation<Void, any Error>) {
        loop.preconditionOnLoop("Loop.sleep")
        guard case .idle = state, loop.acceptsResources, !loop.isStopping else {
            state = .done
            return continuation.resume(throwing: CancellationError())
        }
        let timer = loop.schedule(after: duration) { self.finish(.success(())) }
        state = .asleep(timer, continuation)
        loop.sleepers[ObjectIdentifier(self)] = self
    }

    func cancel() {
        finish(.failure(CancellationError()))
    }

    private func finish(_ result: Swift.Result<Void, any Error>) {
        loop.preconditionOnLoop("Loop.sleep")
        defer { state = .done }
        guard case .asleep(let timer, let continuation) = state else { return }
        timer.cancel()
        loop.sleepers[ObjectIdentifier(self)] = nil
        continuation.resume(with: result)
    }
}
