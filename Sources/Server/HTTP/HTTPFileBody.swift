import EventLoop
import Glibc

/// A file, or a part of one, as the body of an answer.
///
/// Files are opened and read on the blocking pool only.
struct HTTPFileBody: Sendable {
    let path: String
    let offset: Int
    let length: Int?

    /// Bytes read and sent at a time; so much memory does a download take.
    static let chunk = 262_144

    func open() async throws -> OpenFile {
        let path = path
        return try await BlockingPool.shared.run("open file") { try OpenFile(path: path) }
    }

    /// The answer's head and the bytes of the file that follow it, after a `Range` field was heeded.
    func answer(
        _ response: HTTPResponse, size: Int, request: HTTPRequest?
    ) -> (response: HTTPResponse, bytes: Range<Int>) {
        let start = min(offset, size)
        let available = min(length ?? size, size - start)
        var response = response
        guard response.status == 200, request?.method == "GET" else { return (response, start..<(start + available)) }
        response.headers["Accept-Ranges"] = "bytes"
        switch HTTPByteRange.resolve(rangeField(request, response), size: available) {
        case .whole:
            return (response, start..<(start + available))
        case .part(let part):
            response.status = 206
            response.headers["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(available)"
            return (response, (start + part.lowerBound)..<(start + part.upperBound))
        case .unsatisfiable:
            response.status = 416
            response.headers["Content-Range"] = "bytes */\(available)"
            return (response, start..<start)
        }
    }

    /// The range, unless it is for another version of the file than this one (`If-Range`).
    private func rangeField(_ request: HTTPRequest?, _ response: HTTPResponse) -> String? {
        if let condition = request?.headers["if-range"], condition != response.headers["etag"] { return nil }
        return request?.headers["range"]
    }
}

/// An open file; owns the descriptor until `close`.
struct OpenFile: Sendable {
    private let descriptor: Int32
    let size: Int

    /// Opens a regular file for reading; blocks.
    init(path: String) throws {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw HTTPServerError(.fileUnreadable, "\(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            throw HTTPServerError(.fileUnreadable, "\(path) is not a regular file")
        }
        size = Int(status.st_size)
    }

    /// Some bytes from a place; nil when there are none: the file became shorter, or the disk failed.
    func read(at offset: Int, count: Int) async -> [UInt8]? {
        let descriptor = descriptor
        // A failure of any kind ends the download; there is nobody to tell the reason.
        return try? await BlockingPool.shared.run("read file") {
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
            }
            guard !bytes.isEmpty else { throw HTTPServerError(.fileUnreadable, "the file ends early") }
            return bytes
        }
    }

    func close() async { Glibc.close(descriptor) }
}
