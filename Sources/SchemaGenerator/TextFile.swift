// Reading and writing whole files without Foundation, which would make the build wait for nothing else.

import Glibc

/// Reads and writes whole files.
enum TextFile {
    /// A file that could not be read or written.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "\(path): error: \(reason)" }

        fileprivate init(_ path: String) {
            self.path = path
            reason = String(cString: strerror(errno))
        }
    }

    /// The bytes of a file.
    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw Failure(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes += chunk.prefix(count)
            if count < chunk.count {
                guard ferror(file) == 0 else { throw Failure(path) }
                return bytes
            }
        }
    }

    /// Replaces a file's content, unless it is the same already: what hasn't changed need not be compiled again.
    static func write(_ text: String, to path: String) throws {
        let bytes = Array(text.utf8)
        // A file that can't be read, most often because there is none yet, is written.
        if let known = try? read(path), known == bytes { return }
        guard let file = fopen(path, "wb") else { throw Failure(path) }
        let written = fwrite(bytes, 1, bytes.count, file)
        let closed = fclose(file)
        guard written == bytes.count, closed == 0 else { throw Failure(path) }
    }
}
