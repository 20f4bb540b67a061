import Testing

@testable import Server

@Suite struct HTTPChunkedDecoderTests {
    @Test("chunks are joined, however the bytes are cut", arguments: 1...12)
    func cuts(size: Int) throws {
        let coded = Array("5\r\nhello\r\n1;a=b\r\n \r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n".utf8)
        var decoder = HTTPChunkedDecoder()
        var body: [UInt8] = []
        var pending: [UInt8] = []
        var isDone = false
        for start in stride(from: 0, to: coded.count, by: size) {
            pending += coded[start..<min(coded.count, start + size)]
            reading: while true {
                switch try decoder.next(pending[...]) {
                case .needsMore: break reading
                case .skip(let count): pending.removeFirst(count)
                case .data(let count):
                    body += pending.prefix(count)
                    pending.removeFirst(count)
                case .end(let count):
                    pending.removeFirst(count)
                    isDone = true
                    break reading
                }
            }
        }
        #expect(isDone)
        #expect(pending.isEmpty)
        #expect(String(decoding: body, as: UTF8.self) == "hello 0123456789")
    }

    @Test(
        "malformed framing is refused",
        arguments: [
            "\r\n", "x\r\n", "-1\r\n", "1\n", "1 2\r\n", "0x1\r\n", "1\r\nab\r\n",
            "fffffffffffffffff\r\n", "1;\(String(repeating: "x", count: 2_000))",
            "0\r\n" + String(repeating: "A: \(String(repeating: "x", count: 500))\r\n", count: 20),
        ])
    func malformed(text: String) {
        #expect(throws: HTTPRejection.self) {
            var decoder = HTTPChunkedDecoder()
            var pending = Array(text.utf8)
            while true {
                switch try decoder.next(pending[...]) {
                case .needsMore, .end: return
                case .skip(let count), .data(let count): pending.removeFirst(count)
                }
            }
        }
    }
}
