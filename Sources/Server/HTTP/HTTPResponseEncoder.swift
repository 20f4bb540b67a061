/// Writes the head of an answer.
enum HTTPResponseEncoder {
    /// A head, to which a small body may be appended.
    ///
    /// `length` is what `Content-Length` says; nil leaves the field out (204, 304 and 1xx have none).
    static func head(
        status: Int, headers: HTTPHeaders, length: Int?, keepsAlive: Bool, isOldClient: Bool, date: [UInt8],
        reserving extra: Int
    ) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(headers.bytes.count + 160 + extra)
        head.append(contentsOf: "HTTP/1.1 ".utf8)
        append(status, to: &head)
        head.append(0x20)
        head.append(contentsOf: reason(status).utf8)
        head.append(contentsOf: "\r\nDate: ".utf8)
        head.append(contentsOf: date)
        head.append(contentsOf: "\r\n".utf8)
        head.append(contentsOf: headers.bytes)
        if let length {
            head.append(contentsOf: "Content-Length: ".utf8)
            append(length, to: &head)
            head.append(contentsOf: "\r\n".utf8)
        }
        if !keepsAlive {
            head.append(contentsOf: "Connection: close\r\n".utf8)
        } else if isOldClient {
            head.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
        head.append(contentsOf: "\r\n".utf8)
        return head
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// The registered reason phrase; empty for codes that have none here.
    static func reason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 294: "Partial Success"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
