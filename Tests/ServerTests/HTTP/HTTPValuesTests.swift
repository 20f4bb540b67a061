import Testing

@testable import Server

@Suite struct HTTPByteRangeTests {
    @Test(
        "ranges are read as RFC 9110 says",
        arguments: [
            (nil, .whole), ("bytes=0-4", .part(0..<5)), ("bytes=5-", .part(5..<10)), ("bytes=-3", .part(7..<10)),
            ("bytes=0-99", .part(0..<10)), ("bytes=-99", .part(0..<10)), ("bytes=9-9", .part(9..<10)),
            ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=4-2", .whole), ("bytes=a-b", .whole),
            ("bytes=", .whole), ("bytes=-", .whole), ("pages=1-2", .whole), ("bytes=0-1,3-4", .whole),
            ("bytes=0-99999999999999999999", .part(0..<10)), ("bytes=99999999999999999999-", .unsatisfiable),
        ] as [(String?, HTTPByteRange.Outcome)])
    func resolve(field: String?, outcome: HTTPByteRange.Outcome) {
        #expect(HTTPByteRange.resolve(field, size: 10) == outcome)
    }

    @Test("an empty file has no satisfiable range")
    func empty() {
        #expect(HTTPByteRange.resolve("bytes=0-0", size: 0) == .unsatisfiable)
        #expect(HTTPByteRange.resolve("bytes=-1", size: 0) == .unsatisfiable)
        #expect(HTTPByteRange.resolve(nil, size: 0) == .whole)
    }
}

@Suite struct HTTPDateTests {
    @Test(
        "dates are IMF-fixdates",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_795_446_000, "Mon, 23 Nov 2026 15:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ])
    func text(seconds: Int, text: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }
}

@Suite struct HTTPHeadersTests {
    @Test("names compare without regard to case, values and order are kept")
    func lookup() {
        var headers: HTTPHeaders = ["Content-Type": "text/plain", "Vary": "Origin"]
        headers.add("vary", "Accept")
        #expect(headers["content-type"] == "text/plain")
        #expect(headers.values("VARY") == ["Origin", "Accept"])
        headers["Vary"] = "*"
        #expect(headers.all.map { "\($0.name): \($0.value)" } == ["Content-Type: text/plain", "Vary: *"])
        headers["vary"] = nil
        #expect(headers == ["content-type": "text/plain"])
    }

    @Test("a line break in a value does not begin a field")
    func injection() {
        let headers: HTTPHeaders = ["X": "a\r\nSet-Cookie: b"]
        #expect(String(decoding: headers.bytes, as: UTF8.self) == "X: a  Set-Cookie: b\r\n")
    }

    @Test("tokens are found in lists, in any case and between spaces")
    func lists() {
        let headers: HTTPHeaders = ["Connection": "keep-alive ,  Upgrade", "Connection": "x"]
        #expect(headers.list("connection", contains: "upgrade"))
        #expect(headers.list("connection", contains: "X"))
        #expect(!headers.list("connection", contains: "close"))
    }
}

@Suite struct WebSocketQueueTests {
    @Test("the queue takes messages up to its limits, in order")
    func limits() {
        var queue = WebSocketQueue(maximumMessages: 2, maximumBytes: 5)
        #expect([[1, 2, 3], [4, 5], []].map { queue.append($0) } == [true, true, false])
        #expect(queue.first == [1, 2, 3])
        queue.removeFirst()
        #expect([[1, 2, 3, 4], [6, 7, 8]].map { queue.append($0) } == [false, true])
        #expect(queue.bytes == 5)
        queue.removeFirst()
        queue.removeFirst()
        #expect(queue.isEmpty)
    }

    @Test("a single message beyond the byte limit is an answer, not a backlog")
    func oneLargeMessage() {
        var queue = WebSocketQueue(maximumMessages: 2, maximumBytes: 5)
        let large = [UInt8](repeating: 0, count: 100)
        #expect([large, [1]].map { queue.append($0) } == [true, false])
    }
}
