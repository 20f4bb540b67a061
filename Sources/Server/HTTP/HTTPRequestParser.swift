/// Parses the head of an HTTP/1.1 request (RFC 9112), strictly: what two parties could read differently is refused.
///
/// Refused are bare line feeds, folded lines, spaces around field names, several or malformed `Content-Length`s, a
/// length beside a transfer coding, and control characters anywhere.
struct HTTPRequestParser {
    /// More fields than this in one head are refused.
    static let maximumFields = 128

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// Parses a complete head: everything up to and including the empty line.
    static func parse(_ head: ArraySlice<UInt8>) throws(HTTPRejection) -> HTTPRequestHead {
        var parser = HTTPRequestParser(bytes: head, position: head.startIndex)
        return try parser.run()
    }

    private mutating func run() throws(HTTPRejection) -> HTTPRequestHead {
        let requestLine = try nextLine()
        let parts = requestLine.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(HTTPCharacter.isToken) else {
            throw .badRequest("The request line is malformed.")
        }
        let minorVersion = try Self.minorVersion(parts[2])
        let method = String(decoding: parts[0], as: UTF8.self)
        let target = try RequestTarget(parts[1], method: method)
        let headers = try parseFields()
        let framing = try BodyFraming.of(headers, minorVersion: minorVersion)
        try Self.checkHost(headers, minorVersion: minorVersion)
        return HTTPRequestHead(
            method: method, path: target.path, rawTarget: target.raw, query: target.query, minorVersion: minorVersion,
            headers: headers, framing: framing,
            keepsAlive: minorVersion == 1
                ? !headers.list("connection", contains: "close") : headers.list("connection", contains: "keep-alive"),
            expectsContinue: try Self.expectsContinue(headers, minorVersion: minorVersion))
    }

    /// The next line without its end; the connection has found the head's end, so there is one.
    private mutating func nextLine() throws(HTTPRejection) -> ArraySlice<UInt8> {
        guard let end = bytes[position...].firstIndex(of: 0x0A), end > position, bytes[end - 1] == 0x0D else {
            throw .badRequest("A line does not end with CR LF.")
        }
        defer { position = end + 1 }
        return bytes[position..<(end - 1)]
    }

    private mutating func parseFields() throws(HTTPRejection) -> HTTPHeaders {
        let base = position
        var fields: [HTTPHeaders.Field] = []
        fields.reserveCapacity(16)
        while true {
            let line = try nextLine()
            if line.isEmpty { break }
            guard fields.count < Self.maximumFields else { throw .headTooLarge }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(HTTPCharacter.isToken)
            else { throw .badRequest("A header field is malformed.") }
            let value = HTTPCharacter.trimmed(line[(colon + 1)...])
            guard value.allSatisfy(HTTPCharacter.isFieldValue) else {
                throw .badRequest("A header field holds a control character.")
            }
            fields.append(
                HTTPHeaders.Field(
                    name: (line.startIndex - base)..<(colon - base),
                    value: (value.startIndex - base)..<(value.endIndex - base)))
        }
        return HTTPHeaders(bytes: Array(bytes[base..<position]), fields: fields)
    }

    private static func minorVersion(_ text: ArraySlice<UInt8>) throws(HTTPRejection) -> UInt8 {
        let start = text.startIndex
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.count == 8, text.starts(with: "HTTP/".utf8), text[start + 6] == UInt8(ascii: "."),
            digits.contains(text[start + 5]), digits.contains(text[start + 7])
        else { throw .badRequest("The HTTP version is malformed.") }
        guard text[start + 5] == UInt8(ascii: "1") else {
            throw HTTPRejection(status: 505, reason: "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
        }
        // A higher minor version is understood as the highest we know (RFC 9110 §2.5).
        return min(1, text[start + 7] - UInt8(ascii: "0"))
    }

    private static func checkHost(_ headers: HTTPHeaders, minorVersion: UInt8) throws(HTTPRejection) {
        let hosts = headers.count(of: "host")
        guard hosts == 1 || (hosts == 0 && minorVersion == 0) else {
            throw .badRequest("A request has exactly one Host.")
        }
    }

    private static func expectsContinue(_ headers: HTTPHeaders, minorVersion: UInt8) throws(HTTPRejection) -> Bool {
        guard minorVersion == 1, let expectation = headers.valueBytes("expect") else { return false }
        guard HTTPCharacter.equalIgnoringCase(expectation, "100-continue") else {
            throw HTTPRejection(status: 417, reason: "The only expectation known here is 100-continue.")
        }
        return true
    }
}

/// The target of a request line in its three forms that a server of its own meets (RFC 9112 §3.2).
private struct RequestTarget {
    let raw: String
    let path: String
    let query: String

    init(_ bytes: ArraySlice<UInt8>, method: String) throws(HTTPRejection) {
        guard !bytes.isEmpty, bytes.allSatisfy(HTTPCharacter.isTarget) else {
            throw .badRequest("The request target is malformed.")
        }
        if method == "CONNECT" { throw .notImplemented }
        let origin = try Self.originForm(bytes, method: method)
        let beforeFragment = origin.prefix { $0 != UInt8(ascii: "#") }
        let path = beforeFragment.prefix { $0 != UInt8(ascii: "?") }
        guard let decoded = PercentDecoding.decode(path, plusIsSpace: false) else {
            throw .badRequest("The path is not percent-encoded UTF-8.")
        }
        raw = String(decoding: origin, as: UTF8.self)
        self.path = decoded
        query = String(decoding: beforeFragment.dropFirst(path.count + 1), as: UTF8.self)
    }

    /// Path and query; an absolute URL loses its scheme and authority, `*` is for `OPTIONS` only.
    private static func originForm(
        _ bytes: ArraySlice<UInt8>, method: String
    ) throws(HTTPRejection) -> ArraySlice<UInt8> {
        if bytes.first == UInt8(ascii: "/") { return bytes }
        if bytes.elementsEqual("*".utf8), method == "OPTIONS" { return bytes }
        for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
            let authority = bytes.dropFirst(scheme.utf8.count)
            guard let slash = authority.firstIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: "/")] }
            return authority[slash...]
        }
        throw .badRequest("The request target is neither a path nor a URL.")
    }
}

/// How the body of a request is delimited, from its fields (RFC 9112 §6.3).
private enum BodyFraming {
    static func of(_ headers: HTTPHeaders, minorVersion: UInt8) throws(HTTPRejection) -> HTTPRequestHead.Framing {
        let codings = headers.count(of: "transfer-encoding")
        let lengths = headers.count(of: "content-length")
        if codings > 0 {
            guard lengths == 0, minorVersion == 1 else {
                throw .badRequest("A transfer coding stands neither beside a length nor in HTTP/1.0.")
            }
            guard codings == 1, headers["transfer-encoding"]?.lowercased() == "chunked" else { throw .notImplemented }
            return .chunked
        }
        guard let length = headers["content-length"] else { return .none }
        guard lengths == 1, !length.isEmpty, length.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .badRequest("The Content-Length is malformed.")
        }
        guard let count = Int(length) else { throw .bodyTooLarge }
        return count == 0 ? .none : .length(count)
    }
}
