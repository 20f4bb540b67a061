import GraphQL

/// The media type that a client accepts for responses (GraphQL over HTTP, section "Media Types").
enum ResponseMediaType {
    /// `application/graphql-response+json`: status codes say what happened.
    case graphQLResponse
    /// `application/json`, as older clients expect it: well-formed requests are answered with 200.
    case json

    /// Chooses by an `Accept` header (RFC 9110 section 12.5.1).
    ///
    /// The newer type is for those who name it and want it no less than the older. Older clients, which send none or
    /// `*/*`, get `application/json`.
    init(accept: String?) {
        var wishes: [String: Double] = [:]
        for range in (accept ?? "").split(separator: ",") {
            wishes[MediaType.essence(of: String(range))] = MediaType.quality(of: String(range))
        }
        let modern = wishes["application/graphql-response+json"] ?? 0
        self = modern > 0 && modern >= wishes["application/json"] ?? 0 ? .graphQLResponse : .json
    }

    var contentType: String {
        switch self {
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    /// The status of a request that was refused before it ran.
    func status(for error: RequestError) -> Int {
        guard self == .graphQLResponse else { return 200 }
        return switch error.stage {
        case .parsing: 400
        case .validation, .preparation: 422
        }
    }

    func response(_ status: Int, body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": contentType, "Cache-Control": "no-store"],
            body: .bytes(body))
    }

    func response(_ status: Int, _ error: GraphQLError) -> HTTPResponse {
        response(status, body: GraphQLError.requestErrorBody([error]))
    }

    /// Tells why an operation does not run, and when it may.
    func refuse(_ refusal: AdmissionRefusal) -> HTTPResponse {
        var response = response(refusal.status, refusal.error)
        if let seconds = refusal.retryAfterSeconds { response.headers.add("Retry-After", String(seconds)) }
        return response
    }

    /// The answer while the database does not answer.
    func unavailable() -> HTTPResponse {
        var response = response(
            503, GraphQLError("Try again in a moment.", code: GraphQLErrorCode("SERVICE_UNAVAILABLE")))
        response.headers.add("Retry-After", "1")
        return response
    }

    func unauthenticated() -> HTTPResponse {
        var response = response(
            401, GraphQLError("The access token is not valid or has expired.", code: .unauthenticated))
        response.headers.add("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        return response
    }
}

/// Reads media types.
enum MediaType {
    /// The type without its parameters, in lower case: `application/json` of `Application/JSON; charset=utf-8`.
    static func essence(of header: String?) -> String {
        guard let parts = header?.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false) else {
            return ""
        }
        return trimmed(parts[0]).lowercased()
    }

    /// The weight of a media range, from 0 to 1; 1 if it says none, 0 if it says none that can be read.
    static func quality(of range: String) -> Double {
        for parameter in range.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, trimmed(parts[0]).lowercased() == "q" else { continue }
            guard let quality = Double(trimmed(parts[1])), (0...1).contains(quality) else { return 0 }
            return quality
        }
        return 1
    }

    private static func trimmed(_ text: Substring) -> String {
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
