/// Collects a response from the pieces that libcurl hands out, within its limits; pure.
struct HTTPResponseReceiver {
    /// The response so far; nil before a status line.
    private(set) var response: HTTPClientResponse?
    /// Why no more is taken; final.
    private(set) var refusal: HTTPClientError?
    private var headerBytes = 0
    private let maximumHeaderBytes: Int
    private let maximumBodyBytes: Int

    init(maximumHeaderBytes: Int, maximumBodyBytes: Int) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Takes one line: a status line, a field, or the empty line at the end; false: end the transfer.
    mutating func headerReceived(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= maximumHeaderBytes else {
            return refuse(.tooLarge, "the header is larger than \(maximumHeaderBytes) bytes")
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // The last head counts: before it, "100 Continue" and its like may come.
            let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
            guard let status, (100...599).contains(status) else {
                return refuse(.invalidResponse, "the status line is malformed")
            }
            response = HTTPClientResponse(status: status, headers: [], body: [])
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            response?.headers.append((String(text[..<colon]), value.trimmed))
        }
        return true
    }

    /// Takes a piece of the body; false: end the transfer.
    mutating func bodyReceived(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let response else { return refuse(.invalidResponse, "a body came without a head") }
        guard response.body.count + bytes.count <= maximumBodyBytes else {
            return refuse(.tooLarge, "the body is larger than \(maximumBodyBytes) bytes")
        }
        self.response?.body.append(contentsOf: bytes)
        return true
    }

    private mutating func refuse(_ code: HTTPClientError.Code, _ message: String) -> Bool {
        refusal = HTTPClientError(code, message)
        return false
    }
}

extension Substring {
    /// Without white space at both ends; a line's end counts as white space.
    fileprivate var trimmed: String {
        let head = drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(head[...last])
    }
}
