/// The media type of a response that is one JSON text (GraphQL over HTTP, section "Media Types").
enum ResponseMediaType: Hashable {
    /// `application/graphql-response+json`: status codes say what happened.
    case graphQLResponse
    /// `application/json`, as older clients expect it: well-formed requests are answered with 200.
    case json

    /// The value of `Content-Type`.
    var contentType: String { essence + "; charset=utf-8" }

    var essence: String {
        switch self {
        case .graphQLResponse: "application/graphql-response+json"
        case .json: "application/json"
        }
    }
}

extension HTTPResponse {
    private static let graphQLHeaders = headers(of: .graphQLResponse)
    private static let jsonHeaders = headers(of: .json)

    private static func headers(of media: ResponseMediaType) -> HTTPHeaders {
        ["Content-Type": media.contentType, "Cache-Control": "no-store"]
    }

    /// A GraphQL response, which no cache may keep.
    static func graphQL(_ status: Int, as media: ResponseMediaType, body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: media == .json ? jsonHeaders : graphQLHeaders, body: .bytes(body))
    }
}
