import JSON
import Testing

@testable import Resolvers

/// Two people look at one thing and both change it: the second hears of the first, for every mutation that can be told
/// what was seen.
@Suite("Changes at once", .timeLimit(.minutes(15)))
struct ConflictTests {
    /// A mutation that takes `expectedUpdatedAt`, and the field of its answer that has `updatedAt`.
    private struct Change {
        let target: MutationTests.Target
        let changed: String
        let type: String
    }

    @Test("of two changes that were made looking at the same state the second is refused, with the present state")
    func everyChange() async throws {
        try await API.run { api in
            let changes = try await Self.changes(api)
            #expect(changes.count > 18)
            for change in changes {
                let stamp = try await Self.node(change, api)
                let first = try await Self.call(change, expecting: stamp, api)
                #expect(first.messages == [] && first.problems("change") == [], "\(change.target.field)")
                let present = try await Self.node(change, api)
                #expect(present != stamp, "\(change.target.field) leaves no mark")
                let second = try await Self.call(change, expecting: stamp, api)
                #expect(second.problems("change") == ["input.expectedUpdatedAt CONFLICT"], "\(change.target.field)")
                #expect(second["change.\(change.changed).updatedAt"]?.string == present, "\(change.target.field)")
                #expect(try await Self.node(change, api) == present, "\(change.target.field) changed something")
                let third = try await Self.call(change, expecting: present, api)
                #expect(third.messages == [] && third.problems("change") == [], "\(change.target.field)")
            }
        }
    }

    @Test("of thirty-two people who change what they saw alike one wins, and the others are told what it is now")
    func manyHands() async throws {
        try await API.run { api in
            for change in try await Self.changes(api) {
                let audience = try #require(AccessMatrix.mutations[change.target.field])
                // An organisation's admin and its other people, partners and companies: all who may.
                let people = Role.participants.intersection(audience.allowed).map(\.person)
                let stamp = try await Self.node(change, api)
                let responses = try await withThrowingTaskGroup(of: Response.self) { group in
                    for client in 0..<32 {
                        let person = people[client % people.count]
                        group.addTask { try await Self.call(change, expecting: stamp, as: person, api) }
                    }
                    return try await group.reduce(into: [Response]()) { $0.append($1) }
                }
                let present = try await Self.node(change, api)
                let refused = responses.filter {
                    $0.problems("change") == ["input.expectedUpdatedAt CONFLICT"]
                        && $0["change.\(change.changed).updatedAt"]?.string == present
                }
                #expect(responses.allSatisfy { $0.messages == [] }, "\(change.target.field)")
                #expect(responses.count { $0.problems("change") == [] } == 1, "\(change.target.field)")
                #expect(refused.count == 31, "\(change.target.field)")
            }
        }
    }

    @Test("what is not asked to be checked is changed, whatever the state is")
    func unchecked() async throws {
        try await API.run { api in
            for change in try await Self.changes(api) {
                for _ in 1...2 {
                    let response = try await Self.call(change, expecting: nil, api)
                    #expect(response.messages == [] && response.problems("change") == [], "\(change.target.field)")
                }
            }
        }
    }

    @Test("who makes room for another status has not changed it")
    func places() async throws {
        try await API.run { api in
            func moment() async throws -> JSONValue? {
                let status = Key.status(11).id
                return try await api.execute("{ node(id: \"\(status)\") { ... on TaskStatus { updatedAt } } }")[
                    "node.updatedAt"]
            }
            let before = try await moment()
            let moved = try await api.execute(
                """
                mutation {
                  updateTaskStatus(input: { taskStatusId: "\(Key.status(12).id)", position: 1 }) {
                    taskStatus { position } userErrors { code }
                  }
                }
                """)
            #expect(moved["updateTaskStatus.taskStatus.position"] == 1)
            #expect(try await moment() == before)
        }
    }

    /// All of them, by introspection.
    private static func changes(_ api: API) async throws -> [Change] {
        let type = "name ofType { name }"
        let response = try await api.execute(
            """
            { __schema { mutationType { fields {
              name args { type { ofType { inputFields { name } } } } type { ofType { fields { name type { \(type) } } } }
            } } } }
            """)
        #expect(response.messages == [])
        let dated = try await api.execute("{ __schema { types { name fields { name } } } }")
        let types = Set(
            (dated["__schema.types"]?.array ?? []).filter { type in
                type["fields"]?.array?.contains { $0["name"]?.string == "updatedAt" } == true
            }.compactMap { $0["name"]?.string })
        return try (response["__schema.mutationType.fields"]?.array ?? []).compactMap { field in
            let inputs = field["args"]?[0]?["type"]?["ofType"]?["inputFields"]?.array ?? []
            guard inputs.contains(where: { $0["name"]?.string == "expectedUpdatedAt" }) else { return nil }
            let name = field["name"]?.string ?? ""
            func typeName(_ field: JSONValue) -> String {
                field["type"]?["name"]?.string ?? field["type"]?["ofType"]?["name"]?.string ?? ""
            }
            let changed = field["type"]?["ofType"]?["fields"]?.array?.first { types.contains(typeName($0)) }
            return Change(
                target: try #require(MutationTests.targets.first { $0.field == name }, "\(name) has no target"),
                changed: try #require(changed?["name"]?.string, "\(name) gives nothing that has a state"),
                type: typeName(try #require(changed)))
        }
    }

    /// The `updatedAt` of what the mutation changes.
    private static func node(_ change: Change, _ api: API) async throws -> String {
        let id = change.target.visible.id
        let response = try await api.execute("{ node(id: \"\(id)\") { ... on \(change.type) { updatedAt } } }")
        return try #require(response["node.updatedAt"]?.string, "\(change.target.field)")
    }

    private static func call(
        _ change: Change, expecting stamp: String?, as person: Person = .supervisor, _ api: API
    ) async throws -> Response {
        let field = change.target.field
        var input = change.target.rest
        input[change.target.argument] = .string(change.target.visible.id)
        if let stamp { input["expectedUpdatedAt"] = .string(stamp) }
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            """
            mutation($input: \(type)!) {
              change: \(field)(input: $input) { \(change.changed) { updatedAt } userErrors { field code } }
            }
            """, as: person, JSONObject([("input", .object(input))]))
    }
}
