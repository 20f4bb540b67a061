import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Readiness of review points in the API", .timeLimit(.minutes(15)))
struct RpdReadinessTests {
    private static let watched = """
        subscription($id: ID!, $after: ID) { rpdReadiness(projectId: $id, after: $after) {
          rpd { id } rpdVersion { id readiness } readiness
        } }
        """

    @Test("rule 14: a failed preparation is shown with its reason, and tried again by a mutation that watchers hear of")
    func retry() async throws {
        try await API.run { api in
            let version = Key.version(2)
            try await api.sql(
                """
                update rpd_versions
                set readiness = 'FAILED', error_code = 'REFERENCE_UNREADABLE', error_message = 'Picture 1.'
                where id = \(version.sql)
                """)
            let query =
                "{ node(id: \"\(version.id)\") { ... on ReviewPointDefinitionVersion { readiness errorCode errorMessage } } }"
            let failed = try await api.execute(query)
            #expect(
                failed["node"]
                    == ["readiness": "FAILED", "errorCode": "REFERENCE_UNREADABLE", "errorMessage": "Picture 1."])
            let watch = try await Watch(api, Self.watched, .project(1), as: .partner)
            let tests = MutationTests()
            let retried = try await tests.mutate(
                api, "retryRpdPreparation", ["rpdVersionId": tests.id(version)],
                "rpdVersion { readiness errorCode errorMessage }")
            #expect(
                retried["retryRpdPreparation.rpdVersion"]
                    == ["readiness": "PENDING", "errorCode": nil, "errorMessage": nil])
            let event = try #require(try await watch.next()?["rpdReadiness"])
            #expect(
                event == [
                    "rpd": ["id": tests.id(.rpd(2))], "rpdVersion": ["id": tests.id(version), "readiness": "PENDING"],
                    "readiness": "PENDING",
                ])
            watch.cancel()
            #expect(try await api.number("select count(*) from jobs where kind = 'preparation'") == 1)
        }
    }
}
