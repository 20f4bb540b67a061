import EventLoop
import Synchronization

// The task's cancellation, seen from a thread of the blocking pool, where `Task.isCancelled` says nothing.

/// Whether the review has been cancelled.
final class CancellationSignal: Sendable {
    private let isSet = Atomic<Bool>(false)

    func set() { isSet.store(true, ordering: .releasing) }

    /// Throws `CancellationError` when the review has been cancelled.
    func check() throws {
        if isSet.load(ordering: .acquiring) { throw CancellationError() }
    }
}

extension BlockingPool {
    /// Runs a stage of a cancellable piece of work: none begins after cancellation, and none that was overtaken by it counts.
    func stage<Value: Sendable>(
        _ what: StaticString, _ signal: CancellationSignal, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try Swift.Task.checkCancellation()
        let value = try await run(what) {
            try signal.check()
            return try body()
        }
        try Swift.Task.checkCancellation()
        return value
    }
}
