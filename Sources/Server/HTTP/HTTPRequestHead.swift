/// A request line and header fields, understood: what the connection needs to know to read on.
struct HTTPRequestHead: Hashable {
    /// How the body, if any, is delimited (RFC 9112 §6).
    enum Framing: Hashable {
        case none
        case length(Int)
        case chunked
    }

    var method: String
    var path: String
    var rawTarget: String
    var query: String
    var minorVersion: UInt8
    var headers: HTTPHeaders
    var framing: Framing
    /// Whether the client would use the connection again.
    var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool
}

/// A refusal by the transport itself: the request is malformed, too large, too slow or not supported.
public struct HTTPRejection: Error, Hashable, Sendable {
    /// The status to answer with.
    public let status: Int
    /// Why, in words for the client.
    public let reason: String

    static func badRequest(_ reason: String) -> HTTPRejection { HTTPRejection(status: 400, reason: reason) }

    static let timeout = HTTPRejection(status: 408, reason: "The request took too long to arrive.")
    static let bodyTooLarge = HTTPRejection(status: 413, reason: "The request body is larger than allowed.")
    static let targetTooLong = HTTPRejection(status: 414, reason: "The request line is longer than allowed.")
    static let headTooLarge = HTTPRejection(status: 431, reason: "The request header is larger than allowed.")
    static let notImplemented = HTTPRejection(status: 501, reason: "The request asks for what is not implemented.")
}
