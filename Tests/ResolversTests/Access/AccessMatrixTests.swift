import Database
import Foundation
import GraphQL
import JSON
import Schema
import Testing

@testable import Resolvers

/// Every field of the roots and every type of `Node`, found by introspection, as everybody that one can be.
@Suite("The access matrix", .timeLimit(.minutes(15)))
struct AccessMatrixTests {
    private func fields(of type: String, _ api: API) async throws -> Set<String> {
        let response = try await api.execute("{ __type(name: \"\(type)\") { fields { name } } }")
        return Set(response["__type.fields"]?.array?.compactMap { $0["name"]?.string } ?? [])
    }

    @Test("every field of the roots has a declared rule")
    func complete() async throws {
        try await API.run { api in
            let queries = Set(AccessMatrix.byID.keys).union(AccessMatrix.lists.keys).union(AccessMatrix.others)
            let mutations = Set(AccessMatrix.mutations.keys).union(AccessMatrix.otherMutations.keys)
            for (type, declared) in [
                ("Query", queries), ("Mutation", mutations.union(AccessMatrix.signIn)),
                ("Subscription", Set(AccessMatrix.subscriptions.keys)),
            ] {
                let fields = try await fields(of: type, api)
                #expect(fields == declared, "\(type)")
            }
            #expect(Set(MutationTests.targets.map(\.field)) == Set(AccessMatrix.mutations.keys))
        }
    }

    @Test(
        "an object of every type is there for those whom its type's rule names, and for nobody else",
        arguments: Role.allCases)
    func nodes(role: Role) async throws {
        try await role.run { api in
            for key in FieldCoverageTests.samples {
                let rule = try #require(TypeAccess.rules[key.typeName])
                let response = try await api.execute(
                    "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", as: role.person,
                    ["id": .string(key.id)])
                if role == .anonymous {
                    #expect(Set(response.codes) == ["UNAUTHENTICATED"], "\(key.typeName)")
                } else {
                    let isVisible = Role.seeing(rule).contains(role)
                    #expect(response.messages == [], "\(key.typeName)")
                    #expect(response["node.id"] == (isVisible ? .string(key.id) : nil), "\(key.typeName)")
                    #expect(response["nodes"] == (isVisible ? [["id": .string(key.id)]] : [nil]), "\(key.typeName)")
                }
            }
        }
    }

    @Test("every field of the query root shows what its rule says", arguments: Role.allCases)
    func queries(role: Role) async throws {
        try await role.run { api in
            for (field, key) in AccessMatrix.byID {
                let response = try await api.execute("{ \(field)(id: \"\(key.id)\") { id } }", as: role.person)
                let rule = try #require(TypeAccess.rules[key.typeName])
                #expect(response.codes == (role == .anonymous ? ["UNAUTHENTICATED"] : []), "\(field)")
                let isVisible = role != .anonymous && Role.seeing(rule).contains(role)
                #expect((response["\(field).id"] != nil) == isVisible, "\(field)")
            }
            for (field, expected) in AccessMatrix.lists {
                let response = try await api.execute(
                    "{ \(field)(first: 100) { edges { node { id } } totalCount } }", as: role.person)
                guard role != .anonymous else {
                    #expect(response.codes == ["UNAUTHENTICATED"], "\(field)")
                    continue
                }
                let keys = expected[role] ?? []
                #expect(Set(response.ids(field)) == Set(keys.map(\.id)), "\(field)")
                #expect(response["\(field).totalCount"] == .int(Int64(keys.count)), "\(field)")
            }
            let viewer = try await api.execute("{ viewer { id } }", as: role.person)
            #expect(viewer["viewer.id"] == role.person.key.map { .string($0.id) })
        }
    }

    @Test(
        "no field of any object leads to what the role may not see itself",
        arguments: Role.allCases.filter { $0 != .anonymous })
    func reachable(role: Role) async throws {
        try await role.run { api in
            let schema = try await SchemaWalk(api)
            let pattern = /[A-Z][A-Za-z]+_[0-9a-f]{32}/
            for key in FieldCoverageTests.samples {
                var reached: Set<String> = []
                let selection = schema.selection(of: key.typeName, depth: 1, reached: &reached)
                let response = try await api.execute(
                    "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(selection) } } }", as: role.person,
                    ["id": .string(key.id)])
                #expect(response.messages == [], "\(key.typeName)")
                let ids = Set(response.text.matches(of: pattern).map { String($0.output) }).sorted()
                for start in stride(from: 0, to: ids.count, by: 100) {
                    let some = Array(ids[start..<min(start + 100, ids.count)])
                    let seen = try await api.execute(
                        "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", as: role.person,
                        ["ids": .array(some.map { .string($0) })])
                    let nodes = seen["nodes"]?.array ?? []
                    #expect(zip(some, nodes).filter { $1.isNull }.map(\.0) == [], "\(key.typeName)")
                }
            }
        }
    }

    // MARK: Mutations

    private func run(_ field: String, _ input: JSONObject, _ api: API, as role: Role) async throws -> Response {
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            "mutation($input: \(type)!) { \(field)(input: $input) { userErrors { field code } } }", as: role.person,
            ["input": .object(input)])
    }

    /// All mutations with their inputs and audiences.
    private static var calls: [(field: String, input: JSONObject, audience: Audience)] {
        let onObjects = MutationTests.targets.compactMap { target in
            AccessMatrix.mutations[target.field].map { audience in
                var input = target.rest
                input[target.argument] = .string(target.visible.id)
                return (target.field, input, audience)
            }
        }
        return onObjects + AccessMatrix.otherMutations.map { ($0, $1.1, $1.0) }
    }

    @Test("who may not do something is told so or learns nothing, and nothing changes", arguments: Role.allCases)
    func refused(role: Role) async throws {
        try await role.run { api in
            let state = """
                select (select string_agg(t::text, '' order by id) from tasks as t)
                    || (select string_agg(p::text, '' order by id) from projects as p)
                    || (select string_agg(m::text, '' order by m::text) from organization_members as m)
                    || (select count(*) from events) || (select count(*) from audit_entries)
                """
            let before = try await api.sql(state)[0].string(0)
            for call in Self.calls {
                guard let code = call.audience.code(for: role) else { continue }
                let response = try await run(call.field, call.input, api, as: role)
                #expect(response.codes == [code], "\(call.field)")
                #expect(response.data == .null, "\(call.field)")
            }
            let after = try await api.sql(state)[0].string(0)
            #expect(after == before)
        }
    }

    @Test("who may do something can", arguments: Role.allCases.filter { $0 != .anonymous })
    func allowed(role: Role) async throws {
        for call in Self.calls where call.audience.code(for: role) == nil {
            // Each in a world of its own: most of them change what the others need.
            try await role.run { api in
                let response = try await run(call.field, call.input, api, as: role)
                #expect(response.messages == [], "\(call.field)")
                let isForm = ["acceptInvitation", "addProjectOrganization"].contains(call.field)
                if !isForm { #expect(response.problems(call.field) == [], "\(call.field)") }
            }
        }
    }

    // MARK: Subscriptions

    @Test("every subscription begins for those who see what it is about, and for nobody else", arguments: Role.allCases)
    func subscriptions(role: Role) async throws {
        try await role.run { api in
            for (field, about) in AccessMatrix.subscriptions {
                let arguments = about.map { "(\($0.argument): \"\($0.key.id)\")" } ?? ""
                let query = "subscription { \(field)\(arguments) { eventId } }"
                let rule = about.flatMap { TypeAccess.rules[$0.key.typeName] } ?? .public
                if role != .anonymous, Role.seeing(rule).contains(role) {
                    try await Watch(api, query, id: "", as: role.person).cancel()
                } else {
                    let error = await #expect(throws: RequestError.self) {
                        try await Watch(api, query, id: "", as: role.person)
                    }
                    let code: GraphQLErrorCode = role == .anonymous ? .unauthenticated : .notFound
                    #expect(error?.errors.map(\.code) == [code], "\(field)")
                }
            }
        }
    }
}
