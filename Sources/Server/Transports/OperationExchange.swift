import GraphQL
import JSON
import Resolvers

/// One HTTP request's way from parameters to an answer: who asks is known, and how to answer.
struct OperationExchange {
    let service: GraphQLService
    let request: HTTPRequest
    let viewer: Viewer
    let preferences: ResponsePreferences
    /// Files that came with the request.
    var uploads: [UploadedFile] = []

    private var media: ResponseMediaType { preferences.media }
    private var statuses: StatusRules { service.options.statuses }

    /// Runs one operation.
    func answer(_ parameters: RequestParameters) async throws(OperationRefusal) -> HTTPResponse {
        let events = DistinctEvents(service: service, request: request, viewer: viewer)
        let prepared: PreparedRequest
        do {
            prepared = try service.prepare(parameters)
        } catch {
            guard preferences.prefersEvents, error.reason.isAboutDocument else { throw error }
            return events.refuse(error)
        }
        if prepared.kind == .mutation, request.method != "POST" { throw .mutationByURL }
        if preferences.prefersEvents || prepared.kind == .subscription && preferences.acceptsEvents {
            try service.admit(prepared, for: viewer, from: request.remoteAddress)
            return events.run(prepared)
        }
        if let format = preferences.incremental, prepared.isIncremental || !preferences.acceptsText {
            guard prepared.kind != .subscription else { throw .subscription }
            try service.admit(prepared, for: viewer, from: request.remoteAddress)
            return IncrementalDelivery(service: service, format: format)
                .run(prepared, for: viewer, requestID: request.id)
        }
        let signIn = SignInCookies.exchange(request)
        var response = statuses.answer(try await run(prepared, signIn, requestID: request.id), as: media)
        service.cookies.set(signIn, on: &response)
        return response
    }

    /// Runs what a JSON body asks for: one request, or several if they are an array.
    func answer(body: JSONValue) async throws(OperationRefusal) -> HTTPResponse {
        if case .array(let batch) = body { return try await answer(batch: batch) }
        return try await answer(try RequestParameters(body))
    }

    /// Runs the requests of an array one after the other, so that a later mutation sees an earlier one; the answers
    /// are an array in the same order, with status 200.
    private func answer(batch: [JSONValue]) async throws(OperationRefusal) -> HTTPResponse {
        let maximum = service.options.maximumBatch
        guard maximum > 0 else { throw OperationRefusal(.notARequest, "Batches are not taken here.") }
        guard (1...maximum).contains(batch.count) else {
            throw OperationRefusal(.notARequest, "A batch has 1 to \(maximum) requests.")
        }
        var requests: [RequestParameters] = []
        for value in batch { requests.append(try RequestParameters(value)) }
        let signIn = SignInCookies.exchange(request)
        var answers = JSONWriter(capacity: 4096)
        for (index, parameters) in requests.enumerated() {
            answers.writeRaw(index == 0 ? "[" : ",")
            answers.writeRaw(await body(parameters, signIn, requestID: "\(request.id)/\(index)"))
        }
        answers.writeRaw("]")
        var response = HTTPResponse.graphQL(200, as: media, body: answers.finish())
        service.cookies.set(signIn, on: &response)
        return response
    }

    private func body(
        _ parameters: RequestParameters, _ signIn: SignInExchange, requestID: String
    ) async -> [UInt8] {
        do throws(OperationRefusal) {
            return try await run(try service.prepare(parameters), signIn, requestID: requestID).body
        } catch {
            return error.body
        }
    }

    private func run(
        _ prepared: PreparedRequest, _ signIn: SignInExchange, requestID: String
    ) async throws(OperationRefusal) -> ExecutionResult {
        guard prepared.kind != .subscription else { throw .subscription }
        try service.admit(prepared, for: viewer, from: request.remoteAddress)
        return await service.execute(
            prepared, for: viewer, exchange: signIn, uploads: uploads, requestID: requestID)
    }
}
