import GraphQL

/// Refuses what a page of a stranger's could make a browser send without asking: a "simple" request of the CORS protocol.
///
/// Such a request has no content type or one of three, and no field of its own. A client that adds any of the named
/// fields proves that it is none, or that its page was let in by a preflight. With this, cookies may sign in.
enum CSRFGuard {
    /// A simple request cannot have these fields; any of them, not empty, is enough.
    static let fields = [
        "apollo-require-preflight", "graphql-require-preflight", "x-apollo-operation-name", "x-graphql-yoga-csrf",
    ]
    private static let simpleTypes: Set<String> = [
        "", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
    ]

    /// The refusal of a request to the API; nil if it may go on.
    ///
    /// Types that no transport reads are left to the transports, which answer 415.
    static func refusal(of request: HTTPRequest) -> HTTPResponse? {
        let type = MediaType.essence(of: request.headers["content-type"])
        switch request.method {
        case "GET", "HEAD": guard simpleTypes.contains(type) else { return nil }
        case "POST": guard type == "multipart/form-data" else { return nil }
        default: return nil
        }
        // A page that knows the token of a stream was given it; a browser's `EventSource` sends no fields.
        if request.path == SharedEvents.path, SharedEvents.token(of: request) != nil { return nil }
        // `Authorization` is no field of a simple request either.
        for field in fields + ["authorization"] {
            if let value = request.headers[field], !value.isEmpty { return nil }
        }
        let message =
            "A page of another site could have made this request. Send one of the header fields "
            + "\(fields.joined(separator: ", ")) with any value, or a content type such as application/json."
        return StatusRules().answer(
            OperationRefusal(.crossSite, message, code: GraphQLErrorCode("CSRF_PREVENTED")),
            as: ResponsePreferences(accept: request.headers["accept"])?.media ?? .json)
    }
}
