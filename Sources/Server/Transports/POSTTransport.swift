import GraphQL

/// `POST` with a JSON body: GraphQL over HTTP, for queries and mutations.
struct POSTTransport {
    let service: GraphQLService

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let media = ResponseMediaType(accept: request.headers["accept"])
        guard MediaType.essence(of: request.headers["content-type"]) == "application/json" else {
            return media.response(
                415, GraphQLError("Send the request as application/json.", code: .badRequest))
        }
        guard case .accepted(let viewer) = await service.authenticate(request.headers["authorization"]) else {
            return media.unauthenticated()
        }
        let parameters: GraphQLRequest
        do {
            parameters = try GraphQLRequest(json: request.body)
        } catch {
            return media.response(error.isMalformed || media == .json ? 400 : 422, error.graphQLError)
        }
        return await run(parameters, viewer, request.id, media)
    }

    private func run(
        _ parameters: GraphQLRequest, _ viewer: Viewer, _ requestID: String, _ media: ResponseMediaType
    ) async -> HTTPResponse {
        let prepared: PreparedRequest
        do {
            prepared = try service.engine.prepare(parameters)
        } catch {
            return media.response(media.status(for: error), body: error.body)
        }
        guard prepared.kind != .subscription else {
            return media.response(
                400,
                GraphQLError(
                    "Subscriptions are served over WebSocket (graphql-transport-ws), not over HTTP POST.",
                    code: .operationResolutionFailure))
        }
        let result = await service.engine.execute(
            prepared, in: service.context(for: viewer, requestID: requestID))
        return media.response(200, body: result.body)
    }
}

/// The media type that a client accepts for responses (GraphQL over HTTP, section "Media Types").
enum ResponseMediaType {
    /// `application/graphql-response+json`: status codes say what happened.
    case graphQLResponse
    /// `application/json`, as older clients expect it: well-formed requests are answered with 200.
    case json

    /// Chooses by an `Accept` header; older clients, which send none or `*/*`, get `application/json`.
    init(accept: String?) {
        let isWanted = (accept ?? "").split(separator: ",")
            .contains { MediaType.essence(of: String($0)) == "application/graphql-response+json" }
        self = isWanted ? .graphQLResponse : .json
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
        guard let type = header?.split(separator: ";", maxSplits: 1).first else { return "" }
        return String(type.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).lowercased()
    }
}
