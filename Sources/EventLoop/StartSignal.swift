import Glibc

/// Lets the thread that starts a loop wait until the loop runs.
final class StartSignal: @unchecked Sendable {  // Reason: POSIX semaphores are made for use by several threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func send() { sem_post(semaphore) }

    func wait() {
        // A signal handler may interrupt the wait; then go on waiting.
        while sem_wait(semaphore) != 0 {}
    }
}
