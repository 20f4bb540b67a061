import EventLoop
import Foundation
import Hashing
import TestSupport
import Testing

@testable import Clients

@Suite("Google Drive")
struct DriveClientTests {
    private static let id = "1a_B-cdefghij"
    private static let quick = DriveClient.Patience(
        attempts: 3, firstWait: .milliseconds(1), longestWait: .milliseconds(2))

    /// Runs a test against a service that has these files, and looks whether all requests kept to the contract.
    private func withDrive<T: Sendable>(
        _ files: [String: DriveServer.File], failures: [ContractServer.Reply] = [],
        _ body: @escaping @Sendable (DriveClient, DriveServer) async throws -> T
    ) async throws -> T {
        let server = try DriveServer(files, failures: failures)
        defer { server.stop() }
        let value = try await withLoop { loop in
            let client = try HTTPClient(loop: loop)
            defer { client.shutDown() }
            return try await body(DriveClient(client: client, url: server.url, patience: Self.quick), server)
        }
        #expect(server.faults == [])
        return value
    }

    /// What a call fails with.
    private func code(_ body: () async throws -> Void) async -> DriveError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DriveError)?.code
        }
    }

    private func id(_ text: String = id, _ key: String? = nil) throws -> DriveFileID {
        try #require(DriveFileID(text, resourceKey: key))
    }

    private static func hex(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }

    /// Downloads a file and gives the bytes.
    private func download(
        _ file: DriveServer.File, failures: [ContractServer.Reply] = [], maximumBytes: Int = 50_000_000
    ) async throws -> (bytes: [UInt8], requests: [ContractServer.Request]) {
        try await withDrive([Self.id: file], failures: failures) { drive, server in
            let path = FileManager.default.temporaryDirectory.appending(path: "drive-\(UUID().uuidString)").path()
            defer {
                // What is left over is in the temporary directory; a test does not fail for it.
                try? FileManager.default.removeItem(atPath: path)
            }
            let found = try await drive.file(try self.id(), token: DriveServer.token)
            try await drive.download(found, to: path, maximumBytes: maximumBytes, token: DriveServer.token)
            return (Array(try #require(FileManager.default.contents(atPath: path))), server.requests)
        }
    }

    @Test(
        "only identifiers of Drive's get into a URL",
        arguments: ["", "short", "../../../etc", "1a_B-cdefghi?", "1a_B-cdefghi/x", "%2e%2e%2fabcdef", "絵絵絵絵絵絵絵絵絵絵"])
    func identifiers(text: String) {
        #expect(DriveFileID(text) == nil)
        #expect(DriveFileID(Self.id, resourceKey: text.isEmpty ? "" : "a/" + text) == nil)
        #expect(DriveFileID(String(repeating: "a", count: 129)) == nil)
    }

    @Test("name, type, size and checksums are what Drive says")
    func metadata() async throws {
        let file = DriveServer.File(
            bytes: [1, 2, 3], changes: ["md5Checksum": "\"AB\"", "sha256Checksum": "\"CD\""])
        let found = try await withDrive([Self.id: file]) { drive, _ in
            try await drive.file(try self.id(), token: DriveServer.token)
        }
        #expect(found.name == "絵コンテ.pptx")
        #expect(found.mediaType.hasSuffix("presentationml.presentation"))
        #expect((found.byteCount, found.md5, found.sha256) == (3, "ab", "cd"))
    }

    @Test("a shortcut is followed once, with the key that its target needs")
    func shortcuts() async throws {
        func shortcut(to id: String) -> DriveServer.File {
            DriveServer.File(
                mediaType: "application/vnd.google-apps.shortcut",
                changes: [
                    "size": "absent",
                    "shortcutDetails": #"{"targetId":"\#(id)","targetMimeType":"x","targetResourceKey":"0-key"}"#,
                ])
        }
        let files = [
            Self.id: shortcut(to: "target-file-1"), "shortcut-of-it": shortcut(to: Self.id),
            "target-file-1": DriveServer.File(name: "a.pptx", bytes: [1], resourceKey: "0-key"),
        ]
        let (found, twice) = try await withDrive(files) { drive, _ in
            let found = try await drive.file(try self.id(), token: DriveServer.token)
            let twice = await self.code {
                _ = try await drive.file(try self.id("shortcut-of-it"), token: DriveServer.token)
            }
            return (found, twice)
        }
        #expect(found.name == "a.pptx")
        #expect(found.id == DriveFileID("target-file-1", resourceKey: "0-key"))
        #expect(twice == .noFile)
    }

    @Test("a file comes in pieces, whole, and is compared with either checksum")
    func pieces() async throws {
        let bytes = (0..<(2 * DriveClient.pieceBytes + 17)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let md5 = bytes.withUnsafeBytes { MD5.hash($0) }
        let file = DriveServer.File(
            bytes: bytes,
            changes: [
                "sha256Checksum": "\"\(Self.hex(SHA256.hash(bytes)))\"", "md5Checksum": "\"\(Self.hex(md5))\"",
            ])
        let (got, requests) = try await download(file)
        #expect(got == bytes)
        #expect(
            requests.map { $0.headers["range"] ?? "" } == [
                "", "bytes=0-4194303", "bytes=4194304-8388607", "bytes=8388608-8388624",
            ])
        for (name, value) in [("sha256Checksum", 64), ("md5Checksum", 32)] {
            var wrong = file
            wrong.changes[name] = "\"\(String(repeating: "0", count: value))\""
            let found = await code { _ = try await download(wrong) }
            #expect(found == .damaged, "\(name)")
        }
        #expect(try await download(DriveServer.File()).bytes == [])
    }

    @Test("a file that is too large is not asked for")
    func tooLarge() async throws {
        let file = DriveServer.File(bytes: Array(repeating: 1, count: 11))
        #expect(try await download(file, maximumBytes: 11).bytes.count == 11)
        let found = await code { _ = try await download(file, maximumBytes: 10) }
        #expect(found == .tooLarge)
        // One that is larger than it says ends after the piece that was asked for.
        var liar = file
        liar.changes["size"] = #""5""#
        #expect(try await download(liar).bytes.count == 5)
    }

    @Test("passing faults are waited out: limits of rate, and a service that is away for a moment")
    func passing() async throws {
        let file = DriveServer.File(bytes: [1, 2, 3])
        for failure in [
            DriveServer.failure(403, "userRateLimitExceeded"), DriveServer.failure(403, "rateLimitExceeded"),
            DriveServer.failure(429, "rateLimitExceeded", ["Retry-After": "3600"]),
            DriveServer.failure(500, "backendError"), .response(502, [:], "<html>"), .response(503), .response(504),
            .last([]),
        ] {
            let (bytes, requests) = try await download(file, failures: [failure, failure])
            #expect(bytes == [1, 2, 3])
            #expect(requests.count == 4)
            let found = await code { _ = try await download(file, failures: [failure, failure, failure]) }
            #expect(found == .unavailable)
        }
    }

    @Test("lasting faults are told at once, each as what it is")
    func lasting() async throws {
        let file = DriveServer.File(bytes: [1, 2, 3])
        let elsewhere = try ContractServer { _ in .response(200) }
        defer { elsewhere.stop() }
        for (failure, expected) in [
            (DriveServer.failure(401, "authError"), .signIn),
            (DriveServer.failure(403, "insufficientFilePermissions"), .forbidden),
            (DriveServer.failure(403, "appNotAuthorizedToFile"), .forbidden),
            (DriveServer.failure(403, "dailyLimitExceeded"), .forbidden),
            (DriveServer.failure(404, "notFound"), .notFound),
            (.response(302, ["Location": elsewhere.url]), .invalidResponse),
            (.response(200, ["Content-Type": "text/html"], "<html>"), .invalidResponse),
            (.response(200, ["Content-Type": "application/json"], "nonsense"), .invalidResponse),
            (.response(200, ["Content-Type": "application/json"], "{}"), .invalidResponse),
        ] as [(ContractServer.Reply, DriveError.Code)] {
            let found = await code { _ = try await download(file, failures: [failure, failure]) }
            #expect(found == expected)
        }
        // The token has gone nowhere else.
        #expect(elsewhere.requests.isEmpty)
        for (changes, expected) in [
            (["mimeType": #""application/vnd.google-apps.presentation""#, "size": "absent"], .noFile),
            (["mimeType": #""application/vnd.google-apps.folder""#, "size": "absent"], .noFile),
            (["size": "absent"], .noFile), (["capabilities": #"{"canDownload":false}"#], .forbidden),
        ] as [([String: String], DriveError.Code)] {
            let found = await code { _ = try await download(DriveServer.File(bytes: [1], changes: changes)) }
            #expect(found == expected)
        }
        let signedOut = try await withDrive([Self.id: file]) { drive, server in
            let found = await self.code { _ = try await drive.file(try self.id(), token: "another") }
            return (found, server.requests.count)
        }
        #expect(signedOut == (.signIn, 1))
    }
}
