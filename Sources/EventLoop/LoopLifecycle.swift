import Glibc

/// Where a loop is in its life, kept behind the loop's lock.
struct LoopLifecycle: Sendable {
    enum Phase {
        /// Made, no thread yet. Can transition to: running, stopped.
        case created
        /// The thread runs. Can transition to: stopping.
        case running
        /// `stop` was called, the thread is on its way out. Can transition to: stopped.
        case stopping
        /// The handles are closed. Final.
        case stopped
    }

    var phase = Phase.created
    /// To be joined by exactly one caller of `stop`.
    var thread: pthread_t?
    /// Callers of `stop` who wait for the thread's last act.
    var waiters: [CheckedContinuation<Void, Never>] = []
    /// What `uv_loop_close` said: 0 unless somebody left a handle open.
    var closeStatus: Int32?
}
