import GraphQL
import Resolvers

/// `POST` with a JSON body: GraphQL over HTTP, for queries and mutations.
struct POSTTransport {
    let service: GraphQLService

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let media = ResponseMediaType(accept: request.headers["accept"])
        guard MediaType.essence(of: request.headers["content-type"]) == "application/json" else {
            return media.response(
                415, GraphQLError("Send the request as application/json.", code: .badRequest))
        }
        let viewer: Viewer
        switch await service.authenticate(Authenticator.Credentials(request)) {
        case .accepted(let accepted): viewer = accepted
        case .refused: return media.unauthenticated()
        case .unavailable: return media.unavailable()
        }
        let parameters: GraphQLRequest
        do {
            parameters = try GraphQLRequest(json: request.body)
        } catch {
            return media.response(error.isMalformed || media == .json ? 400 : 422, error.graphQLError)
        }
        let exchange = SignInCookies.exchange(request)
        var response = await run(parameters, viewer, exchange, request, media)
        service.cookies.set(exchange, on: &response)
        return response
    }

    private func run(
        _ parameters: GraphQLRequest, _ viewer: Viewer, _ exchange: SignInExchange, _ request: HTTPRequest,
        _ media: ResponseMediaType
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
        do {
            try service.admit(prepared, for: viewer, from: request.remoteAddress)
        } catch {
            return media.refuse(error)
        }
        let result = await service.engine.execute(
            prepared, in: service.context(for: viewer, exchange: exchange, requestID: request.id))
        return media.response(200, body: result.body)
    }
}
