import Hashing

/// The tag of an answer to a `GET` of a named document, whose URL is short and says all (RFC 9110 §8.8.3 and §13.1.2).
enum ResponseTag {
    /// The answer with its tag, or 304 if the client has it.
    ///
    /// What it says depends on who asks and changes at any time: a client may keep it, and asks whether it still holds.
    static func apply(to response: HTTPResponse, for request: HTTPRequest) -> HTTPResponse {
        guard response.status == 200, case .bytes(let body) = response.body,
            !body.starts(with: #"{"errors""#.utf8)
        else { return response }
        // Weak, because the same answer also travels compressed.
        let tag = "W/\"\(Hex.encode(SHA256.hash(body).prefix(16)))\""
        var response = response
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["ETag"] = tag
        response.headers["Vary"] = "Accept, Authorization, Cookie"
        guard matches(request.headers.values("if-none-match"), tag) else { return response }
        response.status = 304
        response.headers.remove("Content-Type")
        response.body = .empty
        return response
    }

    /// The weak comparison.
    private static func matches(_ fields: [String], _ tag: String) -> Bool {
        let strong = String(tag.dropFirst(2))
        return fields.flatMap { $0.split(separator: ",") }.contains { candidate in
            let candidate = candidate.filter { $0 != " " }
            return candidate == "*" || candidate == tag || candidate == strong
        }
    }
}
