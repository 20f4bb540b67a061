import TestSupport
import Testing

@testable import Clients

@Suite("KeySetSource")
struct KeySetSourceTests {
    private func fetch(_ reply: ContractServer.Reply) async throws -> KeySetSource.Answer {
        let server = try ContractServer { request in
            request.method == "GET" && request.target == "/certs" && request.headers["accept"] == "application/json"
                ? reply : .response(400)
        }
        defer { server.stop() }
        return try await withLoop { loop in
            let client = try HTTPClient(loop: loop)
            defer { client.shutDown() }
            return try await KeySetSource(client: client, url: "\(server.url)/certs").fetch()
        }
    }

    @Test
    func `Keys come with the time that their server lets them be kept`() async throws {
        let answer = try await fetch(
            .response(
                200,
                [
                    "Content-Type": "application/json; charset=UTF-8", "Age": "100",
                    "Cache-Control": "public, max-age=19000, must-revalidate, no-transform",
                ], #"{"keys":[]}"#))
        #expect(String(decoding: answer.json, as: UTF8.self) == #"{"keys":[]}"#)
        #expect(answer.secondsFresh == 18_900)
    }

    @Test(arguments: [
        ContractServer.Reply.response(500, ["Content-Type": "application/json"], "{}"),
        .response(304, ["Content-Type": "application/json"]),
        .response(200, ["Content-Type": "text/html"], "<html>"),
        .response(200, [:], "{}"),
    ])
    func `An answer that is not 200 with JSON is refused`(reply: ContractServer.Reply) async throws {
        await #expect { try await fetch(reply) } throws: { ($0 as? HTTPClientError)?.code == .invalidResponse }
    }

    @Test(
        arguments: [
            (nil, nil, nil), ("max-age=60", nil, 60), ("max-age=60", "70", 0), ("Max-Age = 60", "x", 60),
            ("no-cache, max-age=60", nil, 0), ("no-store", nil, 0), ("public", nil, nil), ("max-age=x", nil, nil),
        ] as [(String?, String?, Int?)])
    func `Freshness is max-age minus Age`(cacheControl: String?, age: String?, seconds: Int?) {
        #expect(KeySetSource.secondsFresh(cacheControl: cacheControl, age: age) == seconds)
    }
}
