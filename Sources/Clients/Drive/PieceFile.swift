import Glibc
import Hashing

/// A file that is put together of pieces; every call blocks.
enum PieceFile {
    /// Makes an empty file that only this user reads; throws if there is one.
    static func make(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        close(descriptor)
    }

    static func append(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            done += count
        }
    }

    /// SHA-256 and MD5 of all bytes, in hexadecimal digits.
    static func digests(of path: String) throws -> (sha256: String, md5: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        let count = Int(status.st_size)
        // Nothing cannot be mapped.
        let start = count == 0 ? nil : mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard start != MAP_FAILED else { throw failure() }
        defer { if let start { munmap(start, count) } }
        let bytes = UnsafeRawBufferPointer(start: start, count: count)
        return (Hex.encode(SHA256.hash(bytes)), Hex.encode(MD5.hash(bytes)))
    }

    private static func failure() -> FileFailure { FileFailure(number: errno) }
}

/// A file that the system does not let us write or read.
struct FileFailure: Error, CustomStringConvertible {
    let number: Int32

    var description: String { "a file cannot be written or read: errno \(number)" }
}
