import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// Knowledge that is shared beyond its project: who reads it, what of it, and who may share it.
@Suite("Shared knowledge", .timeLimit(.minutes(15)))
struct KnowledgeTests {
    private static let scopes = ["PROJECT", "ORGANIZATION", "PUBLIC"]
    private static let entry = Key.promotion(1)

    private func share(_ api: API, _ scope: String, _ entry: Key = entry) async throws {
        try await api.sql("update promoted_findings set scope = '\(scope)' where id = \(entry.sql)")
    }

    /// Everything by which the entry could show, and whether it does.
    private func check(_ api: API, as person: Person, isRead: Bool, _ what: String) async throws {
        let response = try await api.execute(
            """
            query($id: ID!) {
              node(id: $id) { id } nodes(ids: [$id]) { id }
              knowledge(first: 100) { edges { node { id } } totalCount }
              search(query: "finding 2", types: [PROMOTED_FINDING]) {
                edges { node { object { ... on PromotedFinding { id } } } } totalCount
              }
            }
            """, as: person, ["id": .string(Self.entry.id)])
        guard person != .nobody else {
            #expect(Set(response.codes) == ["UNAUTHENTICATED"], "\(what)")
            return
        }
        #expect(response.messages == [], "\(what)")
        let seen = isRead ? Self.entry.id : nil
        #expect(response["node.id"]?.string == seen, "\(what)")
        #expect(response["nodes.0.id"]?.string == seen, "\(what)")
        // The stranger has an entry of their own.
        let own = person == .stranger ? [Key.promotion(2).id] : []
        #expect(Set(response.ids("knowledge")) == Set(own + (isRead ? [Self.entry.id] : [])), "\(what)")
        #expect(response["knowledge.totalCount"] == .int(Int64(own.count + (isRead ? 1 : 0))), "\(what)")
        #expect(response["search.totalCount"] == .int(isRead ? 1 : 0), "\(what)")
        #expect(response["search.edges.0.node.object.id"]?.string == seen, "\(what)")
    }

    @Test("each scope has its readers, and nobody else learns of the entry", arguments: Role.allCases)
    func readers(role: Role) async throws {
        try await role.run { api in
            for scope in Self.scopes {
                try await share(api, scope)
                let isRead = Role.participants.contains(role) || (scope == "PUBLIC" && role != .anonymous)
                try await check(api, as: role.person, isRead: isRead, "\(scope) for \(role)")
            }
            // Who works for the owner somewhere else reads what the owner shares.
            try await api.sql(
                "insert into project_members (project_id, user_id) values (\(Key.project(2).sql), \(Key.user(5).sql))")
            for scope in Self.scopes where role == .stranger {
                try await share(api, scope)
                try await check(api, as: .stranger, isRead: scope != "PROJECT", "\(scope) for a partner elsewhere")
            }
            // A deleted project's is read by nobody, until it is there again.
            for scope in Self.scopes {
                try await share(api, scope)
                try await api.sql("update projects set deleted_at = now() where id = \(Key.project(1).sql)")
                try await check(api, as: role.person, isRead: false, "\(scope) of a deleted project for \(role)")
                try await api.sql("update projects set deleted_at = null where id = \(Key.project(1).sql)")
            }
            let isRead = role != .anonymous
            try await check(api, as: role.person, isRead: isRead, "PUBLIC of a restored project for \(role)")
        }
    }

    @Test("readers outside of the project see the entry's words and nothing that they lead to")
    func words() async throws {
        try await API.run { api in
            try await share(api, "PUBLIC")
            // The stranger knows the author from a project of their own.
            try await api.sql(
                "insert into project_members (project_id, user_id) values (\(Key.project(3).sql), \(Key.user(1).sql))")
            let query = """
                query($id: ID!, $author: ID!) {
                  author: node(id: $author) { id }
                  node(id: $id) { ... on PromotedFinding {
                    scope description severity suggestion notes tags rpdTitle startSeconds
                    area { normalized { x } }
                    asset { id } rpdVersion { id } finding { id } project { id } createdBy { id email }
                  } }
                }
                """
            let variables: JSONObject = [
                "id": .string(Self.entry.id), "author": .string(Key.user(1).id),
            ]
            let inside = try await api.execute(query, as: .partner, variables)
            let outside = try await api.execute(query, as: .stranger, variables)
            #expect(inside.messages + outside.messages == [])
            #expect(outside["author.id"] == .string(Key.user(1).id))
            for field in [
                "scope", "description", "severity", "suggestion", "notes", "tags", "rpdTitle", "startSeconds", "area",
            ] {
                #expect(outside["node.\(field)"] == inside["node.\(field)"], "\(field)")
                #expect(outside["node.\(field)"]?.isNull == false, "\(field)")
            }
            for field in ["asset", "rpdVersion", "finding", "project", "createdBy"] {
                #expect(inside["node.\(field)"]?.isNull == false, "\(field)")
                #expect(outside["node.\(field)"] == .null, "\(field)")
            }
            let finding = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on Finding { promotion { id } } } }", as: .stranger,
                ["id": .string(Key.finding(2).id)])
            #expect(finding["node"] == .null)
        }
    }

    @Test("all that somebody reads is one list in order, page by page, whoever shares it")
    func list() async throws {
        try await API.run { api in
            let entries: [(Key, String, Int)] = [
                (.project(1), "PROJECT", 5), (.project(2), "ORGANIZATION", 4), (.project(3), "PUBLIC", 3),
                (.project(3), "ORGANIZATION", 9), (.project(2), "PROJECT", 2), (.project(3), "PROJECT", 8),
                (.project(3), "PUBLIC", 1),
            ]
            for (project, scope, minutes) in entries {
                try await api.sql(PaginationTests.knowledge(of: project, scope, at: minutes))
            }
            func times(_ arguments: String) async throws -> Response {
                try await api.execute(
                    """
                    { knowledge(\(arguments)) {
                      edges { node { createdAt } } totalCount pageInfo { endCursor startCursor hasNextPage }
                    } }
                    """)
            }
            func minutes(_ response: Response) -> [String] {
                (response["knowledge.edges"]?.array ?? []).compactMap { edge in
                    edge["node"]?["createdAt"]?.string.map { String($0.prefix(16).suffix(5)) }
                }
            }
            let all = ["04:11", "00:05", "00:04", "00:03", "00:02", "00:01"]
            #expect(minutes(try await times("first: 100")) == all)
            #expect(minutes(try await times("first: 100, orderBy: { field: CREATED_AT }")) == all.reversed())
            var seen: [String] = []
            var after = ""
            repeat {
                let page = try await times("first: 2\(after)")
                #expect(page["knowledge.totalCount"] == 6)
                seen += minutes(page)
                let cursor = page["knowledge.pageInfo.endCursor"]?.string ?? ""
                after = page["knowledge.pageInfo.hasNextPage"] == true ? ", after: \"\(cursor)\"" : ""
            } while !after.isEmpty
            #expect(seen == all)
            let last = try await times("last: 4")
            #expect(minutes(last) == Array(all.suffix(4)))
            let cursor = last["knowledge.pageInfo.startCursor"]?.string ?? ""
            #expect(minutes(try await times("last: 4, before: \"\(cursor)\"")) == Array(all.prefix(2)))
            #expect(minutes(try await times("filter: { scopes: [PUBLIC] }")) == ["00:03", "00:01"])
        }
    }

    @Test("a search inside a project finds its knowledge, also what is shared, and none of others")
    func searchInProject() async throws {
        try await API.run { api in
            try await share(api, "PUBLIC")
            let query = """
                query($project: ID!) {
                  search(query: "remember", projectId: $project, types: [PROMOTED_FINDING]) {
                    totalCount
                    edges { node { highlights { field fragments { text isMatch } } } }
                  }
                }
                """
            let inside = try await api.execute(query, ["project": .string(Key.project(1).id)])
            #expect(inside["search.totalCount"] == 1)
            #expect(
                inside["search.edges.0.node.highlights"] == [
                    ["field": "NOTES", "fragments": [["text": "Remember", "isMatch": true]]]
                ])
            let other = try await api.execute(query, ["project": .string(Key.project(2).id)])
            #expect(other["search.totalCount"] == 0)
            // The stranger reads the entry, but a project that is not seen has nothing in it.
            let outside = try await api.execute(query, as: .stranger, ["project": .string(Key.project(1).id)])
            #expect(outside["search.totalCount"] == 0)
            #expect(outside["search.edges"] == [])
        }
    }

    // MARK: Who may share

    /// How far each role may share and change what is shared so far; who is not named may not even do so in the project.
    private static let rights: [Role: [String]] = [
        .coopMember: ["PROJECT"], .coopOrganization: ["PROJECT"], .member: ["PROJECT", "ORGANIZATION"],
        .organizationAdmin: scopes,
    ]

    @Test(
        "only who may share so far shares, changes and takes back; who only reads is refused", arguments: Role.allCases)
    func sharing(role: Role) async throws {
        let rights = Self.rights[role] ?? []
        @Sendable func expected(_ allowed: Bool, isRead: Bool) -> [String] {
            allowed ? [] : role == .anonymous ? ["UNAUTHENTICATED"] : isRead ? ["FORBIDDEN"] : ["NOT_FOUND"]
        }
        try await role.run { api in
            func mutate(_ field: String, _ input: String) async throws -> Response {
                try await api.execute(
                    "mutation { \(field)(input: { \(input) }) { userErrors { field code } } }", as: role.person)
            }
            let entry = "promotedFindingId: \"\(Self.entry.id)\""
            for present in Self.scopes {
                let isRead = !rights.isEmpty || present == "PUBLIC"
                for wanted in Self.scopes {
                    try await share(api, present)
                    let changed = try await mutate("updatePromotedFinding", "\(entry), scope: \(wanted)")
                    let allowed = rights.contains(present) && rights.contains(wanted)
                    #expect(changed.codes == expected(allowed, isRead: isRead), "\(present) to \(wanted)")
                    let scope = try await api.sql(
                        "select scope from promoted_findings where id = \(Self.entry.sql)")
                    #expect(scope[0].string(0) == (allowed ? wanted : present))
                }
                try await share(api, present)
                let noted = try await mutate("updatePromotedFinding", "\(entry), notes: \"Mine\"")
                #expect(noted.codes == expected(rights.contains(present), isRead: isRead), "notes of \(present)")
                let isSeen = !rights.isEmpty
                let promoted = try await mutate(
                    "promoteFinding", "findingId: \"\(Key.finding(3).id)\", scope: \(present)")
                #expect(promoted.codes == expected(rights.contains(present), isRead: isSeen), "promoted as \(present)")
                try await api.sql("delete from promoted_findings where finding_id = \(Key.finding(3).sql)")
            }
            for present in Self.scopes.reversed() where !rights.contains(present) {
                try await share(api, present)
                let isRead = !rights.isEmpty || present == "PUBLIC"
                let deleted = try await mutate("deletePromotedFinding", entry)
                #expect(deleted.codes == expected(false, isRead: isRead), "delete \(present)")
                let left = try await api.number(
                    "select count(*) from promoted_findings where id = \(Self.entry.sql)")
                #expect(left == 1, "delete \(present)")
            }
            if let widest = rights.last {
                try await share(api, widest)
                #expect(try await mutate("deletePromotedFinding", entry).codes == [])
            }
        }
    }

    @Test("the audit log tells who shared an entry with whom, and its readers' key is nobody's business")
    func audit() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                mutation { updatePromotedFinding(input: { promotedFindingId: "\(Self.entry.id)", scope: PUBLIC }) {
                  promotion { scope updatedAt createdAt } userErrors { code }
                } }
                """)
            #expect(response.messages == [])
            #expect(response["updatePromotedFinding.promotion.scope"] == "PUBLIC")
            let row = try #require(
                try await api.sql(
                    """
                    select before::text, after::text, created_by
                    from audit_entries
                    where entity_type = 'PROMOTED_FINDING'
                    and action = 'UPDATED'
                    """
                ).first)
            #expect(row.string(0) == #"{"scope": "PROJECT"}"#)
            #expect(row.string(1) == #"{"scope": "PUBLIC"}"#)
            #expect(row.uuid(2) == Key.user(1).uuid)
        }
    }
}
