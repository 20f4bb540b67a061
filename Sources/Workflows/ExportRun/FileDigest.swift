import Glibc
import Hashing

/// Length and SHA-256 of a file, read piece by piece; blocks.
struct FileDigest: Sendable, Hashable {
    let byteCount: Int
    /// 64 hexadecimal digits.
    let sha256: String

    init(of path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw WorkflowError(.inconsistentData, "A file cannot be opened: errno \(errno).")
        }
        defer { close(descriptor) }
        var hash = SHA256()
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw WorkflowError(.inconsistentData, "A file cannot be read: errno \(errno).") }
            if count == 0 { break }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            total += count
        }
        byteCount = total
        sha256 = Hex.encode(hash.finish())
    }
}
