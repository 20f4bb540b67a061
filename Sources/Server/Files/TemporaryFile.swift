import EventLoop
import Glibc

/// A file that is written off the loop and removed at the end; confined to its loop.
final class TemporaryFile: @unchecked Sendable {  // Reason: confined to its loop; the threads of the pool get copies.
    let path: String
    private let pool: BlockingPool
    private(set) var descriptor: Int32 = -1
    private(set) var byteCount = 0

    /// `path` is absolute, and nothing is there yet; the file comes into being with its first bytes.
    init(path: String, pool: BlockingPool = .shared) {
        self.path = path
        self.pool = pool
    }

    func write(_ bytes: [UInt8]) async throws {
        if descriptor < 0 {
            let path = path
            descriptor = try await pool.run("TemporaryFile.open") {
                let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
                guard file >= 0 else { throw UploadWriteError(code: errno) }
                return file
            }
        }
        let file = descriptor
        try await pool.run("TemporaryFile.write") { try Self.write(bytes, to: file) }
        byteCount += bytes.count
    }

    /// The file stays, complete.
    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// Removes the file, if nobody has taken it away.
    func remove() {
        close()
        unlink(path)
    }

    private static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw UploadWriteError(code: errno) }
            rest = rest.dropFirst(count)
        }
    }
}

/// The disk refused the bytes.
struct UploadWriteError: Error {
    /// `errno`.
    let code: Int32
}
