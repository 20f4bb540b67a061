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
