public import EventLoop
import Glibc
import Hashing
import JSON

/// Reads files of Google Drive (v3) with the access token of the person whose they are.
///
/// The token goes into a header and nowhere else: never into a URL, a log or an error.
public struct DriveClient: Sendable {
    /// Google's own, unless configured otherwise.
    public static let googleURL = "https://www.googleapis.com"
    /// So much of a file is in memory at once.
    static let pieceBytes = 4 << 20

    /// How often the same is asked, and how long is waited in between.
    public struct Patience: Sendable, Hashable {
        /// How often one thing is asked.
        public var attempts: Int
        /// How long is waited after the first failure; twice as long after each further one, at random up to that.
        public var firstWait: Duration
        /// The longest wait, whatever Drive asks for.
        public var longestWait: Duration

        /// Makes a patience; with the defaults Drive has about half a minute to recover.
        public init(attempts: Int = 5, firstWait: Duration = .seconds(1), longestWait: Duration = .seconds(16)) {
            self.attempts = attempts
            self.firstWait = firstWait
            self.longestWait = longestWait
        }
    }

    private let client: HTTPClient
    private let url: String
    private let patience: Patience
    private let blocking: BlockingPool

    /// Makes a client of the service at a URL; the caller shuts the HTTP client down.
    public init(
        client: HTTPClient, url: String = googleURL, patience: Patience = Patience(), blocking: BlockingPool = .shared
    ) {
        self.client = client
        self.url = url
        self.patience = patience
        self.blocking = blocking
    }

    /// What Drive says of a file; of a shortcut, what it says of the file to which that leads.
    ///
    /// - Throws: ``DriveError``, `CancellationError`.
    public func file(_ id: DriveFileID, token: String) async throws -> DriveFile {
        let json = try await metadata(of: id, token)
        guard let target = DriveFile.target(of: json) else { return try DriveFile(json, id: id) }
        let behind = try await metadata(of: target, token)
        if DriveFile.target(of: behind) != nil {
            throw DriveError(.noFile, "It is a shortcut to a shortcut.")
        }
        return try DriveFile(behind, id: target)
    }

    /// Writes a file's bytes to `path`, which is made anew, and compares them with Drive's checksum.
    ///
    /// - Throws: ``DriveError``, `tooLarge` before a byte is asked for; `CancellationError`.
    public func download(_ file: DriveFile, to path: String, maximumBytes: Int, token: String) async throws {
        guard file.byteCount <= maximumBytes else {
            throw DriveError(.tooLarge, "At most \(maximumBytes) bytes are imported from Google Drive.")
        }
        try await blocking.run("making a file") { try PieceFile.make(path) }
        var start = 0
        while start < file.byteCount {
            let end = min(start + Self.pieceBytes, file.byteCount)
            let bytes = try await piece(of: file, start..<end, token)
            try await blocking.run("writing a file") { try PieceFile.append(bytes, to: path) }
            start = end
        }
        let (sha256, md5) = try await blocking.run("checking a file") { try PieceFile.digests(of: path) }
        // Drive makes one of them of every file with bytes; what it has not made cannot be compared.
        guard file.sha256 ?? sha256 == sha256, file.md5 ?? md5 == md5 else {
            throw DriveError(.damaged, "What came from Google Drive is not what it has. Try it again.")
        }
    }

    // MARK: Requests

    private func metadata(of id: DriveFileID, _ token: String) async throws -> JSONValue {
        let response = try await send(
            "/drive/v3/files/\(id.text)?fields=\(DriveFile.fields)&supportsAllDrives=true", of: id, [], token)
        guard response.status == 200,
            response.header("content-type")?.lowercased().hasPrefix("application/json") == true,
            let json = try? JSONReader.read(response.body)
        else { throw DriveError(.invalidResponse, "Google Drive has answered something else than asked for.") }
        return json
    }

    private func piece(of file: DriveFile, _ range: Range<Int>, _ token: String) async throws -> [UInt8] {
        let response = try await send(
            "/drive/v3/files/\(file.id.text)?alt=media&supportsAllDrives=true", of: file.id,
            [("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")], token)
        // Who does not know ranges sends the whole, which is the piece only if there is one piece.
        let isWhole = response.status == 200 && range == 0..<file.byteCount
        guard response.status == 206 || isWhole, response.body.count == range.count else {
            throw DriveError(.damaged, "Google Drive has sent another part of the file than asked for.")
        }
        return response.body
    }

    /// Asks until there is an answer that is no passing fault.
    private func send(
        _ target: String, of id: DriveFileID, _ fields: [(name: String, value: String)], _ token: String
    ) async throws -> HTTPClientResponse {
        var headers = fields + [("Authorization", "Bearer \(token)")]
        if let key = id.resourceKey { headers.append(("X-Goog-Drive-Resource-Keys", "\(id.text)/\(key)")) }
        let request = HTTPClientRequest(
            "GET", url + target, headers: headers, deadline: .seconds(60), maximumResponseBytes: Self.pieceBytes)
        var wait = patience.firstWait
        for attempt in 1...patience.attempts {
            var asked: Duration?
            do {
                let response = try await client.send(request)
                if (200..<300).contains(response.status) { return response }
                if let error = DriveError.of(status: response.status, reason: Self.reason(of: response)) { throw error }
                asked = response.header("retry-after").flatMap { Int($0) }.map { .seconds($0) }
            } catch let error as HTTPClientError {
                if let lasting = Self.lasting(error) { throw lasting }
            }
            guard attempt < patience.attempts else { break }
            try await client.loop.sleep(for: min(asked ?? wait * Double.random(in: 0...1), patience.longestWait))
            wait = min(wait * 2, patience.longestWait)
        }
        throw DriveError(.unavailable, "Google Drive does not answer at the moment. Try it again later.")
    }

    /// What a failure of the transfer means; nil if the same may be asked again.
    private static func lasting(_ error: HTTPClientError) -> DriveError? {
        switch error.code {
        case .connectFailed, .connectionLost, .deadlineExceeded: nil
        case .tooLarge: DriveError(.damaged, "Google Drive has sent more than asked for.")
        default: DriveError(.unavailable, "Google Drive cannot be asked.")
        }
    }

    /// The reason in the body of an error, as `userRateLimitExceeded`.
    private static func reason(of response: HTTPClientResponse) -> String? {
        guard let json = try? JSONReader.read(response.body) else { return nil }
        return json["error"]?["errors"]?.array?.first?["reason"]?.string
    }
}
