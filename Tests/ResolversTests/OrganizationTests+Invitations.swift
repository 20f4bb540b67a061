import JSON
import Testing

@testable import Resolvers

// Invitations, as those see them who invite and those who are invited.
extension OrganizationTests {
    @Test("an invitation makes a member of who has its token and its address, once and in time")
    func invitation() async throws {
        try await API.run { api in
            func invite() async throws -> String {
                let made = try await mutate(
                    api, "inviteToOrganization", "\(organization), email: \" Partner@Demo.Example \", isAdmin: true",
                    "token invitation { email status isAdmin createdBy { id } }")
                #expect(
                    made["inviteToOrganization.invitation"]
                        == [
                            "email": "partner@demo.example", "status": "OPEN", "isAdmin": true,
                            "createdBy": ["id": .string(Key.user(1).id)],
                        ])
                return try #require(made["inviteToOrganization.token"]?.string)
            }
            func accept(_ token: String, as person: Person = .partner) async throws -> [String] {
                try await mutate(
                    api, "acceptInvitation", "token: \"\(token)\"", "organization { viewerIsAdmin }", as: person
                ).problems("acceptInvitation")
            }
            let replaced = try await invite()
            let token = try await invite()
            #expect(try await api.number("select count(*) from organization_invitations where hash = '\(token)'") == 0)
            #expect(try await accept("nonsense") == ["input.token NOT_FOUND"])
            #expect(try await accept(token, as: .stranger) == ["input.token INVALID"])
            #expect(try await accept(replaced) == ["input.token CONFLICT"])
            let accepted = try await mutate(
                api, "acceptInvitation", "token: \"\(token)\"", "organization { id viewerIsAdmin viewerIsMember }",
                as: .partner)
            #expect(
                accepted["acceptInvitation.organization"]
                    == ["id": .string(Key.organization(1).id), "viewerIsAdmin": true, "viewerIsMember": true])
            #expect(try await accept(token) == ["input.token CONFLICT"])
            let member = try await mutate(
                api, "inviteToOrganization", "\(organization), email: \"partner@demo.example\"", "token")
            #expect(member.problems("inviteToOrganization") == ["input.email DUPLICATE"])
            let wrong = try await mutate(api, "inviteToOrganization", "\(organization), email: \"nobody\"", "token")
            #expect(wrong.problems("inviteToOrganization") == ["input.email INVALID"])
            let late = try await mutate(
                api, "inviteToOrganization", "\(organization), email: \"studio@demo.example\"", "token")
            try await api.sql("update organization_invitations set expires_at = now() where accepted_at is null")
            let lateToken = try #require(late["inviteToOrganization.token"]?.string)
            #expect(try await accept(lateToken, as: .studio) == ["input.token CONFLICT"])
        }
    }

    @Test("the invited see who asks them where to while they can accept, and nobody else does")
    func receivedInvitations() async throws {
        try await API.run { api in
            let query = """
                query($id: ID!) { node(id: $id) { ... on User { receivedInvitations {
                  organizationName projectName isAdmin canBringOrganization invitedByName
                } } } }
                """
            func received(as person: Person) async throws -> JSONValue? {
                try await api.execute(query, as: person, ["id": .string(Key.user(4).id)])["node.receivedInvitations"]
            }
            for input in ["isAdmin: true", "isAdmin: false"] {
                _ = try await mutate(
                    api, "inviteToOrganization", "\(organization), email: \"studio@demo.example\", \(input)", "token")
            }
            let made = try await mutate(
                api, "inviteToProject",
                "projectId: \"\(Key.project(2).id)\", email: \"STUDIO@demo.example\", canBringOrganization: true",
                "token")
            let intoOrganization: JSONValue = [
                "organizationName": "Publisher", "projectName": nil, "isAdmin": false, "canBringOrganization": false,
                "invitedByName": "Supervisor",
            ]
            let intoProject: JSONValue = [
                "organizationName": "Publisher", "projectName": "Project 2", "isAdmin": false,
                "canBringOrganization": true, "invitedByName": "Supervisor",
            ]
            #expect(try await received(as: .studio) == [intoProject, intoOrganization])
            for person in [Person.supervisor, .partner, .admin] {
                #expect(try await received(as: person)?.array ?? [] == [], "\(person)")
            }
            let together = try await api.execute(
                "query($ids: [ID!]!) { nodes(ids: $ids) { ... on User { receivedInvitations { organizationName } } } }",
                as: .studio, ["ids": [.string(Key.user(1).id), .string(Key.user(4).id)]])
            #expect(together["nodes.0.receivedInvitations"]?.array ?? [] == [], "those of others beside one's own")
            #expect(together["nodes.1.receivedInvitations"]?.array?.count == 2)
            // What can be accepted no more is not shown.
            try await api.sql(
                "update organization_invitations set expires_at = now() where email = 'studio@demo.example' and project_id is null"
            )
            #expect(try await received(as: .studio) == [intoProject])
            try await api.sql("update projects set deleted_at = now() where id = \(Key.project(2).sql)")
            #expect(try await received(as: .studio) == [])
            try await api.sql("update projects set deleted_at = null")
            let token = try #require(made["inviteToProject.token"]?.string)
            _ = try await mutate(api, "acceptInvitation", "token: \"\(token)\"", "project { id }", as: .studio)
            #expect(try await received(as: .studio) == [])
        }
    }
}
