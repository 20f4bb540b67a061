import GraphQL
import JSON

/// GraphQL over HTTP: `POST` with a JSON body or a form with files, and `GET` with everything in the URL.
///
/// The answer is one JSON text, server-sent events or parts, as the client accepts and the operation needs.
struct GraphQLTransport {
    let service: GraphQLService

    /// What becomes of the body of a `POST`: JSON is collected, files are streamed to disk.
    func route(_ request: HTTPRequest, maximumBytes: Int) -> RequestDisposition {
        guard let type = request.headers["content-type"], MediaType.essence(of: type) == "multipart/form-data" else {
            return .buffer(maximumBytes: maximumBytes)
        }
        // The files are gone with the answer, so it is one JSON text.
        guard let preferences = ResponsePreferences(accept: request.headers["accept"])?.asText else {
            return .respond(service.options.statuses.answer(.notAcceptable, as: .json))
        }
        do {
            return .stream(
                try MultipartSink(service: service, request: request, preferences: preferences, contentType: type))
        } catch {
            return .respond(service.options.statuses.answer(error, as: preferences.media))
        }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let preferences = ResponsePreferences(accept: request.headers["accept"]) else {
            return service.options.statuses.answer(.notAcceptable, as: .json)
        }
        do throws(OperationRefusal) {
            if request.method == "POST" { try Self.checkContent(request.headers["content-type"]) }
            let exchange = OperationExchange(
                service: service, request: request, viewer: try await service.viewer(of: request),
                preferences: preferences)
            guard request.method == "POST" else { return try await answer(urlOf: request, exchange) }
            return try await exchange.answer(body: try RequestParameters.read(request.body))
        } catch {
            return service.options.statuses.answer(error, as: preferences.media)
        }
    }

    private func answer(
        urlOf request: HTTPRequest, _ exchange: OperationExchange
    ) async throws(OperationRefusal) -> HTTPResponse {
        let parameters = try RequestParameters(url: request)
        let response = try await exchange.answer(parameters)
        return parameters.isNamed ? ResponseTag.apply(to: response, for: request) : response
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
