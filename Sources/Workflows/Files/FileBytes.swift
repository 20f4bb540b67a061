import Glibc

/// A file that is read in parts.
struct FileBytes {
    let path: String
    let count: Int

    init(path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unreadable }
        self.path = path
        count = Int(status.st_size)
    }

    func read(_ range: Range<Int>) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < range.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, range.count - done, range.lowerBound + done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.unreadable }
            done += count
        }
        return bytes
    }

    private static var unreadable: WorkflowError {
        WorkflowError(.inconsistentData, "A file cannot be read: errno \(errno).")
    }
}
