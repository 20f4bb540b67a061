import GraphQL
import JSON
import Resolvers

/// GraphQL over HTTP: `POST` with a JSON body and `GET` with everything in the URL.
struct GraphQLTransport {
    let service: GraphQLService

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let preferences = ResponsePreferences(accept: request.headers["accept"]) else {
            return service.options.statuses.answer(.notAcceptable, as: .json)
        }
        let signIn = SignInCookies.exchange(request)
        do throws(OperationRefusal) {
            var response = try await answer(request, preferences, signIn)
            service.cookies.set(signIn, on: &response)
            return response
        } catch {
            return service.options.statuses.answer(error, as: preferences.media)
        }
    }

    private func answer(
        _ request: HTTPRequest, _ preferences: ResponsePreferences, _ signIn: SignInExchange
    ) async throws(OperationRefusal) -> HTTPResponse {
        if request.method == "POST" { try Self.checkContent(request.headers["content-type"]) }
        let exchange = OperationExchange(
            service: service, request: request, viewer: try await service.viewer(of: request),
            preferences: preferences, signIn: signIn)
        guard request.method == "POST" else {
            let parameters = try RequestParameters(url: request)
            let response = try await exchange.answer(parameters)
            return parameters.isNamed ? ResponseTag.apply(to: response, for: request) : response
        }
        return try await exchange.answer(body: try RequestParameters.read(request.body))
    }

    /// Throws unless a body of this type is read here.
    static func checkContent(_ field: String?) throws(OperationRefusal) {
        guard let field, MediaType.essence(of: field) == "application/json" else {
            throw OperationRefusal(.contentType, "Send the request as application/json.")
        }
        guard MediaType.parameter("charset", of: field)?.lowercased() ?? "utf-8" == "utf-8" else {
            throw OperationRefusal(.contentType, "Send the request in UTF-8.")
        }
    }
}
