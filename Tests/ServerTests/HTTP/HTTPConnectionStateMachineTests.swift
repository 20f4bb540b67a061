import Testing

@testable import Server

@Suite struct HTTPConnectionStateMachineTests {
    private var machine = HTTPConnectionStateMachine(maximumHeadBytes: 200)

    @Test("a request without a body: decide, dispatch, wait, and idle again")
    mutating func withoutBody() throws {
        #expect(machine.next() == .read)
        machine.received("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        let head = try decided(.collect(maximumBytes: 10))
        #expect(head.method == "GET")
        #expect(machine.next() == .dispatch)
        #expect(machine.next() == .wait)
        machine.answerSent()
        #expect(machine.state == .idle)
        #expect(machine.next() == .read)
        #expect(machine.keepsAlive)
    }

    @Test("a head may come byte by byte")
    mutating func byteByByte() throws {
        for byte in "\r\nPOST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r".utf8 {
            machine.received([byte])
            #expect(machine.next() == .read)
        }
        machine.received("\n".utf8)
        try decided(.collect(maximumBytes: 10))
        #expect(machine.next() == .read)
        machine.received("o".utf8)
        #expect(machine.next() == .body(Array("o".utf8)[...]))
        #expect(machine.next() == .read)
        machine.received("k".utf8)
        #expect(machine.next() == .body(Array("k".utf8)[...]))
        #expect(machine.next() == .dispatch)
    }

    @Test("three pipelined requests are served one after the other, each with its own body")
    mutating func pipelined() throws {
        let one = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n"
        machine.received("\(one)ab\(one)cd\(one)ef".utf8)
        for body in ["ab", "cd", "ef"] {
            try decided(.collect(maximumBytes: 10))
            #expect(machine.next() == .body(Array(body.utf8)[...]))
            #expect(machine.next() == .dispatch)
            #expect(machine.next() == .wait)
            machine.answerSent()
        }
        #expect(machine.next() == .read)
    }

    @Test("a chunked body is decoded, and what follows it is the next request")
    mutating func chunked() throws {
        machine.received("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        try decided(.collect(maximumBytes: 10))
        machine.received("3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\nGET /n HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(machine.next() == .body(Array("abc".utf8)[...]))
        #expect(machine.next() == .body(Array("de".utf8)[...]))
        #expect(machine.next() == .dispatch)
        machine.answerSent()
        #expect(try decided(.answerNow).path == "/n")
    }

    @Test("100 Continue is sent when the client waits for it, and not when the body is here already")
    mutating func expectContinue() throws {
        let head = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        machine.received(head.utf8)
        try decided(.stream)
        #expect(machine.next() == .sendContinue)
        #expect(machine.next() == .read)
        machine.received("ok".utf8)
        #expect(machine.next() == .body(Array("ok".utf8)[...]))
        #expect(machine.next() == .dispatch)
        machine.answerSent()
        machine.received("\(head)ok".utf8)
        try decided(.stream)
        #expect(machine.next() == .body(Array("ok".utf8)[...]))
    }

    @Test("a body announced as too large is refused before a byte of it is taken")
    mutating func announcedTooLarge() throws {
        machine.received("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n".utf8)
        try decided(.collect(maximumBytes: 10))
        // 100 Continue would invite what is refused.
        #expect(machine.next() == .reject(.bodyTooLarge))
        #expect(!machine.keepsAlive)
        machine.answerSent()
        #expect(machine.next() == .halfClose)
        #expect(machine.next() == .read)
        machine.received("hello world".utf8)
        #expect(machine.bufferedBytes == 0)
        #expect(machine.inputEnded() == .close)
    }

    @Test("a body is accepted at the limit and refused one byte beyond", arguments: [(10, true), (11, false)])
    mutating func countedTooLarge(size: Int, isAccepted: Bool) throws {
        machine.received("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        try decided(.collect(maximumBytes: 10))
        let text = String(repeating: "x", count: size)
        machine.received("\(String(size, radix: 16))\r\n\(text)\r\n0\r\n\r\n".utf8)
        if isAccepted {
            #expect(machine.next() == .body(Array(text.utf8)[...]))
            #expect(machine.next() == .dispatch)
        } else {
            #expect(machine.next() == .reject(.bodyTooLarge))
        }
    }

    @Test("an answer before the body is read ends the connection, after the rest was thrown away")
    mutating func answerNow() throws {
        machine.received("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab".utf8)
        try decided(.answerNow)
        #expect(!machine.keepsAlive)
        machine.answerSent()
        #expect(machine.state == .draining)
        #expect(machine.patience == .drain)
        #expect(machine.next() == .halfClose)
        #expect(machine.next() == .read)
        #expect(machine.patienceEnded() == .close)
    }

    @Test(
        "a connection that its client or its version ends is closed after the answer",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        ])
    mutating func closing(head: String) throws {
        machine.received(head.utf8)
        try decided(.answerNow)
        #expect(!machine.keepsAlive)
        machine.answerSent()
        #expect(machine.next() == .close)
    }

    @Test("HTTP/1.0 with keep-alive is kept")
    mutating func oldKeepAlive() throws {
        machine.received("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".utf8)
        try decided(.answerNow)
        #expect(machine.keepsAlive)
    }

    @Test("the head may be as long as the limit and no longer", arguments: [(200, true), (201, false)])
    mutating func headLimit(size: Int, isAccepted: Bool) throws {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let head = start + String(repeating: "x", count: size - start.utf8.count - 4) + "\r\n\r\n"
        machine.received(head.utf8)
        if isAccepted { try decided(.answerNow) } else { #expect(machine.next() == .reject(.headTooLarge)) }
    }

    @Test("a head without end is refused as soon as it passes the limit")
    mutating func endlessHead() {
        machine.received("GET /\(String(repeating: "x", count: 300))".utf8)
        #expect(machine.next() == .reject(.targetTooLong))
        var other = HTTPConnectionStateMachine(maximumHeadBytes: 200)
        other.received("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 300))".utf8)
        #expect(other.next() == .reject(.headTooLarge))
        var whole = HTTPConnectionStateMachine(maximumHeadBytes: 200)
        whole.received("GET /\(String(repeating: "x", count: 300)) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(whole.next() == .reject(.targetTooLong))
    }

    @Test(
        "what is no HTTP is refused at its first bytes",
        arguments: [
            [0x16, 0x03, 0x01, 0x02, 0x00], Array("\0\0\0\0".utf8), Array("a b c\n".utf8),
            Array("AVERYLONGWORDTHATISNOMETHOD".utf8), Array("{\"query\":1}".utf8), Array(" GET / HTTP/1.1".utf8),
        ] as [[UInt8]])
    mutating func noHTTP(bytes: [UInt8]) {
        machine.received(bytes)
        guard case .reject(let rejection) = machine.next() else {
            Issue.record("accepted")
            return
        }
        #expect(rejection.status == 400)
    }

    @Test("time ends an idle connection silently, a slow head and a slow body with 408")
    mutating func patience() throws {
        #expect(machine.patience == .head)
        machine.received("GET".utf8)
        #expect(machine.next() == .read)
        #expect(machine.patience == .head)
        #expect(machine.patienceEnded() == .reject(.timeout))

        var body = HTTPConnectionStateMachine(maximumHeadBytes: 200)
        body.received("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab".utf8)
        _ = body.next()
        body.decided(.collect(maximumBytes: 10))
        _ = body.next()
        #expect(body.patience == .body)
        #expect(body.patienceEnded() == .reject(.timeout))

        var idle = HTTPConnectionStateMachine(maximumHeadBytes: 200)
        idle.received("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        _ = idle.next()
        idle.decided(.answerNow)
        #expect(idle.patience == .none)
        #expect(idle.patienceEnded() == .wait)
        idle.answerSent()
        #expect(idle.patience == .idle)
        #expect(idle.patienceEnded() == .close)
    }

    @Test("a client that leaves aborts its request, and only closes between requests")
    mutating func leaving() throws {
        var waiting = machine
        waiting.received("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        _ = waiting.next()
        waiting.decided(.collect(maximumBytes: 0))
        #expect(waiting.next() == .dispatch)
        #expect(waiting.inputEnded() == .abort)
        var idle = machine
        #expect(idle.inputEnded() == .close)
        var half = machine
        half.received("GET / HT".utf8)
        _ = half.next()
        #expect(half.inputEnded() == .close)
    }

    @Test("while an answer is due, no more than a head's worth is read ahead")
    mutating func readAhead() throws {
        machine.received("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        _ = machine.next()
        machine.decided(.collect(maximumBytes: 0))
        #expect(machine.next() == .dispatch)
        #expect(machine.wantsInput)
        machine.received(String(repeating: "x", count: 200).utf8)
        #expect(!machine.wantsInput)
    }

    @Test("an upgrade takes what was read behind the head with it")
    mutating func upgrade() throws {
        machine.received("GET / HTTP/1.1\r\nHost: a\r\n\r\nframes".utf8)
        _ = machine.next()
        #expect(machine.upgraded() == Array("frames".utf8))
        #expect(!machine.wantsInput)
    }

    @discardableResult
    private mutating func decided(_ decision: HTTPConnectionStateMachine.Decision) throws -> HTTPRequestHead {
        guard case .decide(let head) = machine.next() else {
            throw HTTPServerError(.clientGone, "expected a decision, the state is \(machine.state)")
        }
        machine.decided(decision)
        return head
    }
}
