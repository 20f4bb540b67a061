import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Who sees what", .timeLimit(.minutes(15)))
struct AccessTests {
    /// An object and the people who may see it.
    struct Rule: Sendable {
        let key: Key
        let visibleTo: Set<Person>
    }

    static let project1: Set<Person> = [.supervisor, .owner, .partner, .studio]
    static let project2: Set<Person> = [.supervisor, .owner]
    /// People and organisations are seen by system admins, too.
    static let organization1 = project1.union([.admin])

    /// What is one person's.
    private static let personal: [Rule] =
        [Key.notification(1), .generated(1), .like(1)].map { Rule(key: $0, visibleTo: [.supervisor]) }
        + [Key.notification(3), .generated(3), .like(3)].map { Rule(key: $0, visibleTo: [.stranger]) }

    /// What lies in projects.
    private static let ofProjects: [Rule] =
        [
            Key.project(1), .rpd(1), .version(1), .asset(1), .asset(7), .task(1), .subtask(1), .content(1),
            .decision(1), .annotation(1),
            .review(1), .outcome(11), .finding(1), .export(1), .cooperation(1), .tag(1),
            .revision(1), .promotion(1), .character(1), .item(1), .reviewSet(1), .ip(1), .ip(2), .document(1), .page(1),
            .batchJob(1), .batchItem(1), .import(1), .importItem(1), .analysis(1), .documentPicture(1), .scene(1),
            .activity(3), .rpdTest(1), .rpdTest(2),
        ].map { Rule(key: $0, visibleTo: project1) }
        + [Key.project(2), .rpd(7), .version(7), .task(4)].map { Rule(key: $0, visibleTo: project2) }
        + [
            Key.project(3), .rpd(8), .version(8), .asset(9), .task(5), .subtask(7), .content(7), .decision(3),
            .annotation(4),
            .review(7),
            .outcome(71), .finding(6), .tag(3), .revision(2), .promotion(2),
            .character(3), .item(3), .reviewSet(3), .ip(3), .document(3), .page(3), .batchJob(3), .batchItem(4),
            .import(3), .importItem(4), .analysis(3), .documentPicture(3), .scene(3), .rpdTest(3),
        ].map { Rule(key: $0, visibleTo: [.stranger]) }

    static let rules: [Rule] =
        personal + ofProjects
        + [Key.organization(1), .status(11), .priority(12)].map { Rule(key: $0, visibleTo: organization1) }
        + [Key.organization(2), .status(21), .priority(21)].map { Rule(key: $0, visibleTo: [.studio, .admin]) }
        + [Key.organization(3), .status(31), .priority(31)].map { Rule(key: $0, visibleTo: [.stranger, .admin]) }
        + (1...4).map { Rule(key: .user($0), visibleTo: organization1) }
        + [Rule(key: .user(5), visibleTo: [.stranger, .admin]), Rule(key: .user(6), visibleTo: [.admin])]
        + [Key.invitation(1), .auditEntry(1)].map { Rule(key: $0, visibleTo: [.supervisor, .admin]) }
        + [Key.invitation(2), .auditEntry(2)].map { Rule(key: $0, visibleTo: [.stranger, .admin]) }

    /// The root field that finds one object of the type by its identifier, if there is one.
    static let rootFields = [
        "Project": "project", "Organization": "organization", "ReviewPointDefinition": "rpd", "Task": "task",
        "Subtask": "subtask",
        "Review": "review", "Export": "export", "Asset": "asset",
    ]

    @Test("an object is there for those who may see it, and null without an error for others")
    func single() async throws {
        try await API.run { api in
            for rule in Self.rules {
                for person in Person.allCases where person != .nobody {
                    let field = Self.rootFields[rule.key.typeName].map { "own: \($0)(id: $id) { id }" } ?? ""
                    let response = try await api.execute(
                        "query($id: ID!) { node(id: $id) { id __typename } nodes(ids: [$id, $id]) { id } \(field) }",
                        as: person, ["id": .string(rule.key.id)])
                    let isVisible = rule.visibleTo.contains(person)
                    let expected: JSONValue = isVisible ? .string(rule.key.id) : .null
                    let what = "\(rule.key.typeName) \(rule.key.number) for \(person)"
                    #expect(response.messages == [], "\(what)")
                    #expect(response["node.id"] ?? .null == expected, "\(what)")
                    #expect(response["nodes.0.id"] ?? .null == expected, "\(what)")
                    #expect(response["nodes.1.id"] ?? .null == expected, "\(what)")
                    if !field.isEmpty { #expect(response["own.id"] ?? .null == expected, "\(what)") }
                }
            }
        }
    }

    @Test("nothing that a person may not see is in any list of the root")
    func lists() async throws {
        try await API.run { api in
            let expected: [Person: ([Int], [Int])] = [
                .supervisor: ([2, 1], [1]), .owner: ([2, 1], [1]), .partner: ([1], [1]), .studio: ([1], [1, 2]),
                .stranger: ([3], [3]), .admin: ([], [1, 2, 3]),
            ]
            for (person, (projects, organizations)) in expected {
                let response = try await api.execute(
                    """
                    { projects { totalCount edges { node { id } } } organizations { totalCount edges { node { id } } } }
                    """, as: person)
                #expect(response.ids("projects") == projects.map { Key.project($0).id }, "\(person)")
                #expect(response["projects.totalCount"] == .int(Int64(projects.count)))
                #expect(response.ids("organizations") == organizations.map { Key.organization($0).id }, "\(person)")
                #expect(response["organizations.totalCount"] == .int(Int64(organizations.count)))
            }
        }
    }

    @Test("who is not signed in is nobody, and told so")
    func nobody() async throws {
        try await API.run { api in
            #expect(try await api.execute("{ viewer { id } }", as: .nobody)["viewer"] == .null)
            for field in [
                "projects { totalCount }", "organizations { totalCount }", "node(id: \"x\") { id }",
                "node(id: \"\(Key.project(1).id)\") { id }", "nodes(ids: []) { id }",
                "project(id: \"\(Key.project(1).id)\") { id }", "task(id: \"nonsense\") { id }",
            ] {
                let response = try await api.execute("{ \(field) }", as: .nobody)
                #expect(response.codes == ["UNAUTHENTICATED"], "\(field)")
                #expect(!response.text.contains("Project 1"))
            }
            #expect(api.log.entries.isEmpty)
        }
    }

    @Test("a token of a person who is gone sees nothing")
    func goneViewer() async throws {
        try await API.run { api in
            try await api.sql("delete from project_members where user_id = \(Key.user(3).sql)")
            try await api.sql("delete from users where id = \(Key.user(3).sql)")
            let response = try await api.execute("{ viewer { id } projects { totalCount } }", as: .partner)
            #expect(response["viewer"] == .null)
            #expect(response["projects.totalCount"] == 0)
        }
    }

    @Test(
        "who was removed a moment ago sees nothing any more",
        arguments: [
            (Person.partner, "delete from project_members where user_id = \(Key.user(3).sql)"),
            (.studio, "delete from project_organizations where organization_id = \(Key.organization(2).sql)"),
            (.partner, "update projects set deleted_at = now() where id = \(Key.project(1).sql)"),
            (.studio, "delete from organization_members where user_id = \(Key.user(4).sql)"),
            (.owner, "delete from organization_members where user_id = \(Key.user(2).sql)"),
        ])
    func removed(person: Person, sql: String) async throws {
        try await API.run { api in
            let keys = Self.rules.filter {
                [Self.project1, Self.organization1].contains($0.visibleTo) && $0.key.typeName != "User"
            }.map(\.key)
            let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } projects { totalCount } }"
            let variables: [(String, JSONValue)] = [("ids", .array(keys.map { .string($0.id) }))]
            let before = try await api.execute(query, as: person, JSONObject(variables))
            #expect(before["nodes"]?.array?.contains(.null) == false)
            try await api.sql(sql)
            let after = try await api.execute(query, as: person, JSONObject(variables))
            #expect(after["nodes"]?.array?.allSatisfy(\.isNull) == true)
            #expect(after["projects.totalCount"] == 0)
            #expect(after.messages == [])
        }
    }

    @Test("an organisation's members are for its members; others get null, not an empty list")
    func members() async throws {
        try await API.run { api in
            for person in [Person.supervisor, .owner, .partner, .studio] {
                let response = try await api.execute(
                    "{ organizations { edges { node { id members { edges { node { name } } totalCount } } } } }",
                    as: person)
                #expect(response.messages == [])
                for edge in response["organizations.edges"]?.array ?? [] {
                    let node = edge["node"]
                    let isOwn =
                        node?["id"]?.string == Key.organization(person == .studio ? 2 : 1).id && person != .partner
                    #expect(node?["members"]?.isNull == !isOwn, "\(person)")
                    if isOwn { #expect(node?["members"]?["totalCount"] == (person == .studio ? 1 : 2)) }
                }
            }
        }
    }

    @Test("a person's organisations are those that the viewer can see")
    func organizationsOfOthers() async throws {
        try await API.run { api in
            let query =
                "query($id: ID!) { node(id: $id) { ... on User { organizations { edges { node { id } } totalCount } } } }"
            // The supervisor sees the studio's man, but not the studio.
            let seen = try await api.execute(query, ["id": .string(Key.user(4).id)])
            #expect(seen["node.organizations.edges"] == [])
            #expect(seen["node.organizations.totalCount"] == 0)
            let own = try await api.execute(query, as: .studio, ["id": .string(Key.user(4).id)])
            #expect(own.ids("node.organizations") == [Key.organization(2).id])
        }
    }

    @Test("objects of two projects never meet: what a project shows is its own")
    func noMixing() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                { projects { edges { node { id tasks { edges { node { id project { id } subtasks { edges { node {
                  task { id } reviews { edges { node { subtask { id } } } } } } } } } } } } } }
                """)
            #expect(response.messages == [])
            for edge in response["projects.edges"]?.array ?? [] {
                for task in edge["node"]?["tasks"]?["edges"]?.array ?? [] {
                    #expect(task["node"]?["project"]?["id"] == edge["node"]?["id"])
                    for subtask in task["node"]?["subtasks"]?["edges"]?.array ?? [] {
                        #expect(subtask["node"]?["task"]?["id"] == task["node"]?["id"])
                    }
                }
            }
        }
    }
}

@Suite("Objects by identifier", .timeLimit(.minutes(15)))
struct NodeTests {
    @Test("objects of many types come in the order asked, null where there is none, by one statement per type")
    func mixed() async throws {
        try await API.run { api in
            let keys: [Key] = [.task(1), .project(2), .review(2), .task(5), .task(2), .user(1), .finding(6), .task(1)]
            let ids = keys.map { $0.id } + ["nonsense", Key.task(99).id, Key.task(1).asType("Query")]
            let found = Mutexed<Response?>(nil)
            let statements = try await api.countStatements {
                let response = try await api.execute(
                    "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", as: .partner,
                    JSONObject([("ids", .array(ids.map { .string($0) }))]))
                found.change { $0 = response }
            }
            let nodes = try #require(found.value?["nodes"]?.array)
            #expect(found.value?.messages == [])
            let visible: Set<Key> = [.task(1), .review(2), .task(2), .user(1)]
            #expect(
                nodes.map { $0["id"]?.string } == keys.map { visible.contains($0) ? $0.id : nil } + [nil, nil, nil])
            #expect(nodes[0]["__typename"] == "Task")
            let tables = statements.map { $0.split(separator: " from ")[1].prefix { $0 != " " } }
            #expect(tables.sorted() == ["findings", "projects", "reviews", "tasks", "users"])
        }
    }

    @Test("what is no identifier of the type is nothing")
    func malformed() async throws {
        let project = Key.project(1)
        try await API.run { api in
            for id in [
                "", "Project", "Project_", "Project_1", project.uuid.uuidString, project.id.uppercased(),
                project.id + "0", " " + project.id, project.asType("Task"),
            ] {
                let response = try await api.execute(
                    "query($id: ID!) { project(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }",
                    ["id": .string(id)])
                #expect(response.messages == [], "\(id)")
                #expect(response["project"] == .null, "\(id)")
                #expect(response["node"] == .null, "\(id)")
                #expect(response["nodes"] == [nil], "\(id)")
            }
        }
    }

    @Test("a hundred identifiers are answered, one more is the client's fault")
    func limit() async throws {
        try await API.run { api in
            for (count, codes) in [(100, []), (101, ["BAD_USER_INPUT"])] {
                let ids = JSONValue.array(Array(repeating: .string(Key.task(1).id), count: count))
                let response = try await api.execute(
                    "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", JSONObject([("ids", ids)]))
                #expect(response.codes == codes)
            }
        }
    }
}

extension Response {
    /// The identifiers on a page.
    func ids(_ path: String) -> [String] {
        (self["\(path).edges"]?.array ?? []).compactMap { $0["node"]?["id"]?.string }
    }
}
