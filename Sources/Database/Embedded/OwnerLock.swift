import Glibc

/// A lock on a file that says who starts and stops a server; the kernel frees it when its process dies, however.
///
/// The sole owner of the descriptor, which no child process inherits.
final class OwnerLock: Sendable {
    private let descriptor: Int32

    /// Nil when another process has the lock.
    init?(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("cannot open \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            close(descriptor)
            if isTaken { return nil }
            throw FileSystem.failure("cannot lock \(path)")
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
