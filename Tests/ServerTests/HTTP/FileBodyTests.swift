import EventLoop
import Glibc
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(15)))
struct FileBodyTests {
    private static let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }

    @Test("a file is sent whole, and its connection goes on")
    func whole() async throws {
        try await withFile { client in
            for _ in 0..<2 {
                let response = try #require(try await get(client))
                #expect(response.status == 200)
                #expect(response.header("accept-ranges") == "bytes")
                #expect(response.body == Self.content)
            }
        }
    }

    @Test("ranges of a file are sent as 206, or refused as 416")
    func ranges() async throws {
        try await withFile { client in
            let part = try #require(try await get(client, "Range: bytes=1000000-1999999\r\n"))
            #expect(part.status == 206)
            #expect(part.header("content-range") == "bytes 1000000-1999999/3000000")
            #expect(part.body == Array(Self.content[1_000_000..<2_000_000]))
            let end = try #require(try await get(client, "Range: bytes=-5\r\n"))
            #expect(end.body == Array(Self.content.suffix(5)))
            let beyond = try #require(try await get(client, "Range: bytes=3000000-\r\n"))
            #expect(beyond.status == 416)
            #expect(beyond.header("content-range") == "bytes */3000000")
            #expect(beyond.body.isEmpty)
        }
    }

    @Test("a range of another version of the file is answered with the whole of this one")
    func ifRange() async throws {
        try await withFile { client in
            let same = try #require(try await get(client, "Range: bytes=0-1\r\nIf-Range: \"v1\"\r\n"))
            #expect(same.status == 206)
            let other = try #require(try await get(client, "Range: bytes=0-1\r\nIf-Range: \"v2\"\r\n"))
            #expect(other.status == 200)
            #expect(other.body.count == 3_000_000)
        }
    }

    @Test("HEAD tells a file's size; a part of a file is a file of its own")
    func headAndPart() async throws {
        try await withFile { client in
            try await client.send("HEAD /f HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response(toHead: true)?.header("content-length") == "3000000")
            let part = try #require(try await get(client, "Range: bytes=1-2\r\n", path: "/part"))
            #expect(part.body == Array(Self.content[101...102]))
            #expect(part.header("content-range") == "bytes 1-2/50")
        }
    }

    @Test("a file that is not there is a 404")
    func missing() async throws {
        try await withFile { client in
            for (path, status) in [("/missing", 404), ("/directory", 404), ("/f", 200)] {
                let response = try await get(client, path: path)
                #expect(response?.status == status)
            }
        }
    }

    @Test("a client that leaves during a download leaves no descriptor behind")
    func leaving() async throws {
        try await withFile { first in
            _ = try await get(first)
            let before = openDescriptors(of: "aimage-file-test")
            for _ in 0..<10 {
                let client = try await RawClient.connect(first.port)
                try await client.send("GET /f HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await client.bytes(1_000)
                client.hangUp(reset: true)
            }
            while openDescriptors(of: "aimage-file-test") > before { try await Loop.pause(.milliseconds(10)) }
            _ = try await get(first)
        }
    }

    private func get(_ client: RawClient, _ fields: String = "", path: String = "/f") async throws -> RawResponse? {
        try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
        return try await client.response()
    }

    private func withFile(_ body: (RawClient) async throws -> Void) async throws {
        let path = "/tmp/aimage-file-test-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        try #require(write(descriptor, Self.content, Self.content.count) == Self.content.count)
        close(descriptor)
        defer { unlink(path) }
        var service = EchoService()
        service.handle = { request in
            let body: HTTPResponse.Body =
                switch request.path {
                case "/part": .file(path: path, offset: 100, length: 50)
                case "/missing": .file(path: path + "-missing")
                case "/directory": .file(path: "/tmp")
                default: .file(path: path)
                }
            return HTTPResponse(headers: ["ETag": "\"v1\""], body: body)
        }
        try await withServer(service) { port in try await body(try await RawClient.connect(port)) }
    }

    private func openDescriptors(of name: String) -> Int {
        var buffer = [CChar](repeating: 0, count: 1_024)
        return (0..<2_000).count { number in
            let length = readlink("/proc/self/fd/\(number)", &buffer, buffer.count)
            guard length > 0 else { return false }
            return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self).contains(name)
        }
    }
}
