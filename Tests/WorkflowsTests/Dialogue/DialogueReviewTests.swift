import Clients
import Database
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Reviews of texts", .timeLimit(.minutes(15)))
struct DialogueReviewTests {
    private static let table: JSONValue = ["A": ["A": "me", "B": "B-san"], "B": ["A": "A-chan", "B": "I"]]

    @Test("rule 26: a text review has one finding for each line, and never changes the file")
    func review() async throws {
        try await withText("A: Hello B-san.\n\nB: A-san!\nC: Who?\nB：big brother A\n") { stage in
            let rule = SpecialRule(speaker: "B", target: "A", alias: "big brother", conditions: ["only in episode 3"])
            let point = try await stage.rpd(
                "TEXT_REVIEW", RpdContent(title: "Words", appellations: Self.table, specialRules: [rule]))
            let other = try await stage.rpd("VISUAL_REVIEW", RpdContent(title: "Eyes"))
            let bare = try await stage.rpd("TEXT_REVIEW", RpdContent(title: "Bare"))
            let before = try await stage.file()
            let id = try await stage.run([point, other, bare])
            let findings = try await stage.world.pool.query(
                """
                select line_number, severity, tag, area_x is null and image_width is null
                from findings
                where review_id = \(id)
                order by line_number
                """)
            #expect(findings.map { "\($0.int(0)) \($0.string(1))" } == ["1 SAFE", "3 RISK", "4 ALERT", "5 ALERT"])
            #expect(findings.allSatisfy { $0.string(2) == "speaker_check" && $0.bool(3) })
            let outcomes = try await stage.world.pool.query(
                """
                select concat_ws(' ', status, error_code, model_name)
                from review_outcomes
                where review_id = \(id)
                order by position
                """)
            #expect(
                outcomes.map { $0.string(0) } == [
                    "OK dialogue-1", "SKIPPED_IRRELEVANT dialogue-1", "ERROR NO_APPELLATIONS dialogue-1",
                ])
            #expect(try await stage.file() == before)
            #expect(try await stage.world.text("select status from reviews where id = \(id)") == "COMPLETED")
        }
    }

    @Test("a text without spoken lines is not called right, and one that is gone fails the review")
    func nothing() async throws {
        try await withText("Nobody says anything.\n") { stage in
            let point = try await stage.rpd("TEXT_REVIEW", RpdContent(title: "Words", appellations: Self.table))
            let id = try await stage.run([point])
            #expect(
                try await stage.world.text("select status from review_outcomes where review_id = \(id)")
                    == "SKIPPED_IRRELEVANT")
            try await stage.objects.delete(try ObjectKey(stage.key))
            await #expect(throws: JobFailure.self) { _ = try await stage.run([point]) }
        }
    }

    @Test("a version of a text is a text, and tables belong to text reviews only; a copy keeps the table")
    func refusals() async throws {
        try await withText("A: Hello.\n") { stage in
            let picture = try await stage.world.picture()
            #expect(
                await problems {
                    _ = try await SubtaskStore(pool: stage.world.pool).addContent(
                        viewer: stage.world.member, subtaskID: stage.subtaskID, assetID: picture)
                } == ["assetId: INVALID"])
            let rules = [SpecialRule(speaker: "A", target: " ", alias: "B", conditions: [""])]
            #expect(
                await problems {
                    _ = try await stage.rpd(
                        "VISUAL_REVIEW", RpdContent(title: "Eyes", appellations: Self.table, specialRules: rules))
                } == [
                    "content.specialRules.0.target: REQUIRED", "content.specialRules.0.conditions.0: REQUIRED",
                    "content.appellations: INVALID", "content.specialRules: INVALID",
                ])
            #expect(
                await problems {
                    _ = try await stage.rpd("TEXT_REVIEW", RpdContent(title: "Words", appellations: ["A": "B"]))
                } == ["content.appellations: INVALID"])
            let point = try await stage.rpd("TEXT_REVIEW", RpdContent(title: "Words", appellations: Self.table))
            let copy = try await RpdStore(pool: stage.world.pool).duplicate(
                viewer: stage.world.member, rpdID: point, title: nil)
            #expect(
                try await stage.world.count(
                    """
                    select count(distinct appellations)
                    from rpd_versions
                    where rpd_id = any(\([point, copy]))
                    and appellations is not null
                    """) == 1)
            #expect(
                await problems {
                    _ = try await AnalysisStore(pool: stage.world.pool).start(
                        viewer: stage.world.member, subtaskID: stage.subtaskID, kind: .objects)
                } == ["subtaskId: INVALID"])
        }
    }
}

private struct TextStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let key: String
    let subtaskID: UUID

    func rpd(_ kind: String, _ content: RpdContent) async throws -> UUID {
        try await RpdStore(pool: world.pool).create(
            viewer: world.member, projectID: world.projectID, kind: kind, content: content, isActive: true
        ).rpdID
    }

    /// Starts a review, does it, and gives its id.
    func run(_ rpds: [UUID]) async throws -> UUID {
        let started = try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: subtaskID, selection: .rpds(rpds), mode: "SPEED")
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.review], worker: "test/1", lease: .seconds(60), limit: 1)
        try await ReviewRun(pool: world.pool, objects: objects, model: LocalReviewModel()).run(try #require(jobs.first))
        return started.reviewID
    }

    /// The file's bytes, and how many versions and files there are.
    func file() async throws -> String {
        let counts = try #require(
            try await world.pool.query("select (select count(*) from assets), (select count(*) from subtask_contents)")
                .first)
        let text = String(decoding: try await objects.get(try ObjectKey(key)), as: UTF8.self)
        return "\(counts.int(0)) \(counts.int(1)) \(text)"
    }
}

private func withText(_ text: String, _ body: @escaping @Sendable (TextStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let key = "texts/\(UUID().text)"
            try await objects.put(.bytes(Array(text.utf8)), at: try ObjectKey(key))
            let asset = try await pool.query(
                """
                insert into assets (project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256)
                values (
                    \(world.projectID), 'SUBTASK_CONTENT', 'READY', 'a.txt', 'text/plain', 1, \(key),
                    \(String(repeating: "0", count: 64))
                )
                returning id
                """)
            let tasks = TaskStore(pool: pool)
            let taskID = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Script"))
            let subtaskID = try await tasks.createSubtask(
                viewer: world.member, taskID: taskID, name: "Episode 1", description: "",
                assetID: try #require(asset.first).uuid(0))
            try await body(TextStage(world: world, objects: objects, key: key, subtaskID: subtaskID))
        }
    }
}
