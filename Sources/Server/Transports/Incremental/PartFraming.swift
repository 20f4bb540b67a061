/// The bytes of `multipart/mixed` with the boundary `-`, as GraphQL clients read it (RFC 2046 §5.1.1).
///
/// The boundary behind a part goes out with the part, so that a client can use it at once; what follows it says whether
/// there is more.
enum PartFraming {
    /// Before the first part.
    static let start = Array("\r\n---".utf8)
    /// Behind the last part.
    static let end = Array("--\r\n".utf8)

    /// A part and the boundary behind it.
    static func part(_ payload: [UInt8]) -> [UInt8] {
        "\r\ncontent-type: application/json; charset=utf-8\r\n\r\n".utf8 + payload + "\r\n---".utf8
    }

    /// The value of `Content-Type`.
    static func contentType(_ format: ResponsePreferences.IncrementalFormat) -> String {
        switch format {
        case .pending: "multipart/mixed; boundary=\"-\"; incrementalSpec=v0.2"
        case .paths: "multipart/mixed; boundary=\"-\"; deferSpec=20220824"
        }
    }
}
