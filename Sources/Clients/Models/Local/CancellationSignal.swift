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
