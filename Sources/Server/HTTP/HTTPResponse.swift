/// An answer.
///
/// `Content-Length`, `Date`, `Connection` and, for files, ranges are the transport's business.
public struct HTTPResponse: Sendable {
    /// What follows the head.
    public enum Body: Sendable {
        /// Nothing.
        case empty
        /// These bytes.
        case bytes([UInt8])
        /// A file, or `length` bytes of it from `offset` on. Ranges (RFC 9110 §14) are answered for `GET` with 200.
        case file(path: String, offset: Int = 0, length: Int? = nil)
        /// Pieces, as somebody writes them.
        case stream(HTTPBodyWriter)
    }

    /// The status code.
    public var status: Int
    /// The header fields, without those that the transport adds.
    public var headers: HTTPHeaders
    /// The body; not sent for `HEAD`.
    public var body: Body

    /// An answer from its parts.
    public init(status: Int = 200, headers: HTTPHeaders = [:], body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A text, as UTF-8.
    public static func text(
        _ text: String, status: Int = 200, contentType: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
    }

    /// JSON text that is already encoded.
    public static func json(_ bytes: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: .bytes(bytes))
    }

    /// A refusal in the shape that GraphQL clients understand: an `errors` list with one message.
    ///
    /// `reason` must not need JSON escapes; it is one of our own sentences. A code goes to `extensions.code`.
    public static func failure(_ status: Int, _ reason: String, code: String? = nil) -> HTTPResponse {
        let extensions = code.map { #","extensions":{"code":"\#($0)"}"# } ?? ""
        return json(Array(#"{"errors":[{"message":"\#(reason)"\#(extensions)}]}"#.utf8), status: status)
    }
}

/// Thrown by a `RequestBodySink` to answer early: the rest of the body is not read.
public struct HTTPErrorResponse: Error {
    /// The answer.
    public let response: HTTPResponse

    /// An early answer.
    public init(_ response: HTTPResponse) { self.response = response }
}
