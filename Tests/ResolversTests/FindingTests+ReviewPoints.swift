import Foundation
import JSON
import Testing

@testable import Resolvers

// What findings are looked for by.
extension FindingTests {
    @Test("rule 12: whatever versions people add and activate at once, one is active and no number is missing")
    func versions() async throws {
        try await API.run { api in
            try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 0..<32 {
                    group.addTask {
                        let response =
                            number % 2 == 0
                            ? try await mutate(
                                api, "createRpdVersion",
                                "rpdId: \"\(Key.rpd(2).id)\", content: { title: \"Version \(number)\" }",
                                "rpdVersion { id }")
                            : try await mutate(
                                api, "activateRpdVersion", "rpdVersionId: \"\(Key.version(2).id)\"",
                                "rpdVersion { id }")
                        return response.messages
                    }
                }
                for try await messages in group { #expect(messages == []) }
            }
            let versions = "from rpd_versions where rpd_id = \(Key.rpd(2).sql)"
            #expect(try await api.number("select count(*) \(versions) and is_active") == 1)
            #expect(try await api.number("select max(version_number) - count(*) \(versions)") == 0)
            #expect(try await api.number("select count(*) \(versions)") == 17)
        }
    }

    @Test("rule 13: a deleted review point is in no list and executed by nothing, but findings lead to it")
    func deletedRpd() async throws {
        try await API.run { api in
            let rpd = "rpdId: \"\(Key.rpd(1).id)\""
            let deleted = try await mutate(api, "deleteRpd", rpd, "deletedRpdId")
            #expect(deleted["deleteRpd.deletedRpdId"] == .string(Key.rpd(1).id))
            let seen = try await api.execute(
                """
                query($project: ID!, $finding: ID!) {
                  project(id: $project) { rpds(first: 100) { edges { node { id } } } }
                  node(id: $finding) { ... on Finding { rpdVersion { title rpd { isDeleted } } } }
                }
                """, ["project": .string(Key.project(1).id), "finding": .string(Key.finding(2).id)])
            #expect(!seen.ids("project.rpds").contains(Key.rpd(1).id))
            #expect(seen["node.rpdVersion"] == ["title": "Point 1 v2", "rpd": ["isDeleted": true]])
            let started = try await mutate(
                api, "startReview",
                "subtaskId: \"\(Key.subtask(5).id)\", selection: { rpdIds: [\"\(Key.rpd(1).id)\"] }", "review { id }")
            #expect(started.problems("startReview") == ["input.selection.rpdIds.0 NOT_FOUND"])
            for (field, input) in [
                ("createRpdVersion", "\(rpd), content: { title: \"x\" }"), ("duplicateRpd", rpd),
                ("activateRpdVersion", "rpdVersionId: \"\(Key.version(1).id)\""),
            ] {
                let refused = try await mutate(api, field, input, "userErrors { code }")
                #expect(refused.codes == ["NOT_FOUND"], "\(field)")
            }
            let restored = try await mutate(api, "restoreRpd", rpd, "rpd { isDeleted activeVersion { versionNumber } }")
            #expect(restored["restoreRpd.rpd"] == ["isDeleted": false, "activeVersion": ["versionNumber": 2]])
        }
    }

    @Test("a copy of a review point says the same with the same pictures, and is off")
    func duplicate() async throws {
        try await API.run { api in
            let made = try await mutate(
                api, "duplicateRpd", "rpdId: \"\(Key.rpd(1).id)\"",
                """
                rpd { kind isActive activeVersion {
                  versionNumber title instruction tags ngSubcategory referenceAssets { id }
                } }
                """)
            #expect(
                made["duplicateRpd.rpd"]
                    == [
                        "kind": "GENERAL_NG_REVIEW", "isActive": false,
                        "activeVersion": [
                            "versionNumber": 1, "title": "Point 1 v2 (Copy)", "instruction": "Look at 1.",
                            "tags": ["a", "b"], "ngSubcategory": "CONCRETE_SHAPE",
                            "referenceAssets": [
                                ["id": .string(Key.asset(2).id)], ["id": .string(Key.asset(1).id)],
                            ],
                        ],
                    ])
            let long = try await mutate(
                api, "duplicateRpd", "rpdId: \"\(Key.rpd(1).id)\", title: \"\(String(repeating: "あ", count: 256))\"",
                "rpd { id }")
            #expect(long.problems("duplicateRpd") == ["input.title TOO_LONG"])
        }
    }
}
