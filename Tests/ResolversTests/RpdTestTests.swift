import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Tries of review points, in the API", .timeLimit(.minutes(15)))
struct RpdTestTests {
    @Test("a try is made for each material, and shows what was asked for")
    func start() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                mutation($input: TestRpdInput!) { testRpd(input: $input) {
                  tests {
                    status kind title number hasPassed expectedSeverity outcome line { speaker text } asset { id }
                    rpd { id } rpdVersion { id } createdBy { id } findings { severity } findingCount
                  }
                  userErrors { field code }
                } }
                """,
                [
                    "input": [
                        "projectId": .string(Key.project(1).id),
                        "subject": ["rpdVersionId": .string(Key.version(11).id)],
                        "materials": [
                            ["content": ["assetId": .string(Key.asset(2).id)], "expectedSeverity": "SAFE"],
                            ["content": ["line": ["text": "Hello."]]],
                        ],
                    ]
                ])
            #expect(response.messages == [])
            #expect(response.problems("testRpd") == [])
            let tests = response["testRpd.tests"]?.array ?? []
            #expect(tests.map { $0["number"] } == [1, 2])
            #expect(tests.map { $0["asset"] } == [["id": .string(Key.asset(2).id)], .null])
            #expect(tests.map { $0["line"] } == [.null, ["speaker": "", "text": "Hello."]])
            #expect(tests.map { $0["expectedSeverity"] } == ["SAFE", .null])
            for test in tests {
                #expect(test["status"] == "PENDING" && test["hasPassed"] == .null && test["outcome"] == .null)
                #expect(test["rpdVersion"] == ["id": .string(Key.version(11).id)])
                #expect(test["rpd"] == ["id": .string(Key.rpd(1).id)] && test["findings"] == [])
            }
        }
    }

    @Test("faults of the input come with their places, and nothing is made")
    func faults() async throws {
        try await API.run { api in
            let before = try await api.number("select count(*) from rpd_tests")
            let response = try await api.execute(
                """
                mutation($input: TestRpdInput!) { testRpd(input: $input) { tests { id } userErrors { field code } } }
                """,
                [
                    "input": [
                        "projectId": .string(Key.project(1).id),
                        "subject": [
                            "draft": [
                                "kind": "TEXT_REVIEW",
                                "content": ["title": "Words", "appellationAssetId": .string(Key.asset(9).id)],
                            ]
                        ], "materials": [["content": ["line": ["text": "Hello."]]]],
                    ]
                ])
            #expect(response.problems("testRpd") == ["input.subject.draft.content.appellationAssetId NOT_FOUND"])
            #expect(response["testRpd.tests"] == [])
            #expect(try await api.number("select count(*) from rpd_tests") == before)
        }
    }

    @Test("what was found in a video has its times and its scene")
    func times() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                query($id: ID!) { node(id: $id) { ... on RpdTest {
                  findings { startSeconds endSeconds scene { id number } }
                } } }
                """, ["id": .string(Key.rpdTest(1).id)])
            #expect(response.messages == [])
            #expect(
                response["node.findings"] == [
                    ["startSeconds": 0, "endSeconds": 4, "scene": ["id": .string(Key.scene(1).id), "number": 1]]
                ])
        }
    }

    @Test("tries are chosen by their call and by whether they passed, and counted")
    func choices() async throws {
        try await API.run { api in
            try await api.sql("update rpd_tests set expected_severity = 'SAFE' where id = \(Key.rpdTest(4).sql)")
            func titles(_ filter: String) async throws -> [JSONValue?] {
                let response = try await api.execute(
                    "query($id: ID!) { project(id: $id) { rpdTests(filter: { \(filter) }) { edges { node { title } } } } }",
                    ["id": .string(Key.project(1).id)])
                #expect(response.messages == [])
                return (response["project.rpdTests.edges"]?.array ?? []).map { $0["node"]?["title"] }
            }
            let passed = try await titles("hasPassed: true")
            let failed = try await titles("hasPassed: false")
            let batch = try await titles("batchKey: \"\(Key.rpdTest(102).uuid.uuidString)\"")
            #expect(passed == ["Try 1"] && failed == [] && batch == ["Try 2"])
            let summary = try await api.execute(
                """
                query($id: ID!) { project(id: $id) {
                  all: rpdTestSummary { total open completed failed cancelled passed notPassed }
                  some: rpdTestSummary(filter: { kinds: [TEXT_REVIEW] }) { total open completed }
                  none: rpdTestSummary(filter: { statuses: [FAILED] }) { total }
                } }
                """, ["id": .string(Key.project(1).id)])
            #expect(
                summary["project.all"] == [
                    "total": 3, "open": 1, "completed": 1, "failed": 0, "cancelled": 1, "passed": 1, "notPassed": 0,
                ])
            #expect(summary["project.some"] == ["total": 1, "open": 1, "completed": 0])
            #expect(summary["project.none"] == ["total": 0])
        }
    }
}
