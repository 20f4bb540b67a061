import EventLoop
import Glibc

/// What is done with the bytes of a PUT: a limit, a place for them on the way, and who takes the finished file.
public struct UploadReceiver: Sendable {
    /// The largest body that is accepted.
    public let maximumBytes: Int
    /// An absolute path where the bytes are collected; the file is removed afterwards if it is still there.
    public let temporaryPath: String
    /// Takes the complete file and answers.
    ///
    /// Runs on the loop; must not block.
    public let complete: @Sendable (_ path: String) async -> HTTPResponse

    /// Makes a receiver.
    public init(
        maximumBytes: Int, temporaryPath: String, complete: @escaping @Sendable (_ path: String) async -> HTTPResponse
    ) {
        self.maximumBytes = maximumBytes
        self.temporaryPath = temporaryPath
        self.complete = complete
    }
}

/// Writes a request's body into a file, off the loop, and hands the file on.
final class UploadSink: RequestBodySink, @unchecked Sendable {  // Reason: confined to its loop.
    private let receiver: UploadReceiver
    private let pool: BlockingPool
    private(set) var descriptor: Int32 = -1
    private var received = 0

    init(_ receiver: UploadReceiver, pool: BlockingPool = .shared) {
        self.receiver = receiver
        self.pool = pool
    }

    func write(_ bytes: [UInt8]) async throws {
        received += bytes.count
        guard received <= receiver.maximumBytes else {
            throw HTTPErrorResponse(.failure(413, "The body is larger than the upload allows."))
        }
        if descriptor < 0 {
            let path = receiver.temporaryPath
            descriptor = try await pool.run("UploadSink.open") {
                let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
                guard file >= 0 else { throw UploadWriteError(code: errno) }
                return file
            }
        }
        // If it fails, `abort` follows: it alone closes and removes.
        let file = descriptor
        try await pool.run("UploadSink.write") { try Self.write(bytes, to: file) }
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

    func finish() async -> HTTPResponse {
        guard descriptor >= 0 else { return .failure(400, "The body is empty.") }
        closeDescriptor()
        let response = await receiver.complete(receiver.temporaryPath)
        unlink(receiver.temporaryPath)
        return response
    }

    func abort() {
        guard descriptor >= 0 else { return }
        closeDescriptor()
        unlink(receiver.temporaryPath)
    }

    private func closeDescriptor() {
        close(descriptor)
        descriptor = -1
    }
}

/// The disk refused the bytes.
struct UploadWriteError: Error {
    /// `errno`.
    let code: Int32
}
