import Testing

@testable import Server

@Suite("multipart/form-data, piece by piece (RFC 7578)")
struct MultipartParserTests {
    /// Parses a body that comes in pieces of a size; data of a part is joined.
    private func parse(_ body: String, boundary: String = "X", pieces: Int) throws -> [MultipartParser.Event] {
        var parser = try #require(MultipartParser(boundary: boundary))
        var events: [MultipartParser.Event] = []
        let bytes = Array(body.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            parser.received(Array(bytes[start..<min(start + pieces, bytes.count)]))
            while let event = try parser.next() {
                if case .data(let more) = event, case .data(let known)? = events.last {
                    events[events.count - 1] = .data(known + more)
                } else {
                    events.append(event)
                }
            }
        }
        return events
    }

    private func data(_ text: String) -> MultipartParser.Event { .data(Array(text.utf8)) }

    @Test(arguments: 1...40)
    func `Parts arrive with their names and bytes, however the body is cut`(count: Int) throws {
        let body =
            "preamble\r\n--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--\r\n-X\r\n--X  \r\n"
            + "content-type: Image/PNG; x=1\r\nContent-Disposition: form-data; name=b; filename=\"c:\\\\d\\\\é.png\"\r\n\r\n"
            + "\r\n--X\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n\r\n\r\n--X--\r\nepilogue --X\r\n"
        #expect(
            try parse(body, pieces: count) == [
                .part(MultipartHeader(name: "a")), data("one\r\n--\r\n-X"), .partEnd,
                .part(MultipartHeader(name: "b", fileName: "é.png", contentType: "image/png")), .partEnd,
                .part(MultipartHeader(name: "c")), data("\r\n"), .partEnd, .end,
            ])
    }

    @Test(arguments: [
        (#"filename="a.png""#, "a.png"), (#"filename=a.png"#, "a.png"), (#"filename="/etc/passwd""#, "passwd"),
        (#"filename="..\\..\\x""#, "x"), (#"filename="a\"b;c.png""#, #"a"b;c.png"#), (#"filename="""#, ""),
        (#"filename="x"; filename*=UTF-8''%E7%A0%B4%20b.png"#, "破 b.png"),
        (#"filename*=utf-8'en'..%2Fb.png"#, "b.png"), (#"filename="x"; filename*=latin1''y"#, "x"),
    ])
    func `File names lose folders and escapes; the extended form is preferred`(parameter: String, name: String) throws {
        let header = try MultipartHeader(Array("Content-Disposition: form-data; name=\"f\"; \(parameter)".utf8)[...])
        #expect(header.fileName == name)
    }

    @Test(arguments: [
        "--X\r\n\r\nno name\r\n--X--", "--X\r\nContent-Type: a/b\r\n\r\n1\r\n--X--",
        "--X\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1", "--X\r\nnonsense\r\n\r\n1", "--Xy\r\n",
        "--X\r\nContent-Disposition: form-data\r\n\r\n1",
        "--X\r\nContent-Disposition: form-data; name=\"" + String(repeating: "a", count: 17_000),
    ])
    func `What is not multipart is refused`(body: String) {
        for pieces in [1, 7, 1_000_000] {
            #expect(throws: MultipartError.self) { try parse(body, pieces: pieces) }
        }
    }

    @Test(arguments: ["", "a ", "é", String(repeating: "a", count: 71)])
    func `A boundary has 1 to 70 visible characters`(boundary: String) {
        #expect(MultipartParser(boundary: boundary) == nil)
    }

    @Test
    func `A body without its last boundary is not complete`() throws {
        var parser = try #require(MultipartParser(boundary: "X"))
        parser.received(Array("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X".utf8))
        while try parser.next() != nil {}
        #expect(!parser.isComplete)
        parser.received(Array("--".utf8))
        #expect(try parser.next() == .end)
        #expect(parser.isComplete)
    }

    @Test
    func `A large part passes through without being held`() throws {
        var parser = try #require(MultipartParser(boundary: "X"))
        parser.received(Array("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8))
        #expect(try parser.next() == .part(MultipartHeader(name: "a")))
        var count = 0
        for _ in 0..<50 {
            parser.received(Array(repeating: 0x0D, count: 100_000))
            while case .data(let bytes)? = try parser.next() { count += bytes.count }
        }
        #expect(count > 4_999_980)
    }
}
