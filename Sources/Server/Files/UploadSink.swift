import EventLoop

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
    private let file: TemporaryFile
    private var received = 0

    init(_ receiver: UploadReceiver, pool: BlockingPool = .shared) {
        self.receiver = receiver
        file = TemporaryFile(path: receiver.temporaryPath, pool: pool)
    }

    var descriptor: Int32 { file.descriptor }

    func write(_ bytes: [UInt8]) async throws {
        received += bytes.count
        guard received <= receiver.maximumBytes else {
            throw HTTPErrorResponse(.failure(413, "The body is larger than the upload allows."))
        }
        // If it fails, `abort` follows: it alone closes and removes.
        try await file.write(bytes)
    }

    func finish() async -> HTTPResponse {
        guard descriptor >= 0 else { return .failure(400, "The body is empty.") }
        file.close()
        let response = await receiver.complete(receiver.temporaryPath)
        file.remove()
        return response
    }

    func abort() {
        guard descriptor >= 0 else { return }
        file.remove()
    }
}
