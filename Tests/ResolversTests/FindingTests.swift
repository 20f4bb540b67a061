import Foundation
import JSON
import Testing

@testable import Resolvers

/// What people make of findings and review points.
///
/// Rules are those of the domain's acceptance list.
@Suite("Findings and review points", .timeLimit(.minutes(15)))
struct FindingTests {
    func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    func place(_ review: Key, _ version: Key) -> String {
        "reviewId: \"\(review.id)\", rpdVersionId: \"\(version.id)\""
    }

    func finding(_ number: Int) -> String { "findingId: \"\(Key.finding(number).id)\"" }

    @Test("rule 25: a change of text, severity or box keeps what the AI said, and who changed it")
    func revisions() async throws {
        try await API.run { api in
            let selection = """
                finding { description severity suggestion isEdited isByAi area { normalized { x y width height } }
                  revisions { edges { node { number description severity createdBy { id } area { x } } } } }
                """
            let untouched = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on Finding { isEdited } } }", ["id": .string(Key.finding(3).id)])
            #expect(untouched["node.isEdited"] == false)
            let box = "area: { x: 0.5, y: 0.25, width: 0.25, height: 0.5 }"
            let changed = try await mutate(
                api, "updateFinding", "\(finding(3)), severity: RISK, suggestion: \"Redraw\", \(box)", selection,
                as: .partner)
            #expect(changed.problems("updateFinding") == [])
            #expect(
                changed["updateFinding.finding"]
                    == [
                        "description": "Finding 3 「監修」", "severity": "RISK", "suggestion": "Redraw", "isEdited": true,
                        "isByAi": true,
                        "area": ["normalized": ["x": 0.5, "y": 0.25, "width": 0.25, "height": 0.5]],
                        "revisions": [
                            "edges": [
                                [
                                    "node": [
                                        "number": 1, "description": "Finding 3 「監修」", "severity": "ALERT",
                                        "createdBy": ["id": .string(Key.user(3).id)], "area": nil,
                                    ]
                                ]
                            ]
                        ],
                    ])
            let cleared = try await mutate(
                api, "updateFinding", "\(finding(3)), suggestion: null, area: null, description: \"Other\"", selection)
            #expect(cleared["updateFinding.finding.suggestion"] == .null)
            #expect(cleared["updateFinding.finding.area"] == .null)
            #expect(cleared["updateFinding.finding.revisions.edges"]?.array?.count == 2)
            for (input, problem) in [
                ("description: \"  \"", "input.description REQUIRED"),
                ("area: { x: 0.9, y: 0, width: 0.2, height: 1 }", "input.area INVALID"),
                ("expectedUpdatedAt: \"2026-01-01T00:00:00Z\"", "input.expectedUpdatedAt CONFLICT"),
            ] {
                let refused = try await mutate(api, "updateFinding", "\(finding(3)), \(input)", selection)
                #expect(refused.problems("updateFinding") == [problem])
                #expect(refused["updateFinding.finding.description"] == "Other")
            }
        }
    }

    @Test("rule 25: a change to what a finding says already is none: no revision, no event, no moment of change")
    func unchanged() async throws {
        try await API.run { api in
            let says = """
                description: "Finding 2 「監修」", severity: RISK, suggestion: "Redraw it.",
                area: { x: 0.25, y: 0.5, width: 0.5, height: 0.25 }
                """
            let state = "finding { updatedAt revisions { totalCount } }"
            let before = try await api.execute(
                "query($id: ID!) { finding: node(id: $id) { ... on Finding { updatedAt revisions { totalCount } } } }",
                ["id": .string(Key.finding(2).id)])
            #expect(before["finding.revisions.totalCount"] == 2)
            let events = "select count(*) from events where kind = 'finding-changed'"
            let told = try await api.number(events)
            for input in [says, "", "suggestion: \"Redraw it.\""] {
                let same = try await mutate(api, "updateFinding", "\(finding(2)), \(input)", state)
                #expect(same.problems("updateFinding") == [])
                #expect(same["updateFinding.finding"] == before["finding"], "\(input)")
            }
            #expect(try await api.number(events) == told)
            let changed = try await mutate(
                api, "updateFinding", "\(finding(2)), area: { x: 0.25, y: 0.5, width: 0.5, height: 0.5 }", state)
            #expect(changed["updateFinding.finding.revisions.totalCount"] == 3)
            #expect(try await api.number(events) > told)
        }
    }

    @Test("the times of a finding about a video can be changed inside of it, and its revisions keep the old ones")
    func changedTimes() async throws {
        try await API.run { api in
            try await api.sql(
                "update assets set media_type = 'video/mp4', duration_seconds = 4 where id = \(Key.asset(2).sql)")
            try await api.sql(
                "update findings set start_seconds = 1, end_seconds = 2 where id = \(Key.finding(3).sql)")
            let selection = """
                finding { startSeconds endSeconds revisions(first: 1) { edges { node { startSeconds endSeconds } } } }
                """
            for (times, expected, kept) in [
                ("startSeconds: 1.5", [1.5, 2], [1, 2]), ("endSeconds: 3", [1.5, 3], [1.5, 2]),
                ("endSeconds: null", [1.5, 1.5], [1.5, 3]), ("startSeconds: null", [nil, nil], [1.5, 1.5]),
                ("startSeconds: 2", [2, 2], [nil, nil]), ("startSeconds: 0.5, endSeconds: 4.0005", [0.5, 4], [2, 2]),
            ] as [(String, [Double?], [Double?])] {
                let changed = try await mutate(api, "updateFinding", "\(finding(3)), \(times)", selection)
                #expect(changed.problems("updateFinding") == [], "\(times)")
                let now = changed["updateFinding.finding"]
                #expect(["startSeconds", "endSeconds"].map { now?[$0]?.double } == expected, "\(times)")
                let revision = changed["updateFinding.finding.revisions.edges.0.node"]
                #expect(["startSeconds", "endSeconds"].map { revision?[$0]?.double } == kept, "\(times)")
            }
            for (times, problem) in [
                ("startSeconds: 4.1, endSeconds: 4.2", "startSeconds OUTSIDE_DURATION"),
                ("startSeconds: -1", "startSeconds INVALID"), ("endSeconds: 0.25", "endSeconds INVALID"),
                ("startSeconds: null, endSeconds: 1", "endSeconds INVALID"),
            ] {
                let refused = try await mutate(api, "updateFinding", "\(finding(3)), \(times)", selection)
                #expect(refused.problems("updateFinding").contains("input.\(problem)"), "\(times)")
                #expect(refused["updateFinding.finding.startSeconds"] == 0.5)
            }
        }
    }

    @Test("a person's finding about a video has times inside of it")
    func times() async throws {
        try await API.run { api in
            let outcome = "\(place(.review(2), .version(11))), description: \"Mine\", severity: ALERT"
            let selection = "finding { startSeconds endSeconds }"
            let still = try await mutate(api, "createFinding", "\(outcome), startSeconds: 1", selection)
            #expect(still.problems("createFinding") == ["input.startSeconds INVALID"])
            try await api.sql(
                """
                update assets
                set media_type = 'video/mp4', duration_seconds = 4
                where id in (
                    select contents.asset_id
                    from subtask_contents as contents
                    join reviews on reviews.content_id = contents.id
                    where reviews.id = \(Key.review(2).sql)
                )
                """)
            for (times, expected) in [
                ("startSeconds: 1.5, endSeconds: 4.0005", [1.5, 4]), ("startSeconds: 2", [2, 2]), ("", [nil, nil]),
            ] as [(String, [Double?])] {
                let made = try await mutate(api, "createFinding", "\(outcome), \(times)", selection)
                let finding = made["createFinding.finding"]
                #expect(["startSeconds", "endSeconds"].map { finding?[$0]?.double } == expected, "\(times)")
            }
            for (times, problem) in [
                ("startSeconds: 4.1", "startSeconds OUTSIDE_DURATION"), ("startSeconds: -1", "startSeconds INVALID"),
                ("endSeconds: 1", "endSeconds INVALID"), ("startSeconds: 2, endSeconds: 1", "endSeconds INVALID"),
            ] {
                let refused = try await mutate(api, "createFinding", "\(outcome), \(times)", selection)
                #expect(refused.problems("createFinding") == ["input.\(problem)"], "\(times)")
            }
        }
    }

    @Test("a person's finding stands beside the AI's, or once in the place of one of them")
    func override() async throws {
        try await API.run { api in
            let outcome = "\(place(.review(2), .version(11))), description: \"Mine\", severity: ALERT"
            let overriding = "\(outcome), overridesId: \"\(Key.finding(2).id)\""
            let made = try await mutate(
                api, "createFinding", overriding,
                "finding { id isByAi status createdBy { id } overrides { id overriddenBy { description } } rpdVersion { id } }"
            )
            #expect(
                made["createFinding.finding.overrides"]
                    == ["id": .string(Key.finding(2).id), "overriddenBy": ["description": "Mine"]])
            #expect(made["createFinding.finding.isByAi"] == false)
            #expect(made["createFinding.finding.status"] == "ACCEPTED")
            #expect(made["createFinding.finding.rpdVersion.id"] == .string(Key.version(11).id))
            let again = try await mutate(api, "createFinding", overriding, "finding { id }")
            #expect(again.problems("createFinding") == ["input.overridesId DUPLICATE"])
            for other in [Key.finding(5), .finding(6)] {
                let foreign = try await mutate(
                    api, "createFinding", "\(outcome), overridesId: \"\(other.id)\"", "finding { id }")
                #expect(foreign.problems("createFinding") == ["input.overridesId NOT_FOUND"])
            }
            let running = try await mutate(
                api, "createFinding", "\(place(.review(3), .version(11))), description: \"x\", severity: SAFE",
                "finding { id }")
            #expect(running.problems("createFinding") == ["input.reviewId CONFLICT"])
            let lists = try await api.execute(
                """
                query($id: ID!) { review(id: $id) {
                  people: findings(filter: { isByAi: false, statuses: [ACCEPTED] }) { edges { node { description } } }
                  kinds: findings(filter: { rpdKinds: [VISUAL_REVIEW] }) { edges { node { id } } }
                } }
                """, ["id": .string(Key.review(2).id)])
            #expect(lists["review.people.edges"] == [["node": ["description": "Mine"]]])
            #expect(lists.ids("review.kinds") == [Key.finding(5).id])
        }
    }

    @Test("a person's finding about a review point that no run has checked gets an outcome that says so")
    func manual() async throws {
        try await API.run { api in
            let progress = """
                { review(id: "\(Key.review(2).id)") { progress { outcomesTotal outcomesFinished findingCount } } }
                """
            let before = try await api.execute(progress)
            let found = "\(place(.review(2), .version(6))), description: \"Mine\", severity: ALERT"
            let selection = "finding { outcome { id status position startedAt modelName rpdVersion { id } } }"
            var outcomes: [JSONValue?] = []
            for _ in 1...2 {
                let made = try await mutate(api, "createFinding", found, selection, as: .partner)
                #expect(made.problems("createFinding") == [])
                outcomes.append(made["createFinding.finding.outcome"])
            }
            #expect(outcomes[0] == outcomes[1], "both are of one outcome")
            let outcome = outcomes[0]
            #expect(outcome?["status"] == "MANUAL" && outcome?["position"] == 6)
            #expect(outcome?["startedAt"] == .null && outcome?["modelName"] == .null)
            #expect(outcome?["rpdVersion"]?["id"] == .string(Key.version(6).id))
            // What the AI was asked for is as much as before.
            let after = try await api.execute(progress)
            for count in ["outcomesTotal", "outcomesFinished"] {
                #expect(after["review.progress.\(count)"] == before["review.progress.\(count)"])
            }
            #expect(after["review.progress.findingCount"] == 6)
            try await api.sql("update rpds set deleted_at = now() where id = \(Key.rpd(3).sql)")
            for version in [Key.version(3), .version(8), .finding(1)] {
                let refused = try await mutate(
                    api, "createFinding", "\(place(.review(2), version)), description: \"x\", severity: SAFE",
                    selection)
                #expect(refused.problems("createFinding") == ["input.rpdVersionId NOT_FOUND"], "\(version)")
            }
        }
    }

    @Test("what people think of a finding is told to those who watch the task, once for each real change")
    func status() async throws {
        try await API.run { api in
            let watch = try await Watch(
                api,
                """
                subscription($id: ID!) { taskEvents(taskId: $id) {
                  ... on FindingChanged { change finding { status isHeld } subtask { id } }
                } }
                """, .task(1))
            for _ in 1...2 {
                let set = try await mutate(
                    api, "setFindingStatus", "\(finding(2)), status: REJECTED", "finding { status }")
                #expect(set["setFindingStatus.finding.status"] == "REJECTED")
            }
            _ = try await mutate(api, "holdFinding", "\(finding(2)), isHeld: true", "finding { isHeld }")
            let subtask: JSONValue = ["id": .string(Key.subtask(1).id)]
            for _ in 1...2 {
                let event = try await watch.next()?["taskEvents"]
                #expect(event?["change"] == "UPDATED")
                #expect(event?["subtask"] == subtask)
                #expect(event?["finding"]?["status"] == "REJECTED")
            }
            watch.cancel()
            #expect(try await api.number("select count(*) from events where kind = 'finding-changed'") == 4)
        }
    }

    @Test("rule 24: held findings of earlier reviews are listed, newest first, until they are let go")
    func held() async throws {
        try await API.run { api in
            func held() async throws -> [String] {
                try await api.execute(
                    "{ subtask(id: \"\(Key.subtask(1).id)\") { heldFindings { edges { node { id } } } } }"
                ).ids("subtask.heldFindings")
            }
            // Finding 3 is held, too, but is one of the latest review's own.
            #expect(try await held() == [Key.finding(1).id])
            _ = try await mutate(api, "holdFinding", "\(finding(1)), isHeld: false", "finding { isHeld }")
            #expect(try await held() == [])
            // A run behind the latest one that ended badly shows its findings nowhere else.
            for status in ["FAILED", "CANCELLED"] {
                try await api.sql(
                    """
                    update reviews
                    set status = '\(status)', error_code = \(status == "FAILED" ? "'AI_DOWN'" : "null"), finished_at = now()
                    where id = \(Key.review(2).sql)
                    """)
                #expect(try await held() == [Key.finding(3).id], "\(status)")
            }
            try await api.sql(
                "update reviews set status = 'CANCELLED', finished_at = now() where id = \(Key.review(1).sql)")
            #expect(try await held() == [Key.finding(3).id], "without any that has completed")
        }
    }
}
