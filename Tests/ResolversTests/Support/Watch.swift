import GraphQL
import JSON
import Testing

/// A subscription, event by event.
final class Watch: @unchecked Sendable {  // Reason: confined to the loop of its test.
    private let api: API
    private let person: Person
    private var responses: ResponseStream?
    let isLiveOnly: Bool

    init(_ api: API, _ query: String, id: String, after: String? = nil, as person: Person = .supervisor)
        async throws
    {
        self.api = api
        self.person = person
        var variables: JSONObject = ["id": .string(id)]
        if let after { variables["after"] = .string(after) }
        let prepared = try api.engine.prepare(GraphQLRequest(query, variables: variables))
        let stream = try await api.engine.subscribe(prepared, in: api.context(of: person))
        responses = stream
        isLiveOnly = stream.isLiveOnly
    }

    convenience init(
        _ api: API, _ query: String, _ key: Key, after: String? = nil, as person: Person = .supervisor
    ) async throws {
        try await self.init(api, query, id: key.id, after: after, as: person)
    }

    /// The data of the next event; nil at the end.
    func next() async throws -> JSONValue? {
        guard let result = try await responses?.next(in: { api.context(of: person) }) else { return nil }
        let response = try Response(result.body)
        #expect(response.messages == [])
        return response.data
    }

    /// Everything up to the end.
    func rest() async throws -> [JSONValue] {
        var events: [JSONValue] = []
        while let event = try await next() { events.append(event) }
        responses = nil
        return events
    }

    /// Gives the stream up.
    func cancel() { responses = nil }
}
