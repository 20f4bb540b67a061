import Clients
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
            let log = try await api.execute("{ auditLog { edges { node { id } } totalCount } }", as: role.person)
            #expect(log.codes == (role == .anonymous ? ["UNAUTHENTICATED"] : []))
            #expect(
                log.ids("auditLog") == (role == .systemAdmin ? (1...3).reversed().map { Key.auditEntry($0).id } : []))
            #expect((log["auditLog.totalCount"] != nil) == (role == .systemAdmin))
        }
    }

    @Test("a table of appellations is shown to those who see its file", arguments: Role.allCases)
    func appellationTable(role: Role) async throws {
        try await role.run { api in
            try await api.services.objects.put(.bytes(Array(",A\nA,I\n".utf8)), at: try ObjectKey("files/1"))
            try await api.sql(
                "update assets set purpose = 'APPELLATION_TABLE', media_type = 'text/csv' where id = \(Key.asset(1).sql)"
            )
            let response = try await api.execute(
                "{ appellationTable(assetId: \"\(Key.asset(1).id)\") { characters } }", as: role.person)
            #expect(response.codes == (role == .anonymous ? ["UNAUTHENTICATED"] : []))
            #expect(response["appellationTable.characters"] == (Role.participants.contains(role) ? ["A"] : nil))
        }
    }

    // MARK: Fields

    /// Whether a field says anything: null, false and an empty list do not.
    private func says(_ value: JSONValue?) -> Bool {
        guard let value else { return false }
        return !value.isNull && value != .bool(false) && value != []
    }

    @Test(
        "every field shows all who see its object the same, or to each role what is declared of it",
        arguments: Role.allCases.filter { $0 != .anonymous })
    func fields(role: Role) async throws {
        try await role.run { api in
            try await invite(.supervisor, api)
            let schema = try await SchemaWalk(api)
            var declared = Set(AccessMatrix.fields.keys)
            for key in FieldCoverageTests.samples {
                let types = schema.fieldTypes(of: key.typeName)
                let selection = types.map { $0.composite == nil ? $0.name : "\($0.name) { __typename }" }
                    .joined(separator: " ")
                let query = "query($id: ID!) { node(id: $id) { ... on \(key.typeName) { \(selection) } } }"
                declared.subtract(types.map { "\(key.typeName).\($0.name)" })
                guard Role.seeing(try #require(TypeAccess.rules[key.typeName])).contains(role) else { continue }
                let own = try await api.execute(query, as: role.person, ["id": .string(key.id)])
                let all = try await api.execute(query, as: .supervisor, ["id": .string(key.id)])
                #expect(own.messages == [], "\(key.typeName)")
                for (name, composite) in types {
                    let field = "\(key.typeName).\(name)"
                    // What has a rule of its own is there for those whom that rule names.
                    if let rule = composite.flatMap({ TypeAccess.rules[$0] }), !Role.seeing(rule).contains(role) {
                        continue
                    }
                    let expected = AccessMatrix.fields[field]?.contains(role) ?? says(all["node.\(name)"])
                    #expect(says(own["node.\(name)"]) == expected, "\(field)")
                }
            }
            #expect(declared == [], "not in the schema")
        }
    }

    // MARK: Invitations

    /// An open invitation of a person into organisation 4, with the token "secret".
    private func invite(_ person: Person, _ api: API) async throws {
        try await api.sql(
            """
            insert into organization_invitations (organization_id, email, hash, expires_at)
            values (\(Key.organization(4).sql), '\(person)@demo.example', sha256('secret'), now() + interval '1 day')
            """)
    }

    @Test(
        "an invitation is for the person whom it names, and leads nobody else anywhere",
        arguments: Role.allCases.filter { $0 != .anonymous })
    func invitation(role: Role) async throws {
        try await role.run { api in
            try await invite(role.person, api)
            func accept(as person: Person) async throws -> Response {
                try await api.execute(
                    """
                    mutation { acceptInvitation(input: { token: "secret" }) {
                      organization { id viewerIsMember } userErrors { field code }
                    } }
                    """, as: person)
            }
            for person in Person.allCases where person != role.person && person != .nobody {
                #expect(
                    try await accept(as: person).problems("acceptInvitation") == ["input.token INVALID"], "\(person)")
            }
            #expect(try await accept(as: .nobody).codes == ["UNAUTHENTICATED"])
            #expect(
                try await accept(as: role.person)["acceptInvitation.organization"]
                    == ["id": .string(Key.organization(4).id), "viewerIsMember": true])
            #expect(try await accept(as: role.person).problems("acceptInvitation") == ["input.token CONFLICT"])
            #expect(
                try await api.number(
                    """
                    select count(*)
                    from organization_members
                    where organization_id = \(Key.organization(4).sql)
                    and user_id = \(try #require(role.person.key).sql)
                    """) == 1)
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
                if call.field == "acceptInvitation" { try await invite(role.person, api) }
                let response = try await run(call.field, call.input, api, as: role)
                #expect(response.messages == [], "\(call.field)")
                let isForm = call.field == "addProjectOrganization"
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
