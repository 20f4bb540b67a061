import Database
import Foundation
import JSON
import Testing

@testable import Resolvers

/// What remains of people who go, and what does not.
@Suite("Who goes", .timeLimit(.minutes(15)))
struct DepartureTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private let project = #"projectId: "\#(Key.project(1).id)""#
    private let organization = #"organizationId: "\#(Key.organization(1).id)""#
    private func user(_ number: Int) -> String { #"userId: "\#(Key.user(number).id)""# }

    /// The token of a new invitation into project 1 or its owner.
    private func invite(_ email: String, toProject: Bool, _ api: API) async throws -> String {
        let field = toProject ? "inviteToProject" : "inviteToOrganization"
        let made = try await mutate(
            api, field, "\(toProject ? project : organization), email: \"\(email)@demo.example\"", "token")
        return try #require(made["\(field).token"]?.string)
    }

    private func accept(_ token: String, _ api: API, as person: Person) async throws -> [String] {
        try await mutate(api, "acceptInvitation", "token: \"\(token)\"", "project { id }", as: person)
            .problems("acceptInvitation")
    }

    private let isVoid = ["input.token CONFLICT"]

    @Test("no open invitation leads back who was removed from an organisation, nor into its projects")
    func memberInvitations() async throws {
        try await API.run { api in
            let tokens = [
                try await invite("stranger", toProject: false, api), try await invite("stranger", toProject: true, api),
            ]
            _ = try await mutate(
                api, "addOrganizationMember", "\(organization), \(user(5))", "organization { id }", as: .admin)
            let removed = try await mutate(
                api, "removeOrganizationMember", "\(organization), \(user(5))", "organization { id }")
            #expect(removed.problems("removeOrganizationMember") == [])
            for token in tokens { #expect(try await accept(token, api, as: .stranger) == isVoid) }
            #expect(
                try await api.number(
                    "select count(*) from project_participants where user_id = \(Key.user(5).sql)") == 1)
            // A new one does.
            #expect(try await accept(try await invite("stranger", toProject: false, api), api, as: .stranger) == [])
        }
    }

    @Test("no open invitation leads back into a project who was removed from it, alone or with an organisation")
    func participantInvitations() async throws {
        try await API.run { api in
            let partner = try await invite("partner", toProject: true, api)
            let elsewhere = try await invite("partner", toProject: false, api)
            let studio = try await invite("studio", toProject: true, api)
            _ = try await mutate(api, "removeProjectMember", "\(project), \(user(3))", "project { id }")
            #expect(try await accept(partner, api, as: .partner) == isVoid)
            _ = try await mutate(
                api, "removeProjectOrganization", "projectCooperationId: \"\(Key.cooperation(1).id)\"",
                "deletedProjectCooperationId")
            #expect(try await accept(studio, api, as: .studio) == isVoid)
            #expect(
                try await api.number(
                    """
                    select count(*)
                    from project_participants
                    where project_id = \(Key.project(1).sql)
                    and user_id in (\(Key.user(3).sql), \(Key.user(4).sql))
                    """) == 0)
            // What leads elsewhere is still open.
            #expect(try await accept(elsewhere, api, as: .partner) == [])
        }
    }

    @Test("no open invitation leads back who was deleted")
    func deletedInvitations() async throws {
        try await API.run { api in
            _ = try await invite("partner", toProject: false, api)
            _ = try await invite("studio", toProject: false, api)
            let deleted = try await mutate(api, "deleteUser", user(3), "deletedUserId", as: .admin)
            #expect(deleted.problems("deleteUser") == [])
            let open = try await api.sql(
                "select email from organization_invitations where revoked_at is null and created_at > now() - interval '1 hour'"
            )
            #expect(open.map { $0.string(0) } == ["studio@demo.example"])
        }
    }

    // MARK: Authors

    /// The names that a viewer reads at what somebody wrote into project 1.
    private func names(_ api: API, as person: Person, author number: Int) async throws -> [String?] {
        let response = try await api.execute(
            """
            query($id: ID!, $user: ID!) {
              task(id: $id) { createdBy { name } } node(id: $user) { ... on User { name email } }
            }
            """, as: person, ["id": .string(Key.task(1).id), "user": .string(Key.user(number).id)])
        #expect(response["node.email"]?.string == nil)
        return [response["task.createdBy.name"]?.string, response["node.name"]?.string]
    }

    @Test(
        "who wrote something is named by those who see it after the author went, by whichever way, and by nobody else",
        arguments: [
            (2, "delete from organization_members where user_id = \(Key.user(2).sql)"),
            (3, "delete from project_members where user_id = \(Key.user(3).sql)"),
            (4, "delete from project_organizations"),
            (4, "delete from organization_members where user_id = \(Key.user(4).sql)"),
            (4, "delete from organizations where id = \(Key.organization(2).sql)"),
        ])
    func authors(number: Int, departure: String) async throws {
        try await API.run { api in
            let author = [Person.supervisor, .owner, .partner, .studio][number - 1]
            let name = "\(author)".capitalized
            try await api.sql(
                "update tasks set created_by = \(Key.user(number).sql) where id = \(Key.task(1).sql)")
            try await api.sql(departure)
            let others = [Person.supervisor, .owner, .partner, .studio].filter { $0 != author }
            for person in others {
                // The company that went with the author sees nothing any more.
                #expect(try await names(api, as: person, author: number) == [name, name], "\(person)")
            }
            #expect(try await names(api, as: .stranger, author: number) == [nil, nil])
            // They are not among those whom one can choose.
            for person in others {
                let list = try await api.execute("{ users(first: 100) { edges { node { id } } } }", as: person)
                #expect(!list.ids("users").contains(Key.user(number).id), "\(person)")
            }
            // And they see nobody of those whom they have left, nor anything of theirs.
            let own = try await api.execute(
                """
                { task(id: "\(Key.task(1).id)") { id } nodes(ids: ["\(Key.user(1).id)", "\(Key.user(3 == number ? 4 : 3).id)"]) { id } }
                """, as: author)
            #expect(own["task"] == .null)
            #expect(own["nodes"] == [nil, nil])
        }
    }

    @Test("the audit log names who did it: a system admin of no organisation, and people who were deleted since")
    func auditLog() async throws {
        try await API.run { api in
            _ = try await mutate(
                api, "setOrganizationAdmin", "\(organization), \(user(2)), isAdmin: true", "organization { id }",
                as: .admin)
            _ = try await mutate(
                api, "updateOrganization", "\(organization), name: \"New\"", "organization { id }", as: .owner)
            func newest() async throws -> [JSONValue] {
                let log = try await api.execute(
                    """
                    { organization(id: "\(Key.organization(1).id)") {
                      auditLog(first: 2) { edges { node { createdByName createdBy { name email } } } }
                    } }
                    """)
                return log["organization.auditLog.edges"]?.array?.compactMap { $0["node"] } ?? []
            }
            let admin: JSONValue = ["createdByName": "Admin", "createdBy": ["name": "Admin", "email": nil]]
            let owner: JSONValue = ["name": "Owner", "email": "owner@demo.example"]
            #expect(try await newest() == [["createdByName": "Owner", "createdBy": owner], admin])
            _ = try await mutate(api, "deleteUser", user(2), "deletedUserId", as: .admin)
            #expect(try await newest() == [["createdByName": "Owner", "createdBy": nil], admin])
        }
    }

    // MARK: Tasks

    /// Whom a mutation tells of changed tasks: the topics of its events, in order.
    private func told(_ api: API, _ body: () async throws -> Void) async throws -> [String] {
        let before = try await api.number("select coalesce(max(id), 0) from events")
        try await body()
        return try await api.sql(
            "select topic from events where kind = 'task-changed' and id > \(before) order by id"
        ).map { $0.string(0) }
    }

    private func topics(_ tasks: [Int]) -> [String] {
        tasks.map { "task:\(Key.task($0).uuid)".lowercased() }
            + tasks.map { _ in "project-tasks:\(Key.project(1).uuid)".lowercased() }
    }

    @Test(
        "whose tasks become nobody's, by whichever way they go, the watchers of the tasks and of the board are told",
        arguments: [
            (
                "removeOrganizationMember",
                "organizationId: \"\(Key.organization(1).id)\", userId: \"\(Key.user(2).id)\"", 2
            ),
            ("removeProjectMember", "projectId: \"\(Key.project(1).id)\", userId: \"\(Key.user(3).id)\"", 3),
            ("removeProjectOrganization", "projectCooperationId: \"\(Key.cooperation(1).id)\"", 4),
            ("deleteOrganization", "organizationId: \"\(Key.organization(2).id)\"", 4),
            ("deleteUser", "userId: \"\(Key.user(3).id)\"", 3),
        ])
    func released(field: String, input: String, number: Int) async throws {
        try await API.run { api in
            try await api.sql(
                """
                update tasks
                set assignee_id = case when id = \(Key.task(3).sql) then \(Key.user(1).sql) else \(Key.user(number).sql) end
                where project_id = \(Key.project(1).sql)
                """)
            let topics = try await told(api) {
                let person: Person = ["deleteUser", "deleteOrganization"].contains(field) ? .admin : .supervisor
                let response = try await mutate(api, field, input, "__typename", as: person)
                #expect(response.problems(field) == [])
                #expect(response.codes == [])
            }
            #expect(topics == self.topics([1, 2]))
            let assigned = try await api.sql("select id from tasks where assignee_id is not null").map { $0.uuid(0) }
            #expect(assigned == [Key.task(3).uuid])
        }
    }

    @Test("a label that gets another name or goes tells the watchers of the tasks that have it")
    func labels() async throws {
        try await API.run { api in
            let label = #"taskTagId: "\#(Key.tag(2).id)""#
            let renamed = try await told(api) {
                _ = try await mutate(api, "updateTaskTag", "\(label), name: \"New\"", "taskTag { id }")
            }
            #expect(renamed == topics([1, 2]))
            let state =
                "select updated_at::text from tasks where id in (\(Key.task(1).sql), \(Key.task(2).sql)) order by id"
            let before = try await api.sql(state).map { $0.string(0) }
            let watch = try await Watch(
                api,
                "subscription($id: ID!) { taskEvents(taskId: $id) { ... on TaskChanged { task { tags { name } } } } }",
                .task(1))
            let deleted = try await told(api) {
                _ = try await mutate(api, "deleteTaskTag", label, "deletedTaskTagId")
            }
            try #require(deleted == topics([1, 2]))
            #expect(try await watch.next()?["taskEvents"] == ["task": ["tags": [["name": "Label 1"]]]])
            watch.cancel()
            let after = try await api.sql(state).map { $0.string(0) }
            #expect(zip(before, after).allSatisfy(!=))
        }
    }
}
