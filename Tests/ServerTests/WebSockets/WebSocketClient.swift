import EventLoop
import Glibc
import Testing

/// A WebSocket client that can also misbehave.
struct WebSocketClient: Sendable {
    /// A frame as it came.
    struct Frame: Equatable {
        let opcode: UInt8
        let payload: [UInt8]

        var text: String { String(decoding: payload, as: UTF8.self) }
        /// The code of a close frame.
        var code: Int { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : 1005 }
    }

    let raw: RawClient
    let response: RawResponse

    /// Does the handshake; the response says whether it went well.
    static func connect(_ port: Int, subprotocol: String? = "test.v1", fields: String = "") async throws -> Self {
        let raw = try await RawClient.connect(port)
        try await raw.send(handshake(subprotocol: subprotocol, fields: fields))
        let response = try #require(try await raw.response())
        return WebSocketClient(raw: raw, response: response)
    }

    static func handshake(subprotocol: String?, fields: String = "") -> String {
        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + (subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? "") + fields + "\r\n"
    }

    func send(_ text: String) async throws { try await raw.send(Self.frame(1, Array(text.utf8))) }

    func send(frame opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) async throws {
        try await raw.send(Self.frame(opcode, payload, isFinal: isFinal))
    }

    static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        let mask: [UInt8] = [0x11, 0x22, 0x33, 0x44]
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65_536: bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: bytes += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    /// The next frame; nil at the end of the stream.
    func frame() async throws -> Frame? {
        try await clientThreads.run("receive") { [raw] in
            let start = try raw.take(2)
            guard start.count == 2 else { return nil }
            var length = Int(start[1] & 0x7F)
            if length >= 126 {
                length = try raw.take(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
            }
            return Frame(opcode: start[0] & 0x0F, payload: try raw.take(length))
        }
    }

    /// The next message that is not a ping.
    func message() async throws -> Frame? {
        while let frame = try await frame() {
            if frame.opcode != 9 { return frame }
        }
        return nil
    }
}
