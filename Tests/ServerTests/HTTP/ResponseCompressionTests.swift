import Foundation
import Testing

@testable import Server

@Suite("Compressed answers")
struct ResponseCompressionTests {
    private func ask(_ encoding: String?, type: String = "application/json; charset=utf-8", count: Int = 5_000) async
        -> (response: HTTPResponse, body: [UInt8])
    {
        var headers = HTTPHeaders()
        if let encoding { headers.add("Accept-Encoding", encoding) }
        let response = await ResponseCompression.apply(
            to: HTTPResponse(headers: ["Content-Type": type], body: .bytes(Array(repeating: 0x20, count: count))),
            for: HTTPRequest(method: "GET", target: "/", headers: headers))
        guard case .bytes(let body) = response.body else { return (response, []) }
        return (response, body)
    }

    @Test(arguments: ["gzip", "deflate, gzip;q=0.5", "*", "GZIP, br", "gzip;q=1.0, identity;q=0.5", "x-gzip"])
    func `A client that takes gzip gets it`(encoding: String) async {
        let answer = await ask(encoding)
        #expect(answer.response.headers["content-encoding"] == "gzip")
        #expect(answer.response.headers["vary"] == "Accept-Encoding")
        #expect(answer.body.starts(with: [0x1F, 0x8B]))
        #expect(answer.body.count < 200)
    }

    @Test(arguments: [nil, "", "br", "gzip;q=0", "identity, gzip;q=0.5", "*;q=0"])
    func `Others get plain bytes, and caches are told of the difference`(encoding: String?) async {
        let answer = await ask(encoding)
        #expect(answer.response.headers["content-encoding"] == nil)
        #expect(answer.response.headers["vary"] == "Accept-Encoding")
        #expect(answer.body.count == 5_000)
    }

    @Test
    func `Small answers and pictures stay as they are`() async {
        let small = await ask("gzip", count: ResponseCompression.minimumBytes - 1)
        #expect(small.response.headers["content-encoding"] == nil)
        let picture = await ask("gzip", type: "image/png")
        #expect(picture.response.headers["content-encoding"] == nil)
    }

    @Test
    func `Large answers are compressed elsewhere, with the same result`() async {
        let answer = await ask("gzip", count: 1_000_000)
        #expect(answer.response.headers["content-encoding"] == "gzip")
        #expect(answer.body.count < 10_000)
    }
}
