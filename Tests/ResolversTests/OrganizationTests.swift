import Database
import Foundation
import JSON
import Schema
import Testing
import Workflows

@testable import Resolvers

/// How organisations are run, and what belongs to a person alone.
@Suite("Organisations and people", .timeLimit(.minutes(15)))
struct OrganizationTests {
    func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    let organization = #"organizationId: "\#(Key.organization(1).id)""#
    private func user(_ number: Int) -> String { #"userId: "\#(Key.user(number).id)""# }

    private func admins(_ api: API) async throws -> [String] {
        let query = "{ organization(id: \"\(Key.organization(1).id)\") { admins { edges { node { id } } } } }"
        return try await api.execute(query, as: .admin).ids("organization.admins")
    }

    @Test("rule 3: who is made an admin becomes a member, and loses that right with the membership")
    func adminImpliesMember() async throws {
        try await API.run { api in
            let made = try await mutate(
                api, "setOrganizationAdmin", "\(organization), \(user(3)), isAdmin: true",
                "organization { members { totalCount } }", as: .admin)
            #expect(made["setOrganizationAdmin.organization.members.totalCount"] == 3)
            #expect(try await admins(api) == [Key.user(1).id, Key.user(3).id])
            _ = try await mutate(api, "removeOrganizationMember", "\(organization), \(user(3))", "organization { id }")
            #expect(try await admins(api) == [Key.user(1).id])
            let again = try await mutate(
                api, "addOrganizationMember", "\(organization), \(user(3))", "organization { id }", as: .admin)
            #expect(again.problems("addOrganizationMember") == [])
            #expect(try await admins(api) == [Key.user(1).id])
        }
    }

    @Test("an organisation keeps an admin, also when two leave at once")
    func lastAdmin() async throws {
        try await API.run { api in
            let refused = ["input.userId CONFLICT"]
            for (field, more) in [("removeOrganizationMember", ""), ("setOrganizationAdmin", ", isAdmin: false")] {
                let last = try await mutate(api, field, "\(organization), \(user(1))\(more)", "organization { id }")
                #expect(last.problems(field) == refused)
            }
            _ = try await mutate(
                api, "setOrganizationAdmin", "\(organization), \(user(2)), isAdmin: true", "organization { id }")
            async let first = mutate(
                api, "removeOrganizationMember", "\(organization), \(user(1))", "organization { id }")
            async let second = mutate(
                api, "removeOrganizationMember", "\(organization), \(user(2))", "organization { id }", as: .owner)
            let problems = try await [first, second].map { $0.problems("removeOrganizationMember") }
            #expect(problems.filter(\.isEmpty).count == 1)
            #expect(problems.contains(refused))
            #expect(try await admins(api).count == 1)
        }
    }

    @Test("what is for admins is FORBIDDEN for members, and what is for system admins for everybody else")
    func forbidden() async throws {
        try await API.run { api in
            let status = #"taskStatusId: "\#(Key.status(11).id)""#
            for (field, input, selection) in [
                ("updateOrganization", "\(organization), name: \"x\"", "organization { id }"),
                ("setOrganizationAdmin", "\(organization), \(user(2)), isAdmin: true", "organization { id }"),
                ("removeOrganizationMember", "\(organization), \(user(1))", "organization { id }"),
                ("inviteToOrganization", "\(organization), email: \"a@b.example\"", "token"),
                ("createTaskStatus", "\(organization), name: \"x\"", "taskStatus { id }"),
                ("updateTaskStatus", "\(status), name: \"x\"", "taskStatus { id }"),
                ("deleteTaskStatus", status, "deletedTaskStatusId"),
            ] {
                for person in [Person.owner, .partner] {
                    let response = try await mutate(api, field, input, selection, as: person)
                    #expect(response.codes == ["FORBIDDEN"], "\(field) as \(person)")
                }
            }
            for (field, input, selection) in [
                ("updateOrganization", "\(organization), domain: \"x.example\"", "organization { id }"),
                ("createOrganization", "name: \"x\"", "organization { id }"),
                ("deleteOrganization", organization, "deletedOrganizationId"),
                ("addOrganizationMember", "\(organization), \(user(3))", "organization { id }"),
                ("createUser", "email: \"a@b.example\", name: \"x\"", "user { id }"),
                ("setUserRole", "\(user(1)), role: ADMIN", "user { id }"), ("deleteUser", user(2), "deletedUserId"),
            ] {
                let response = try await mutate(api, field, input, selection)
                #expect(response.codes == ["FORBIDDEN"], "\(field)")
            }
            #expect(try await api.number("select count(*) from audit_entries") == 3)
        }
    }

    @Test("a removed member is no longer assigned to tasks, except where another way leads into the project")
    func releasedTasks() async throws {
        try await API.run { api in
            try await api.sql(
                "update tasks set assignee_id = \(Key.user(2).sql) where project_id <> \(Key.project(3).sql)")
            try await api.sql(
                "insert into project_members (project_id, user_id) values (\(Key.project(1).sql), \(Key.user(2).sql))")
            let removed = try await mutate(
                api, "removeOrganizationMember", "\(organization), \(user(2))", "organization { id }", as: .owner)
            #expect(removed.problems("removeOrganizationMember") == [])
            #expect(removed["removeOrganizationMember.organization.id"] == .string(Key.organization(1).id))
            let assigned = "select count(*) from tasks where assignee_id is not null and project_id ="
            #expect(try await api.number("\(assigned) \(Key.project(1).sql)") == 3)
            #expect(try await api.number("\(assigned) \(Key.project(2).sql)") == 0)
        }
    }

    @Test("statuses keep places without gaps, however they are added, moved and deleted")
    func options() async throws {
        try await API.run { api in
            func names() async throws -> [String] {
                let response = try await api.execute(
                    "{ organization(id: \"\(Key.organization(1).id)\") { taskStatuses { name position } } }")
                let all = response["organization.taskStatuses"]?.array ?? []
                #expect(all.map { $0["position"]?.int } == (1...all.count).map { Int64($0) })
                return all.compactMap { $0["name"]?.string }
            }
            func add(_ name: String, _ more: String = "") async throws -> Response {
                try await mutate(
                    api, "createTaskStatus", "\(organization), name: \"\(name)\"\(more)", "taskStatus { id }")
            }
            _ = try await add("third")
            let first = try await add("first", ", position: 1")
            #expect(try await names() == ["first", "todo", "done", "third"])
            #expect(try await add("done").problems("createTaskStatus") == ["input.name DUPLICATE"])
            let id = try #require(first["createTaskStatus.taskStatus.id"]?.string)
            for (position, order) in [
                (3, ["todo", "done", "first", "third"]), (3, ["todo", "done", "first", "third"]),
                (99, ["todo", "done", "third", "first"]), (2, ["todo", "first", "done", "third"]),
            ] {
                _ = try await mutate(
                    api, "updateTaskStatus", "taskStatusId: \"\(id)\", position: \(position)", "taskStatus { id }")
                #expect(try await names() == order)
            }
            let todo = #"taskStatusId: "\#(Key.status(11).id)""#
            let used = try await mutate(api, "deleteTaskStatus", todo, "deletedTaskStatusId")
            #expect(used.problems("deleteTaskStatus") == ["input.replacementId REQUIRED"])
            let foreign = try await mutate(
                api, "deleteTaskStatus", "\(todo), replacementId: \"\(Key.status(21).id)\"", "deletedTaskStatusId")
            #expect(foreign.problems("deleteTaskStatus") == ["input.replacementId NOT_FOUND"])
            _ = try await mutate(
                api, "deleteTaskStatus", "\(todo), replacementId: \"\(id)\"", "deletedTaskStatusId")
            #expect(try await names() == ["first", "done", "third"])
            #expect(try await api.number("select count(*) from tasks where status_id = \(Key.status(11).sql)") == 0)
        }
    }

    @Test("system admins make and delete people and organisations; work stays when its people go")
    func administration() async throws {
        try await API.run { api in
            let made = try await mutate(
                api, "createOrganization", "name: \"New\", domain: \" NEW.example \"",
                "organization { id domain viewerIsAdmin taskStatuses { name } taskPriorities { name } }", as: .admin)
            #expect(made["createOrganization.organization.domain"] == "new.example")
            #expect(made["createOrganization.organization.viewerIsAdmin"] == true)
            #expect(made["createOrganization.organization.taskStatuses"]?.array?.count == 1)
            let id = try #require(made["createOrganization.organization.id"]?.string)
            for (input, problem) in [
                ("name: \"New\"", "input.name DUPLICATE"),
                ("name: \"A\", domain: \"new.example\"", "input.domain DUPLICATE"),
                ("name: \"A\", domain: \"no domain\"", "input.domain INVALID"),
            ] {
                let refused = try await mutate(api, "createOrganization", input, "organization { id }", as: .admin)
                #expect(refused.problems("createOrganization") == [problem])
            }
            let gone = try await mutate(
                api, "deleteOrganization", "organizationId: \"\(id)\"", "deletedOrganizationId", as: .admin)
            #expect(gone["deleteOrganization.deletedOrganizationId"] == .string(id))
            let owner = try await mutate(api, "deleteOrganization", organization, "deletedOrganizationId", as: .admin)
            #expect(owner.problems("deleteOrganization") == ["input.organizationId CONFLICT"])

            let user = try await mutate(
                api, "createUser", "email: \"Fresh@Demo.Example\", name: \"Fresh\"", "user { id email }", as: .admin)
            #expect(user["createUser.user.email"] == "fresh@demo.example")
            let role = try await mutate(
                api, "setUserRole", "userId: \"\(user["createUser.user.id"]?.string ?? "")\", role: ADMIN",
                "user { role }", as: .admin)
            #expect(role["setUserRole.user.role"] == "ADMIN")
            for field in ["setUserRole", "deleteUser"] {
                let more = field == "deleteUser" ? "" : ", role: USER"
                let own = try await mutate(
                    api, field, "\(self.user(6))\(more)", field == "deleteUser" ? "deletedUserId" : "user { id }",
                    as: .admin)
                #expect(own.problems(field) == ["input.userId CONFLICT"])
            }
            let before = try await api.number("select (select count(*) from tasks) + (select count(*) from findings)")
            let alone = try await mutate(api, "deleteUser", self.user(1), "deletedUserId", as: .admin)
            #expect(alone.problems("deleteUser") == ["input.userId CONFLICT"])
            _ = try await mutate(
                api, "setOrganizationAdmin", "\(organization), \(self.user(2)), isAdmin: true", "organization { id }",
                as: .admin)
            let deleted = try await mutate(api, "deleteUser", self.user(1), "deletedUserId", as: .admin)
            #expect(deleted["deleteUser.deletedUserId"] == .string(Key.user(1).id))
            #expect(
                try await api.number("select (select count(*) from tasks) + (select count(*) from findings)") == before)
        }
    }

    @Test("of two system admins who take the right from each other at once, one keeps it", arguments: [true, false])
    func lastSystemAdmin(byDeletion: Bool) async throws {
        try await API.run { api in
            try await api.sql("update users set role = 'ADMIN' where id = \(Key.user(2).sql)")
            let attacks = [2, 6].map { number in
                let field = byDeletion ? "deleteUser" : "setUserRole"
                let role = byDeletion ? "" : ", role: USER"
                return "mutation { \(field)(input: { \(user(number))\(role) }) { userErrors { code } } }"
            }
            async let first = api.execute(attacks[0], as: .admin)
            async let second = api.execute(attacks[1], as: .owner)
            let codes = try await [first, second].map(\.codes)
            #expect(codes.sorted { $0.count < $1.count } == [[], ["FORBIDDEN"]])
            #expect(try await api.number("select count(*) from users where role = 'ADMIN'") == 1)
        }
    }

    @Test(
        "a like tells where the picture comes from: a character, an entry of the registry, what was generated, or nothing"
    )
    func sourcesOfLikes() async throws {
        try await API.run { api in
            let none = Key.asset(6)
            try await api.sql(
                """
                update generated_references set asset_id = \(Key.asset(5).sql) where id = \(Key.generated(1).sql);
                """)
            try await api.sql("delete from character_pictures where asset_id = \(Key.asset(2).sql)")
            for asset in [Key.asset(3), .asset(5), none] {
                _ = try await mutate(api, "likeAsset", "assetId: \"\(asset.id)\"", "asset { id }")
            }
            let query = """
                { viewer { likes(first: 100) { edges { node { asset { id } source {
                  __typename ... on Character { id name } ... on Item { id tags } ... on GeneratedReference { id style }
                } } } } } }
                """
            let answer = try await api.execute(query)
            #expect(answer.messages == [])
            var sources: [String: JSONValue] = [:]
            for edge in answer["viewer.likes.edges"]?.array ?? [] {
                sources[edge["node"]?["asset"]?["id"]?.string ?? "generated"] = edge["node"]?["source"]
            }
            let character: JSONValue = [
                "__typename": "Character", "id": .string(Key.character(1).id), "name": "Character 1",
            ]
            let generated: JSONValue = [
                "__typename": "GeneratedReference", "id": .string(Key.generated(1).id), "style": "style 1",
            ]
            #expect(
                sources == [
                    Key.asset(1).id: character, Key.asset(3).id: character,
                    Key.asset(2).id: ["__typename": "Item", "id": .string(Key.item(2).id), "tags": ["a", "2"]],
                    Key.asset(5).id: generated, "generated": generated, none.id: nil,
                ])
            // A draft stays its owner's, also when its picture is everybody's.
            try await api.sql("insert into likes (user_id, asset_id) values (\(Key.user(2).sql), \(Key.asset(5).sql))")
            let other = try await api.execute(query, as: .owner)
            #expect(
                other["viewer.likes.edges"]
                    == [["node": ["asset": ["id": .string(Key.asset(5).id)], "source": nil]]])
        }
    }

    @Test("rule 5: likes and settings are the viewer's alone, and liking twice is liking once")
    func privateThings() async throws {
        try await API.run { api in
            let query =
                "query($id: ID!) { node(id: $id) { ... on User { preferences likes { totalCount edges { node { asset { id } } } } } } }"
            for person in [Person.owner, .admin] {
                let other = try await api.execute(query, as: person, ["id": .string(Key.user(1).id)])
                #expect(other["node"] == ["preferences": nil, "likes": nil])
            }
            for _ in 1...2 {
                let liked = try await mutate(
                    api, "likeAsset", "assetId: \"\(Key.asset(3).id)\"", "asset { viewerLikes }")
                #expect(liked["likeAsset.asset.viewerLikes"] == true)
            }
            for _ in 1...2 {
                let liked = try await mutate(
                    api, "likeGeneratedReference", "generatedReferenceId: \"\(Key.generated(2).id)\"",
                    "generatedReference { viewerLikes }")
                #expect(liked["likeGeneratedReference.generatedReference.viewerLikes"] == true)
            }
            let own = try await api.execute(query, ["id": .string(Key.user(1).id)])
            #expect(own["node.likes.totalCount"] == 5)
            let drawn = try await api.execute(
                "{ viewer { likes(first: 1) { edges { node { asset { id } generatedReference { id } } } } } }")
            #expect(
                drawn["viewer.likes.edges"]
                    == [["node": ["asset": nil, "generatedReference": ["id": .string(Key.generated(2).id)]]]])
            let unliked = try await mutate(
                api, "unlikeGeneratedReference", "generatedReferenceId: \"\(Key.generated(2).id)\"",
                "generatedReference { viewerLikes }")
            #expect(unliked["unlikeGeneratedReference.generatedReference.viewerLikes"] == false)
            #expect(own["node.preferences"] == [:])
            let set = try await mutate(
                api, "updatePreferences", "settings: { reviewMode: \"SPEED\", pageSize: 50 }", "user { preferences }")
            #expect(set["updatePreferences.user.preferences"] == ["reviewMode": "SPEED", "pageSize": 50])
            for wrong in ["[]", "\"x\"", "{ a: \"\\u0000\" }"] {
                let refused = try await mutate(api, "updatePreferences", "settings: \(wrong)", "user { id }")
                #expect(refused.problems("updatePreferences") == ["input.settings INVALID"], "\(wrong)")
            }
            // What is liked stays liked, but is out of sight with its project.
            try await api.sql("delete from project_members")
            try await api.sql("insert into likes (user_id, asset_id) values (\(Key.user(3).sql), \(Key.asset(1).sql))")
            let out = try await api.execute(query, as: .partner, ["id": .string(Key.user(3).id)])
            #expect(out["node.likes.edges"] == [["node": ["asset": nil]]])
        }
    }

    @Test("e-mail addresses are for people of the same organisation, also where one guesses them")
    func addresses() async throws {
        try await API.run { api in
            for (person, number, isKnown) in [
                (Person.supervisor, 2, true), (.supervisor, 3, false), (.partner, 1, false), (.partner, 3, true),
                (.studio, 1, false), (.admin, 5, true),
            ] {
                let name = ["", "supervisor", "owner", "partner", "studio", "stranger"][number]
                let response = try await api.execute(
                    """
                    query($id: ID!, $email: String!) {
                      node(id: $id) { ... on User { name email } }
                      users(filter: { email: $email }) { totalCount }
                    }
                    """, as: person,
                    ["id": .string(Key.user(number).id), "email": .string("\(name)@demo.example")])
                #expect(response["node.email"] == (isKnown ? .string("\(name)@demo.example") : .null), "\(person)")
                #expect(response["users.totalCount"] == (isKnown ? 1 : 0), "\(person)")
            }
            let found = try await api.execute(
                "{ users(filter: { name: \"OWN\", role: USER }) { edges { node { id } } } }")
            #expect(found.ids("users") == [Key.user(2).id])
            // A part is enough, of addresses that the viewer may see.
            for (person, count) in [(Person.admin, 6), (.partner, 1)] {
                let parts = try await api.execute("{ users(filter: { email: \"@DEMO\" }) { totalCount } }", as: person)
                #expect(parts["users.totalCount"] == .int(Int64(count)), "\(person)")
            }
        }
    }

    @Test("a person and system admins see which projects the person can open, and as what; nobody else does")
    func projectAccess() async throws {
        try await API.run { api in
            let query =
                "query($id: ID!) { node(id: $id) { ... on User { projectAccess { projectName role } } } }"
            let names = try await api.sql("select name from projects order by id").map { $0.string(0) }.reduce(into: [
                ""
            ]) { $0.append($1) }
            let expected: [(Int, [(Int, String)])] = [
                (1, [(2, "OWNER_MEMBER"), (1, "OWNER_MEMBER")]), (3, [(1, "INDIVIDUAL")]),
                (4, [(1, "COOPERATING_MEMBER")]), (5, [(3, "OWNER_MEMBER")]), (6, []),
            ]
            for (number, projects) in expected {
                let person = [Person.supervisor, .owner, .partner, .studio, .stranger, .admin][number - 1]
                for viewer in [person, .admin] {
                    let response = try await api.execute(query, as: viewer, ["id": .string(Key.user(number).id)])
                    let found = response["node.projectAccess"]?.array ?? []
                    #expect(found.map { $0["projectName"]?.string } == projects.map { names[$0.0] }, "\(number)")
                    #expect(found.map { $0["role"]?.string } == projects.map(\.1), "\(number)")
                }
            }
            let others = try await api.execute(query, as: .owner, ["id": .string(Key.user(1).id)])
            #expect(others["node.projectAccess"] == [])
        }
    }

    @Test("every change of people and rights is in the audit log, for admins only")
    func auditLog() async throws {
        try await API.run { api in
            _ = try await mutate(
                api, "setOrganizationAdmin", "\(organization), \(user(2)), isAdmin: true", "organization { id }")
            _ = try await mutate(api, "inviteToOrganization", "\(organization), email: \"a@b.example\"", "token")
            let query = """
                { organization(id: "\(Key.organization(1).id)") {
                  viewerIsAdmin auditLog { edges { node { action entityType user { id } createdBy { id } before after } } }
                  invitations { totalCount }
                } }
                """
            let log = try await api.execute(query)
            let entries = log["organization.auditLog.edges"]?.array ?? []
            #expect(
                entries.prefix(3).map {
                    "\($0["node"]?["action"]?.string ?? "") \($0["node"]?["entityType"]?.string ?? "")"
                }
                    == ["CREATED ORGANIZATION_INVITATION", "UPDATED ORGANIZATION_MEMBER", "UPDATED TASK"])
            #expect(entries[0]["node"]?["after"]?["email"] == "a@b.example")
            #expect(entries[1]["node"]?["user"]?["id"] == .string(Key.user(2).id))
            #expect(entries[1]["node"]?["before"] == ["isAdmin": false])
            #expect(entries[1]["node"]?["after"] == ["isAdmin": true])
            #expect(!log.text.contains("aimage_invitation_"))
            let partner = try await api.execute(query, as: .partner)
            #expect(partner["organization"] == ["viewerIsAdmin": false, "auditLog": nil, "invitations": nil])
        }
    }
}
