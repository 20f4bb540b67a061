/// A request to become a WebSocket (RFC 6455 §4.2.1), checked.
struct WebSocketHandshake {
    /// What a request turned out to be.
    enum Finding {
        /// No WebSocket handshake.
        case none
        /// A malformed one, with the answer to it.
        case refused(HTTPResponse)
        /// A good one.
        case offered(WebSocketHandshake)
    }

    private let key: String
    /// The subprotocols that the client offers, in its order.
    let subprotocols: [String]

    static func examine(_ request: HTTPRequest, head: HTTPRequestHead) -> Finding {
        guard head.minorVersion == 1, request.headers.list("upgrade", contains: "websocket"),
            request.headers.list("connection", contains: "upgrade")
        else { return .none }
        guard request.method == "GET", head.framing == .none else {
            return .refused(.failure(400, "A WebSocket handshake is a GET without a body."))
        }
        guard request.headers["sec-websocket-version"] == "13" else {
            var response = HTTPResponse.failure(426, "Only version 13 of the WebSocket protocol is spoken here.")
            response.headers.add("Sec-WebSocket-Version", "13")
            return .refused(response)
        }
        let keys = request.headers.values("sec-websocket-key")
        guard keys.count == 1, isKey(keys[0]) else {
            return .refused(.failure(400, "The Sec-WebSocket-Key is malformed."))
        }
        let offers = request.headers.values("sec-websocket-protocol").joined(separator: ",")
            .utf8.split(separator: UInt8(ascii: ","))
            .map { String(decoding: HTTPCharacter.trimmed(Array($0)[...]), as: UTF8.self) }
        return .offered(WebSocketHandshake(key: keys[0], subprotocols: offers))
    }

    /// The first offered subprotocol that is allowed; nil when there is none.
    func choose(from allowed: [String]) -> String? { subprotocols.first { allowed.contains($0) } }

    /// The handshake as libwebsockets gets to see it: only what it needs, written by us.
    ///
    /// It parses no bytes of a stranger's head, and without `Sec-WebSocket-Extensions` it negotiates no compression.
    func head(subprotocol: String?) -> [UInt8] {
        var head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: 13\r\n"
        if let subprotocol { head += "Sec-WebSocket-Protocol: \(subprotocol)\r\n" }
        return Array((head + "\r\n").utf8)
    }

    /// The base64 text of sixteen bytes: 22 characters and two `=`.
    private static func isKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        guard bytes.count == 24, bytes[22] == UInt8(ascii: "="), bytes[23] == UInt8(ascii: "=") else { return false }
        return bytes[..<22].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }
}
