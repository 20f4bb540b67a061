import Foundation
import Synchronization

/// Plays Google Drive v3 (CONTRACTS §5): what does not keep to the contract is answered with 400, and remembered.
public final class DriveServer: Sendable {
    /// The only access token that it accepts.
    public static let token = "ya29.secret"

    /// A file as the service has it.
    public struct File: Sendable {
        /// Its name.
        public var name: String
        /// What the service takes it for.
        public var mediaType: String
        /// What is in it.
        public var bytes: [UInt8]
        /// What the service says of it in place of, or beside, the usual: JSON, or `absent`.
        public var changes: [String: String]
        /// What has to be sent beside its identifier.
        public var resourceKey: String?

        /// A file, a presentation unless something else is said.
        public init(
            name: String = "絵コンテ.pptx",
            mediaType: String = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            bytes: [UInt8] = [], changes: [String: String] = [:], resourceKey: String? = nil
        ) {
            self.name = name
            self.mediaType = mediaType
            self.bytes = bytes
            self.changes = changes
            self.resourceKey = resourceKey
        }
    }

    private let files: [String: File]
    /// What is answered to the first requests in place of files.
    private let failures: Mutex<[ContractServer.Reply]>
    private let broken = Mutex<[String]>([])
    private let listening = Mutex<ContractServer?>(nil)

    /// Starts a service with these files.
    public init(_ files: [String: File], failures: [ContractServer.Reply] = []) throws {
        self.files = files
        self.failures = Mutex(failures)
        let server = try ContractServer { [unowned self] in self.answer($0) }
        listening.withLock { $0 = server }
    }

    /// `http://127.0.0.1:PORT`.
    public var url: String { listening.withLock { $0?.url ?? "" } }

    /// What was asked so far.
    public var requests: [ContractServer.Request] { listening.withLock { $0?.requests ?? [] } }

    /// What requests did that the contract does not allow.
    public var faults: [String] { broken.withLock { $0 } }

    /// Closes every connection and takes no more.
    public func stop() { listening.withLock { $0?.stop() } }

    /// An error in the service's own form.
    public static func failure(_ status: Int, _ reason: String, _ fields: [String: String] = [:])
        -> ContractServer.Reply
    {
        .response(
            status, fields.merging(["Content-Type": "application/json; charset=UTF-8"]) { $1 },
            """
            {"error":{"errors":[{"domain":"usageLimits","reason":"\(reason)","message":"m"}],"code":\(status),"message":"m"}}
            """)
    }

    private func answer(_ request: ContractServer.Request) -> ContractServer.Reply {
        if let fault = Self.fault(of: request) {
            broken.withLock { $0.append(fault) }
            return .response(400, [:], fault)
        }
        if request.headers["authorization"] != "Bearer \(Self.token)" { return Self.failure(401, "authError") }
        if let failure = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return failure }
        let id = String(Self.id(in: request))
        guard let file = files[id],
            file.resourceKey == nil
                || request.headers["x-goog-drive-resource-keys"] == "\(id)/\(file.resourceKey ?? "")"
        else { return Self.failure(404, "notFound") }
        return request.target.contains("alt=media") ? Self.piece(of: file, request) : Self.metadata(of: file, id)
    }

    private static func id(in request: ContractServer.Request) -> Substring {
        request.target.dropFirst("/drive/v3/files/".count).prefix { $0 != "?" }
    }

    private static func fault(of request: ContractServer.Request) -> String? {
        if request.method != "GET" || !request.body.isEmpty { return "not a plain GET" }
        if !request.target.hasPrefix("/drive/v3/files/") { return "unknown path" }
        if request.target.contains(token) { return "a token in the URL" }
        if !request.target.contains("supportsAllDrives=true") { return "shared drives are left out" }
        if id(in: request).contains(where: { "/%.".contains($0) }) { return "a path as identifier" }
        return nil
    }

    private static func metadata(of file: File, _ id: String) -> ContractServer.Reply {
        var fields = [
            "id": "\"\(id)\"", "name": "\"\(file.name)\"", "mimeType": "\"\(file.mediaType)\"",
            "size": "\"\(file.bytes.count)\"", "capabilities": "{\"canDownload\":true}",
        ]
        fields.merge(file.changes) { $1 }
        let json = fields.filter { $0.value != "absent" }.map { "\"\($0.key)\":\($0.value)" }
        return .response(
            200, ["Content-Type": "application/json; charset=UTF-8"], "{\(json.joined(separator: ","))}")
    }

    private static func piece(of file: File, _ request: ContractServer.Request) -> ContractServer.Reply {
        let range = (request.headers["range"] ?? "").dropFirst("bytes=".count).split(separator: "-")
        guard range.count == 2, let first = Int(range[0]), let last = Int(range[1]), first <= last,
            last < file.bytes.count
        else { return failure(416, "requestedRangeNotSatisfiable") }
        return .response(
            206, ["Content-Range": "bytes \(first)-\(last)/\(file.bytes.count)"], bytes: Array(file.bytes[first...last])
        )
    }
}
