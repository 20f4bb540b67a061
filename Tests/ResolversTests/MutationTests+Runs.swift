import Foundation
import JSON
import Testing

@testable import Resolvers

// Reviews with their findings, and exports.
extension MutationTests {
    @Test("a review has one outcome per review point in the order chosen, and waits for a worker")
    func startReview() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "startReview",
                [
                    "subtaskId": id(.subtask(1)),
                    "selection": ["rpdIds": [id(.rpd(3)), id(.rpd(1)), id(.rpd(6))]], "mode": "QUALITY",
                ], "review { id }")
            // Subtask 1 has a running review.
            #expect(response.problems("startReview") == ["input.subtaskId REVIEW_ACTIVE"])
            #expect(response["startReview.review.id"] == id(.review(3)))
            let started = try await mutate(
                api, "startReview",
                [
                    "subtaskId": id(.subtask(5)),
                    "selection": ["rpdIds": [id(.rpd(3)), id(.rpd(1)), id(.rpd(6))]], "mode": "QUALITY",
                ],
                """
                review {
                  version status mode trigger isLatest progress { outcomesTotal outcomesFinished findingCount }
                  outcomes { edges { node { position status rpdVersion { id } } } } startedAt createdBy { id }
                }
                """)
            #expect(started.messages == [])
            #expect(
                started["startReview.review"]
                    == [
                        "version": 1, "status": "PENDING", "mode": "QUALITY", "trigger": "RPD_SELECTION",
                        "isLatest": false,
                        "progress": ["outcomesTotal": 2, "outcomesFinished": 0, "findingCount": 0],
                        // Review point 6 is off.
                        "outcomes": [
                            "edges": [
                                ["node": ["position": 1, "status": "PENDING", "rpdVersion": ["id": id(.version(3))]]],
                                ["node": ["position": 2, "status": "PENDING", "rpdVersion": ["id": id(.version(11))]]],
                            ]
                        ], "startedAt": nil, "createdBy": ["id": id(.user(1))],
                    ])
            #expect(try await api.number("select count(*) from jobs where kind = 'review'") == 1)
        }
    }

    @Test("a request key makes a repeated start the same review, even while it is active")
    func requestKey() async throws {
        try await API.run { api in
            let input: JSONObject = [
                "subtaskId": id(.subtask(5)), "selection": ["rpdIds": [id(.rpd(2))]],
                "requestKey": "7e57d004-2b97-4e7a-b45f-5387367791cd",
            ]
            let first = try await mutate(api, "startReview", input, "review { id mode }")
            let second = try await mutate(api, "startReview", input, "review { id mode }")
            #expect(first["startReview.review.mode"] == "SPEED")
            #expect(first["startReview.review.id"] == second["startReview.review.id"])
            #expect(second.problems("startReview") == [])
        }
    }

    @Test("a wrong selection of review points is told at its place")
    func selectionFaults() async throws {
        try await API.run { api in
            let cases: [(selection: JSONValue, problems: [String])] = [
                (["rpdIds": [id(.rpd(2)), "nonsense"]], ["input.selection.rpdIds.1 NOT_FOUND"]),
                (["rpdIds": [id(.rpd(2)), id(.task(1))]], ["input.selection.rpdIds.1 NOT_FOUND"]),
                (["rpdIds": [id(.rpd(8))]], ["input.selection.rpdIds.0 NOT_FOUND"]),
                (["copyrightCheck": false], ["input.selection.copyrightCheck INVALID"]),
            ]
            for example in cases {
                let response = try await mutate(
                    api, "startReview", ["subtaskId": id(.subtask(5)), "selection": example.selection], "review { id }")
                #expect(response.messages == [])
                #expect(response.problems("startReview") == example.problems)
                #expect(response["startReview.review"] == .null)
            }
            let both = try await mutate(
                api, "startReview",
                ["subtaskId": id(.subtask(5)), "selection": ["rpdIds": [], "copyrightCheck": true]], "review { id }")
            #expect(both.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test("a review keeps which sets it was started with, also when they are gone")
    func chosenSets() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "startReview",
                ["subtaskId": id(.subtask(5)), "selection": ["reviewSetIds": [id(.reviewSet(1))]]],
                "review { id trigger reviewSets { name reviewSet { id name } } }")
            #expect(response.problems("startReview") == [])
            let name = try #require(response["startReview.review.reviewSets"]?.array?.first?["name"])
            #expect(
                response["startReview.review.reviewSets"] == [
                    ["name": name, "reviewSet": ["id": id(.reviewSet(1)), "name": name]]
                ])
            #expect(response["startReview.review.trigger"] == "RPD_SELECTION")
            _ = try await mutate(
                api, "deleteReviewSet", ["reviewSetId": id(.reviewSet(1))], "deletedReviewSetId")
            try await api.sql(
                """
                update reviews
                set review_set_ids = review_set_ids || gen_random_uuid(), review_set_names = review_set_names || 'Last'::text
                where cardinality(review_set_ids) = 1
                """)
            let later = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on Review { reviewSets { name reviewSet { id } } } } }",
                ["id": try #require(response["startReview.review.id"])])
            #expect(
                later["node.reviewSets"] == [
                    ["name": name, "reviewSet": nil], ["name": "Last", "reviewSet": nil],
                ])
            let other = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on BatchJob { reviewSets { name } } } }",
                ["id": id(.batchJob(1))])
            #expect(other["node.reviewSets"] == [])
        }
    }

    @Test("a running review is cancelled with its outcomes; one that has ended stays as it was")
    func cancelReview() async throws {
        try await API.run { api in
            let response = try await mutate(
                api, "cancelReview", ["reviewId": id(.review(3))],
                "review { status finishedAt outcomes { edges { node { status } } } subtask { activeReview { id } latestReview { id } } }"
            )
            #expect(response["cancelReview.review.status"] == "CANCELLED")
            #expect(response["cancelReview.review.finishedAt"] != .null)
            #expect(
                response["cancelReview.review.outcomes.edges"]
                    == [["node": ["status": "CANCELLED"]], ["node": ["status": "CANCELLED"]]])
            #expect(response["cancelReview.review.subtask.activeReview"] == .null)
            #expect(response["cancelReview.review.subtask.latestReview.id"] == id(.review(2)))
            for (review, status) in [(2, "COMPLETED"), (4, "FAILED"), (5, "CANCELLED")] {
                let ended = try await mutate(
                    api, "cancelReview", ["reviewId": id(.review(review))], "review { status }")
                #expect(ended["cancelReview.review.status"] == .string(status))
                #expect(ended.problems("cancelReview") == [])
            }
        }
    }

    @Test("a finding is held and let go; a later field of the operation sees what an earlier one did")
    func holdFinding() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                mutation($id: ID!) {
                  a: holdFinding(input: { findingId: $id, isHeld: true }) { finding { isHeld } }
                  b: holdFinding(input: { findingId: $id, isHeld: false }) { finding { isHeld } }
                  c: holdFinding(input: { findingId: $id, isHeld: true }) { finding { isHeld } userErrors { code } }
                }
                """, ["id": id(.finding(2))])
            #expect(
                response.text
                    == #"{"data":{"a":{"finding":{"isHeld":true}},"b":{"finding":{"isHeld":false}},"c":{"finding":{"isHeld":true},"userErrors":[]}}}"#
            )
        }
    }

    // MARK: Exports

    @Test("an export waits for a worker and says what it is to show; an empty task has nothing to export")
    func startExport() async throws {
        try await API.run { api in
            var input: JSONObject = [
                "taskIds": [id(.task(3)), id(.task(1))], "requestKey": "7e57d004-2b97-4e7a-b45f-5387367791cd",
                "options": [
                    "hasSolvedAnnotations": true, "severities": ["RISK"], "findingStatuses": ["ACCEPTED", "PENDING"],
                    "contentVersions": "ALL",
                ],
            ]
            let first = try await mutate(
                api, "startExport", input,
                """
                export { id format status slidesTotal asset { id } tasks { id } options {
                  hasAnnotations hasSolvedAnnotations hasAiAnnotations hasFindings severities isHeldOnly
                  findingStatuses contentVersions layout
                } }
                """)
            #expect(first["startExport.export.tasks"] == [["id": id(.task(3))], ["id": id(.task(1))]])
            #expect(
                first["startExport.export.options"] == [
                    "hasAnnotations": true, "hasSolvedAnnotations": true, "hasAiAnnotations": false,
                    "hasFindings": true, "severities": ["RISK"], "isHeldOnly": false,
                    "findingStatuses": ["ACCEPTED", "PENDING"], "contentVersions": "ALL", "layout": "REPORT",
                ])
            #expect(first["startExport.export.status"] == "PENDING")
            #expect(first["startExport.export.format"] == "PPTX")
            #expect(first["startExport.export.asset"] == .null)
            let again = try await mutate(api, "startExport", input, "export { id }")
            #expect(again["startExport.export.id"] == first["startExport.export.id"])
            input["options"] = [:]
            let other = try await mutate(api, "startExport", input, "export { id }")
            #expect(other.problems("startExport") == ["input.requestKey CONFLICT"])
            try await api.sql("update subtasks set deleted_at = now(), position = null")
            let nothing = try await mutate(api, "startExport", ["taskIds": [id(.task(3))]], "export { id }")
            #expect(nothing.problems("startExport") == ["input.taskIds NOTHING_TO_EXPORT"])
            #expect(nothing["startExport.export"] == .null)
        }
    }

    @Test("an export is of one to a hundred tasks of one project that its person sees")
    func exportedTasks() async throws {
        try await API.run { api in
            let ids = (1...101).map { JSONValue.string(Key.task($0 + 100).id) }
            let cases: [([JSONValue], problems: [String], codes: [String])] = [
                ([], ["input.taskIds REQUIRED"], []), (ids, ["input.taskIds TOO_LONG"], []),
                ([id(.task(1)), id(.task(5))], [], ["NOT_FOUND"]), ([id(.task(1)), id(.task(999))], [], ["NOT_FOUND"]),
                ([id(.task(1)), id(.project(1))], [], ["NOT_FOUND"]), ([id(.task(1)), id(.task(1))], [], []),
            ]
            for (tasks, problems, codes) in cases {
                let response = try await mutate(
                    api, "startExport", ["taskIds": .array(tasks)], "export { tasks { id } }")
                #expect(response.codes == codes)
                #expect(response.problems("startExport") == problems)
                if problems + codes == [] { #expect(response["startExport.export.tasks"] == [["id": id(.task(1))]]) }
            }
            // The person sees both projects; one export does not reach over both.
            try await api.sql(
                """
                insert into project_members (project_id, user_id)
                values (\(Key.project(3).sql), \(Key.user(1).sql))
                """)
            let response = try await mutate(
                api, "startExport", ["taskIds": [id(.task(1)), id(.task(5))]], "export { id }")
            #expect(response.problems("startExport") == ["input.taskIds.1 NOT_FOUND"])
        }
    }

    @Test("a waiting export is cancelled; one that has ended stays as it was")
    func cancelExport() async throws {
        try await API.run { api in
            for (export, status) in [(3, "CANCELLED"), (1, "COMPLETED"), (2, "FAILED")] {
                let response = try await mutate(
                    api, "cancelExport", ["exportId": id(.export(export))], "export { status }")
                #expect(response["cancelExport.export.status"] == .string(status))
            }
        }
    }
}
