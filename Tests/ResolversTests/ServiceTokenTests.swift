import Database
import Foundation
import GraphQL
import JSON
import Schema
import Testing
import Workflows

@testable import Resolvers

@Suite("Service tokens", .timeLimit(.minutes(15)))
struct ServiceTokenTests {
    private func create(_ name: String, for person: Person = .owner, expiresAt: String = "null") throws -> String {
        let user = try #require(person.key?.id)
        return """
            mutation {
              createServiceToken(input: { name: "\(name)", userId: "\(user)", expiresAt: \(expiresAt) }) {
                token
                userErrors { field code }
              }
            }
            """
    }

    private func makeAdministrator(_ api: API) async throws {
        try await api.sql("update users set role = 'ADMIN' where id = '\(Key.user(1).uuid)'")
    }

    @Test
    func `A token has its user's rights until it is revoked, and its text is nowhere kept`() async throws {
        try await API.run { api in
            try await makeAdministrator(api)
            let response = try await api.execute(try create("build"))
            let token = try #require(response["createServiceToken.token"]?.string)
            #expect(token.hasPrefix("aimage_service_"))
            let (signedIn, expiresAt) = try #require(try await api.services.signedIn(serviceToken: token))
            #expect(signedIn.user == Key.user(2).uuid)
            #expect(signedIn.session == nil)
            #expect(expiresAt == nil)
            #expect(try await api.services.signedIn(serviceToken: token + "x") == nil)
            #expect(
                try await api.number("select count(*)::int from service_tokens where hash::text like '%aimage%'") == 0)
            let revoke = #"mutation { revokeServiceToken(input: { name: "build" }) { name } }"#
            #expect(try await api.execute(revoke)["revokeServiceToken.name"] == "build")
            #expect(try await api.services.signedIn(serviceToken: token) == nil)
            #expect(try await api.execute(revoke).codes == ["NOT_FOUND"])
            // The name is free again.
            #expect(try await api.execute(try create("build")).problems("createServiceToken").isEmpty)
        }
    }

    @Test
    func `Only administrators make and revoke tokens`() async throws {
        try await API.run { api in
            let create = try create("build")
            #expect(try await api.execute(create).codes == ["FORBIDDEN"])
            #expect(try await api.execute(create, as: .nobody).codes == ["UNAUTHENTICATED"])
            let revoke = #"mutation { revokeServiceToken(input: { name: "build" }) { name } }"#
            #expect(try await api.execute(revoke).codes == ["FORBIDDEN"])
        }
    }

    @Test
    func `A name is taken once, a user has to exist, and the end has to be to come`() async throws {
        try await API.run { api in
            try await makeAdministrator(api)
            _ = try await api.execute(try create("build"))
            #expect(
                try await api.execute(try create("build")).problems("createServiceToken") == ["input.name DUPLICATE"])
            #expect(try await api.execute(try create(" ")).problems("createServiceToken") == ["input.name REQUIRED"])
            let past = try create("past", expiresAt: #""2020-01-01T00:00:00Z""#)
            #expect(try await api.execute(past).problems("createServiceToken") == ["input.expiresAt INVALID"])
            let unknown = try create("x").replacing(
                try #require(Person.owner.key?.id), with: UserType.id(UUIDScalar(UUID())).text)
            #expect(try await api.execute(unknown).problems("createServiceToken") == ["input.userId NOT_FOUND"])
        }
    }

    @Test
    func `A token with an end is good until then`() async throws {
        try await API.run { api in
            try await makeAdministrator(api)
            let response = try await api.execute(try create("soon", expiresAt: #""2199-01-01T00:00:00Z""#))
            let token = try #require(response["createServiceToken.token"]?.string)
            #expect(try await api.services.signedIn(serviceToken: token)?.expiresAt != nil)
            try await api.sql("update service_tokens set expires_at = now()")
            #expect(try await api.services.signedIn(serviceToken: token) == nil)
        }
    }

    @Test
    func `A service has no session to sign out of`() async throws {
        try await API.run { api in
            let response = try await api.execute("mutation { signOut { sessionsEnded } }")
            #expect(response.codes == ["CONFLICT"])
        }
    }
}
