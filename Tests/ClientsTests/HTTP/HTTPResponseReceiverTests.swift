import Testing

@testable import Clients

@Suite("HTTPResponseReceiver")
struct HTTPResponseReceiverTests {
    private func receiver(head: Int = 100, body: Int = 4) -> HTTPResponseReceiver {
        HTTPResponseReceiver(maximumHeaderBytes: head, maximumBodyBytes: body)
    }

    private func feed(_ receiver: inout HTTPResponseReceiver, _ line: String) -> Bool {
        Array(line.utf8).withUnsafeBytes { receiver.headerReceived($0) }
    }

    @Test
    func `The last head counts, and field names are found in any case`() {
        var receiver = receiver()
        for line in ["HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/2 204 \r\n", "B-c:  two \r\n", "\r\n"] {
            #expect(feed(&receiver, line))
        }
        #expect(receiver.response?.status == 204)
        #expect(receiver.response?.header("a") == nil)
        #expect(receiver.response?.header("b-C") == "two")
    }

    @Test
    func `A header and a body are taken up to their limits and not a byte further`() {
        var receiver = receiver(head: 24, body: 4)
        #expect(feed(&receiver, "HTTP/1.1 200 OK\r\n"))
        #expect(feed(&receiver, "A: 12\r\n"))
        let bytes: [UInt8] = [1, 2, 3, 4]
        #expect(bytes.withUnsafeBytes { receiver.bodyReceived($0) })
        #expect(receiver.response?.body == bytes)
        #expect(receiver.refusal == nil)
        #expect(!bytes.prefix(1).withUnsafeBytes { receiver.bodyReceived($0) })
        #expect(receiver.refusal?.code == .tooLarge)
        var other = self.receiver(head: 23)
        #expect(feed(&other, "HTTP/1.1 200 OK\r\n"))
        #expect(!feed(&other, "A: 12\r\n"))
        #expect(other.refusal?.code == .tooLarge)
    }

    @Test(arguments: ["HTTP/1.1\r\n", "HTTP/1.1 abc\r\n", "HTTP/1.1 99 x\r\n", "HTTP/1.1 600 x\r\n"])
    func `A malformed status line is refused`(line: String) {
        var receiver = receiver()
        #expect(!feed(&receiver, line))
        #expect(receiver.refusal?.code == .invalidResponse)
    }
}
