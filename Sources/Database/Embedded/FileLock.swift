import Glibc

/// A lock on a file, between processes as between objects of one; the kernel frees it when its process dies, however.
///
/// The sole owner of the descriptor. No program inherits it, but between fork and exec every child has a copy, which
/// would keep a lock that is merely closed: so it is given back in so many words, which counts for all copies.
final class FileLock: Sendable {
    let descriptor: Int32

    /// Opens the file, and makes it if need be; nothing is locked yet.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("cannot open \(path)") }
    }

    /// Waits until nobody else has the lock in any way.
    func lock() throws { try wait(LOCK_EX) }

    /// Waits until nobody has the lock alone; others may share it.
    ///
    /// A lock held alone becomes a shared one.
    func share() throws { try wait(LOCK_SH) }

    /// Takes the lock alone if nobody else has it in any way; if somebody has, a share of it is lost.
    func tryLock() throws -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return true }
        guard errno == EWOULDBLOCK else { throw FileSystem.failure("cannot lock a file") }
        return false
    }

    private func wait(_ operation: Int32) throws {
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { throw FileSystem.failure("cannot lock a file") }
        }
    }

    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
