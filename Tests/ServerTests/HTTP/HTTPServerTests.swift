import EventLoop
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(2)))
struct HTTPServerTests {
    @Test("a GET is answered, and the connection serves the next request")
    func keepAlive() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            for number in 1...3 {
                try await client.send("GET /hello%20world/\(number)?x=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try #require(try await client.response())
                #expect(response.status == 200)
                #expect(response.text == "GET /hello world/\(number) ")
                #expect(response.header("connection") == nil)
                #expect(response.header("date")?.hasSuffix("GMT") == true)
            }
        }
    }

    @Test("a POST's body arrives, whole or in pieces")
    func post() async throws {
        try await withServer { port in
            let client = try await RawClient.connect(port)
            try await client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
            #expect(try await client.response()?.text == "POST /a hello")
            for piece in ["POST /b HT", "TP/1.1\r\nHost: a\r", "\nContent-Le", "ngth: 5\r\n\r\n", "he", "llo"] {
                try await client.send(piece)
            }
            #expect(try await client.response()?.text == "POST /b hello")
        }
    }
}
