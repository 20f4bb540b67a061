import CLibUV
import Synchronization

/// The door through which other threads hand work to a loop: a locked queue and a wake-up of the loop's poll.
///
/// The wake-up handle may be signalled only while the inbox is open; `close` therefore takes the same lock.
final class LoopInbox: Sendable {
    /// What happens to work that arrives.
    private enum Phase {
        /// The loop runs or will run: work waits for its next turn. Can transition to: closing.
        case open
        /// The loop closes its handles: work is taken, nobody is woken. Can transition to: closed.
        case closing
        /// The loop is gone and no thread stands in for it. Can transition to: draining.
        case closed
        /// The loop is gone and a short-lived thread runs what arrived late. Can transition to: closed.
        case draining
    }

    private struct State {
        var phase = Phase.open
        var works: [LoopWork] = []
    }

    private let state = LockedValue(State())
    /// Spares the loop's turn the lock when nothing came: set after an append, cleared before a drain.
    private let filled = Atomic<Bool>(false)
    // Used under the lock and while open only, and libuv allows uv_async_send from any thread.
    nonisolated(unsafe) private let wakeUp: UnsafeMutablePointer<uv_async_t>

    init(wakeUp: UnsafeMutablePointer<uv_async_t>) {
        self.wakeUp = wakeUp
    }

    /// Adds work; true when the loop has stopped and the caller must start a thread that stands in for it.
    func append(_ work: LoopWork) -> Bool {
        state.withLock { state in
            state.works.append(work)
            switch state.phase {
            case .open:
                filled.store(true, ordering: .releasing)
                if state.works.count == 1 { uv_async_send(wakeUp) }
                return false
            case .closed:
                state.phase = .draining
                return true
            case .closing:
                filled.store(true, ordering: .releasing)
                return false
            case .draining:
                return false
            }
        }
    }

    /// Whether there is work that a drain would find.
    var hasWork: Bool { filled.load(ordering: .acquiring) }

    /// Moves everything that arrived behind what is in `ready`.
    func drain(into ready: inout [LoopWork]) {
        guard hasWork else { return }
        state.withLock { state in
            filled.store(false, ordering: .relaxed)
            ready.append(contentsOf: state.works)
            state.works.removeAll(keepingCapacity: true)
        }
    }

    /// Wakes nobody from now on: the wake-up handle is about to be closed.
    func stopWaking() {
        state.withLock { $0.phase = .closing }
    }

    /// Ends the life with a loop if nothing waits, after `leave`; false when there is work to run first.
    func closeIfEmpty(_ leave: () -> Void) -> Bool {
        state.withLock { state in
            guard state.works.isEmpty else { return false }
            leave()
            state.phase = .closed
            return true
        }
    }

    /// What arrived after the loop's end; nil, after `leave`, when nothing is left and the stand-in thread may end.
    func takeLate(_ leave: () -> Void) -> [LoopWork]? {
        state.withLock { state in
            filled.store(false, ordering: .relaxed)
            if state.works.isEmpty {
                leave()
                state.phase = .closed
                return nil
            }
            defer { state.works = [] }
            return state.works
        }
    }
}
