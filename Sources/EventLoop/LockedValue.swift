import Glibc

/// A value behind a POSIX mutex.
///
/// `Synchronization.Mutex` would do, but ThreadSanitizer (Swift 6.3, Linux) does not see its futex and reports every
/// access as a race; with this one its verdict over the loop means something.
final class LockedValue<Value>: @unchecked Sendable {  // Reason: `value` is touched under `mutex` only.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    func withLock<T>(_ body: (inout Value) throws -> T) rethrows -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Like `withLock`, but waits for a signal as long as `isPending` says so.
    func withLock<T>(waitingWhile isPending: (Value) -> Bool, _ body: (inout Value) -> T) -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while isPending(value) { pthread_cond_wait(condition, mutex) }
        return body(&value)
    }

    /// Wakes one of those who wait.
    func signal() { pthread_cond_signal(condition) }

    /// Wakes all who wait.
    func broadcast() { pthread_cond_broadcast(condition) }
}
