import Glibc

/// Small files in which the kernel tells what it knows (`/proc`, `/sys`); reading them never blocks.
enum KernelFile {
    /// The text of a file, of which up to 64 KiB are read; nil when there is none.
    static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
        }
    }
}
