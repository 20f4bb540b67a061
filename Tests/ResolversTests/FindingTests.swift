import Foundation
import JSON
import Testing

@testable import Resolvers

/// What people make of findings and review points.
///
/// Rules are those of the domain's acceptance list.
@Suite("Findings and review points", .timeLimit(.minutes(15)))
struct FindingTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private func place(_ review: Key, _ version: Key) -> String {
        "reviewId: \"\(review.id)\", rpdVersionId: \"\(version.id)\""
    }

    private func finding(_ number: Int) -> String { "findingId: \"\(Key.finding(number).id)\"" }

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

    @Test("a finding is promoted once, and its entry outlives the material with all that it says")
    func promotion() async throws {
        try await API.run { api in
            // Nothing else has the file that is looked at.
            let file = Key.asset(60)
            try await api.sql(
                """
                insert into assets (
                    id, project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256
                )
                select \(file.sql), project_id, purpose, state, file_name, media_type, byte_count, 'files/60', width, height,
                    sha256
                from assets
                where id = \(Key.asset(2).sql)
                """)
            try await api.sql(
                "update subtask_contents set asset_id = \(file.sql) where id = \(Key.content(11).sql)")
            let area = "area: { x: 0.5, y: 0.25, width: 0.25, height: 0.5 }"
            _ = try await mutate(
                api, "updateFinding", "\(finding(5)), description: \"Wrong eyes\", suggestion: \"Redraw\", \(area)",
                "finding { id }")
            let said = """
                description severity suggestion rpdTitle rpdVersionNumber notes tags asset { id }
                area { imageWidth normalized { x y width height } }
                """
            let promoted = try await mutate(
                api, "promoteFinding", "\(finding(5)), notes: \"Mind the eyes\", tags: [\"eyes\"]",
                "promotion { \(said) finding { promotion { notes } rpdVersion { title versionNumber } } }")
            let entry = try #require(promoted["promoteFinding.promotion"])
            #expect(entry["finding"]?["promotion"]?["notes"] == "Mind the eyes")
            #expect(entry["description"] == "Wrong eyes")
            #expect(entry["suggestion"] == "Redraw")
            #expect(entry["severity"] == "RISK")
            #expect(entry["asset"]?["id"] == .string(file.id))
            #expect(entry["area"]?["normalized"] == ["x": 0.5, "y": 0.25, "width": 0.25, "height": 0.5])
            #expect(entry["rpdTitle"] == entry["finding"]?["rpdVersion"]?["title"])
            #expect(entry["rpdVersionNumber"] == entry["finding"]?["rpdVersion"]?["versionNumber"])
            let again = try await mutate(api, "promoteFinding", finding(5), "promotion { id }")
            #expect(again.problems("promoteFinding") == ["input.findingId DUPLICATE"])
            for statement in ["update tasks set deleted_at = now()", "delete from tasks"] {
                try await api.sql("\(statement) where id = \(Key.task(1).sql)")
                let list = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") {
                      promotedFindings(first: 1) { edges { node { \(said) finding { id } } } }
                    } }
                    """)
                let left = list["project.promotedFindings.edges"]?.array?.first?["node"]
                #expect(left?["finding"] == .null, "\(statement)")
                for name in ["description", "severity", "suggestion", "rpdTitle", "rpdVersionNumber", "asset", "area"] {
                    #expect(left?[name] == entry[name], "\(statement): \(name)")
                }
            }
        }
    }

    @Test("an entry of the knowledge is changed by whoever saw it last, and taken back with its finding left")
    func knowledge() async throws {
        try await API.run { api in
            let entry = "promotedFindingId: \"\(Key.promotion(1).id)\""
            let selection = "promotion { notes tags description updatedAt }"
            let noted = try await mutate(api, "updatePromotedFinding", "\(entry), notes: \"Mind it\"", selection)
            #expect(noted["updatePromotedFinding.promotion.notes"] == "Mind it")
            #expect(noted["updatePromotedFinding.promotion.tags"] == ["a"])
            let tagged = try await mutate(
                api, "updatePromotedFinding", "\(entry), tags: [\" eyes \"]", selection, as: .partner)
            #expect(tagged["updatePromotedFinding.promotion.notes"] == "Mind it")
            #expect(tagged["updatePromotedFinding.promotion.tags"] == ["eyes"])
            let seen = noted["updatePromotedFinding.promotion.updatedAt"]?.string ?? ""
            let late = try await mutate(
                api, "updatePromotedFinding",
                "\(entry), notes: \"\(String(repeating: "x", count: 5001))\", tags: [\"\"], expectedUpdatedAt: \"\(seen)\"",
                selection)
            #expect(
                late.problems("updatePromotedFinding") == [
                    "input.notes TOO_LONG", "input.tags.0 REQUIRED", "input.expectedUpdatedAt CONFLICT",
                ])
            #expect(late["updatePromotedFinding.promotion.notes"] == "Mind it")
            let deleted = try await mutate(api, "deletePromotedFinding", entry, "deletedPromotedFindingId")
            #expect(deleted["deletePromotedFinding.deletedPromotedFindingId"] == .string(Key.promotion(1).id))
            let again = try await mutate(api, "deletePromotedFinding", entry, "deletedPromotedFindingId")
            #expect(again.codes == ["NOT_FOUND"])
            let promoted = try await mutate(api, "promoteFinding", finding(2), "promotion { description }")
            #expect(promoted["promoteFinding.promotion.description"] == "Finding 2 「監修」")
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
