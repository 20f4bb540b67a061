import Testing

@testable import Server

@Suite struct HTTPRequestParserTests {
    @Test("a request line and fields are taken apart")
    func whole() throws {
        let head = try parse(
            "POST /a%20b/%C3%A9?x=%31&y=a+b&z HTTP/1.1\r\nHost: example.com\r\nContent-Length: 12\r\n"
                + "X-Empty:\r\nx-two:  spaced \t\r\nX-TWO: again\r\n\r\n")
        #expect(head.method == "POST")
        #expect(head.path == "/a b/é")
        #expect(head.rawTarget == "/a%20b/%C3%A9?x=%31&y=a+b&z")
        #expect(head.query == "x=%31&y=a+b&z")
        #expect(head.framing == .length(12))
        #expect(head.headers["HOST"] == "example.com")
        #expect(head.headers["x-empty"] == "")
        #expect(head.headers.values("X-Two") == ["spaced", "again"])
        #expect(head.keepsAlive)
        let request = HTTPRequest(head: head, peer: "::1", id: "1", configuration: HTTPServerConfiguration())
        #expect(request.queryItems.map { "\($0.name)=\($0.value)" } == ["x=1", "y=a b", "z="])
        #expect(request.queryValue("y") == "a b")
        #expect(request.queryValue("w") == nil)
    }

    @Test(
        "a URL as target loses its authority, an asterisk is for OPTIONS",
        arguments: [
            ("GET http://example.com/a?b HTTP/1.1", "/a", "b"), ("GET http://example.com HTTP/1.1", "/", ""),
            ("OPTIONS * HTTP/1.1", "*", ""), ("GET /a#b?c HTTP/1.1", "/a", ""), ("GET /? HTTP/1.1", "/", ""),
        ])
    func targets(line: String, path: String, query: String) throws {
        let head = try parse("\(line)\r\nHost: a\r\n\r\n")
        #expect(head.path == path)
        #expect(head.query == query)
    }

    @Test(
        "what two parties could read differently is refused",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
            ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
            ("GET /\u{7f} HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /é HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET / http/1.1\r\nHost: a\r\n\r\n", 400),
            ("PRI * HTTP/2.0\r\n\r\n", 505), ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505), ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
            ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: miracles\r\n\r\n", 417),
        ])
    func refused(text: String, status: Int) {
        let rejection = #expect(throws: HTTPRejection.self) { try parse(text) }
        #expect(rejection?.status == status)
    }

    @Test("as many fields as the limit are accepted, one more is refused", arguments: [(127, true), (128, false)])
    func fieldLimit(count: Int, isAccepted: Bool) throws {
        let fields = (0..<count).map { "X-\($0): y\r\n" }.joined()
        let text = "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
        if isAccepted {
            #expect(try parse(text).headers.count == 128)
        } else {
            #expect(throws: HTTPRejection.headTooLarge) { try parse(text) }
        }
    }

    @Test("ten thousand mutilated heads are parsed or refused, never more than that")
    func mutilated() {
        var random = SystemRandomNumberGenerator()
        let whole = Array("POST /a?b=c HTTP/1.1\r\nHost: example.com\r\nContent-Length: 12\r\nX: y\r\n\r\n".utf8)
        for _ in 0..<10_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            var machine = HTTPConnectionStateMachine(maximumHeadBytes: 1_000)
            machine.received(bytes)
            switch machine.next() {
            case .decide, .reject, .read: break
            case let other: Issue.record("\(other) for \(bytes)")
            }
        }
    }

    @discardableResult
    private func parse(_ text: String) throws(HTTPRejection) -> HTTPRequestHead {
        try HTTPRequestParser.parse(Array(text.utf8)[...])
    }
}
