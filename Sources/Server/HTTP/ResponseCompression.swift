import EventLoop

/// Compresses answers for clients that take gzip (RFC 9110 §8.4.1.3 and §12.5.3).
enum ResponseCompression {
    /// What fits into one packet gains nothing.
    static let minimumBytes = 1_400
    /// More is compressed off the loop: at some 50 MB/s this is a millisecond.
    private static let blockingBytes = 65_536

    /// The answer, compressed if its body is large enough, of a kind that shrinks, and the client prefers it so.
    static func apply(to response: HTTPResponse, for request: HTTPRequest) async -> HTTPResponse {
        guard case .bytes(let body) = response.body, body.count >= minimumBytes,
            isCompressible(response.headers["content-type"]), !response.headers.contains("content-encoding")
        else { return response }
        var response = response
        response.headers.add("Vary", "Accept-Encoding")
        guard accepts(request.headers["accept-encoding"]), let compressed = await compress(body) else {
            return response
        }
        response.headers.add("Content-Encoding", "gzip")
        response.body = .bytes(compressed)
        return response
    }

    /// Whether a field wants gzip no less than plain bytes.
    static func accepts(_ field: String?) -> Bool {
        guard let field else { return false }
        let codings = MediaRange.list(field)
        func quality(_ coding: String) -> Double? { codings.first { $0.essence == coding }?.quality }
        let gzip = quality("gzip") ?? quality("x-gzip") ?? quality("*") ?? 0
        return gzip > 0 && gzip >= quality("identity") ?? 0
    }

    private static func isCompressible(_ contentType: String?) -> Bool {
        let essence = MediaType.essence(of: contentType)
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence == "image/svg+xml"
    }

    private static func compress(_ bytes: [UInt8]) async -> [UInt8]? {
        guard bytes.count > blockingBytes else { return Gzip.compress(bytes) }
        // It fails only when the client has left.
        return try? await BlockingPool.shared.run("gzip") { Gzip.compress(bytes) }
    }
}
