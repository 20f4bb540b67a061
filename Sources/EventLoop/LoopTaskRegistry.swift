/// The tasks that `Loop.spawn` started and that have not ended, so that stopping can cancel and await them.
///
/// Tasks started on the loop (every request) are kept without a lock, those from other threads behind one.
final class LoopTaskRegistry: @unchecked Sendable {  // Reason: `local` is confined to the loop's thread.
    /// Which task, and in which of the two tables.
    struct ID: Hashable, Sendable {
        let number: UInt64
        let isLocal: Bool
    }

    private struct Table {
        var tasks: [UInt64: Swift.Task<Void, Never>] = [:]
        var next: UInt64 = 0

        mutating func insert(_ make: (UInt64) -> Swift.Task<Void, Never>) -> Swift.Task<Void, Never> {
            next += 1
            let task = make(next)
            tasks[next] = task
            return task
        }
    }

    private var local = Table()
    private let foreign = LockedValue(Table())

    /// Starts a task through `make` and keeps it; the task must not end before this returns, unless off the loop.
    func register(onLoop: Bool, _ make: (ID) -> Swift.Task<Void, Never>) -> Swift.Task<Void, Never> {
        if onLoop { return local.insert { make(ID(number: $0, isLocal: true)) } }
        // Under the lock the task may begin on the loop already, but it cannot be missed when it ends.
        return foreign.withLock { $0.insert { make(ID(number: $0, isLocal: false)) } }
    }

    /// Forgets a task that ended; on the loop.
    func ended(_ id: ID) {
        if id.isLocal {
            local.tasks[id.number] = nil
        } else {
            foreign.withLock { $0.tasks[id.number] = nil }
        }
    }

    /// Cancels all of them; on the loop.
    func cancelAll() {
        for task in local.tasks.values { task.cancel() }
        for task in foreign.withLock({ Array($0.tasks.values) }) { task.cancel() }
    }

    /// Has every task ended? On the loop.
    var isEmpty: Bool { local.tasks.isEmpty && foreign.withLock { $0.tasks.isEmpty } }
}
