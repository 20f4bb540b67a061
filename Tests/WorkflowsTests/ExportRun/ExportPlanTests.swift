import Database
import Foundation
import Testing

@testable import Workflows

/// What an export shows by its options.
@Suite struct ExportPlanTests {
    private func annotate(
        _ stage: ExportStage, _ text: String, by viewer: UUID? = nil, parent: UUID? = nil,
        content: AnnotationContent? = nil
    ) async throws -> UUID {
        try await AnnotationStore(pool: stage.world.pool).create(
            viewer: viewer ?? stage.world.member, subtaskID: stage.subtaskIDs[0], parentID: parent,
            content: content ?? AnnotationContent(text: text))
    }

    private func plan(_ stage: ExportStage, _ options: ExportOptions) async throws -> ExportPlan {
        let pool = stage.world.pool
        let started = try await ExportStore(pool: pool).start(
            viewer: stage.world.member, ExportStore.Request(taskIDs: [stage.taskID], options: options))
        return try await pool.withTransaction { transaction in
            try await ExportPlanReader.plan(started.exportID, runToken: UUID(), in: transaction)
        }
    }

    private func texts(_ plan: ExportPlan) -> [[String]] {
        plan.parts[0].pages[0].threads.map { $0.comment.posts.map(\.text) }
    }

    @Test("threads have their answers below them; solved ones and the AI's are there if asked for")
    func threads() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            let first = try await annotate(stage, "first")
            let solved = try await annotate(stage, "solved")
            _ = try await annotate(stage, "answer 1", parent: first)
            _ = try await annotate(stage, "answer to solved", parent: solved)
            _ = try await annotate(stage, "answer 2", parent: first)
            try await AnnotationStore(pool: pool).setSolved(
                viewer: stage.world.member, annotationID: solved, isSolved: true)
            let machine = try await annotate(stage, "by a machine")
            _ = try await pool.query(
                "update annotations set is_by_ai = true, created_by = null where id = \(machine)")
            let deleted = try await annotate(stage, "deleted")
            _ = try await annotate(stage, "answer to deleted", parent: deleted)
            try await AnnotationStore(pool: pool).delete(viewer: stage.world.member, annotationID: deleted)
            let thread = ["first", "answer 1", "answer 2"]
            #expect(try await texts(plan(stage, ExportOptions())) == [thread])
            #expect(
                try await texts(plan(stage, ExportOptions(hasSolvedAnnotations: true))) == [
                    thread, ["solved", "answer to solved"],
                ])
            #expect(
                try await texts(plan(stage, ExportOptions(hasAIAnnotations: true))) == [thread, ["by a machine"]])
            #expect(
                try await texts(plan(stage, ExportOptions(hasAnnotations: false, hasAIAnnotations: true))) == [
                    ["by a machine"]
                ])
            #expect(try await texts(plan(stage, ExportOptions(hasAnnotations: false))) == [])
            let shown = try await plan(stage, ExportOptions(hasSolvedAnnotations: true)).parts[0].pages[0].threads
            #expect(shown.map(\.comment.number) == [1, 2] && shown.map(\.comment.isSolved) == [false, true])
            #expect(shown[0].comment.post.author == "M" && shown[0].comment.post.date.hasSuffix(" UTC"))
        }
    }

    @Test("an annotation keeps its shape, place, colour, time, drawing and picture")
    func annotation() async throws {
        try await withExport { stage in
            let attached = try await stage.world.picture(key: "pictures/second-2", width: 12, height: 34)
            let drawing = #"{"objects": [{"type": "line", "x1": 64, "y1": 48, "x2": 320, "y2": 240}]}"#
            _ = try await annotate(
                stage, "",
                content: AnnotationContent(
                    text: "look", shape: "ARROW", area: .init(x: 0.1, y: 0.2, width: 0.3, height: 0.4),
                    color: "#ff8800", drawing: Array(drawing.utf8), attachmentID: attached))
            // Only videos have times, and this material is none.
            _ = try await stage.world.pool.query("update annotations set start_seconds = 72.4, end_seconds = 75")
            let thread = try #require(try await plan(stage, ExportOptions()).parts[0].pages[0].threads.first)
            let comment = thread.comment
            #expect(comment.shape == .arrow && comment.colour == "FF8800" && comment.time == "1:12–1:15")
            #expect(comment.box == .init(x: 0.1, y: 0.2, width: 0.3, height: 0.4))
            #expect(comment.drawing?.strokes.first?.points == [.init(x: 0.1, y: 0.1), .init(x: 0.5, y: 0.5)])
            #expect(thread.attachments.map { $0?.objectKey } == ["pictures/second-2"])
            #expect(thread.attachments[0]?.size.height == 34)
        }
    }

    @Test("samples and overlays say what they lay over the picture, and a sample its colours in words")
    func layers() async throws {
        try await withExport { stage in
            let attached = try await stage.world.picture(key: "pictures/second-2", width: 12, height: 34)
            let area = AnnotationContent.Area(x: 0.1, y: 0.2, width: 0.3, height: 0.4)
            _ = try await annotate(
                stage, "",
                content: AnnotationContent(
                    text: "skin", shape: "COLOR_SAMPLE", area: area, sampledColor: "#ff8800", referenceColor: "#ffaa00")
            )
            _ = try await annotate(
                stage, "",
                content: AnnotationContent(
                    text: "", shape: "PICTURE_OVERLAY", area: area, attachmentID: attached, opacity: 0.5))
            let comments = try await plan(stage, ExportOptions()).parts[0].pages[0].threads.map(\.comment)
            #expect(
                comments.map(\.layer) == [.colours(sampled: "#ff8800", reference: "#ffaa00"), .picture(opacity: 0.5)])
            #expect(comments.map(\.post.text) == ["skin\n#ff8800 → #ffaa00", ""])
        }
    }

    @Test("findings are chosen by severity, status and whether they are held")
    func findings() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            _ = try await pool.query("update findings set is_held = description = 'first: too dark'")
            _ = try await pool.query("update findings set status = 'REJECTED' where description = 'second: fine'")
            _ = try await pool.query("update findings set status = 'RESOLVED' where description = 'first: fine'")
            let cases: [(ExportOptions, [[String]])] = [
                (ExportOptions(), [["first: too dark", "first: fine"], ["second: too dark"]]),
                (ExportOptions(severities: ["SAFE"]), [["first: fine"], []]),
                (ExportOptions(isHeldOnly: true), [["first: too dark"], []]),
                (ExportOptions(findingStatuses: ["REJECTED", "RESOLVED"]), [["first: fine"], ["second: fine"]]),
                (ExportOptions(severities: []), [[], []]), (ExportOptions(hasFindings: false), [[], []]),
            ]
            for (options, expected) in cases {
                let pages = try await plan(stage, options).parts[0].pages
                #expect(pages.map { $0.findings.map(\.description) } == expected, "\(options)")
            }
        }
    }

    @Test(
        "rule 24: the newest version has its own findings after what is held from older ones, or all versions have theirs"
    )
    func versions() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            _ = try await pool.query("update findings set is_held = description = 'first: too dark'")
            _ = try await annotate(stage, "on the old one")
            _ = try await SubtaskStore(pool: pool).addContent(
                viewer: stage.world.member, subtaskID: stage.subtaskIDs[0],
                assetID: try await stage.world.picture(key: "pictures/second-3", width: 10, height: 20))
            _ = try await annotate(stage, "on the new one")
            let latest = try await plan(stage, ExportOptions()).parts[0].pages
            #expect(latest.map(\.contentVersion) == [2, 1])
            #expect(latest[0].findings.map(\.description) == ["first: too dark"], "nobody has reviewed it yet")
            #expect(latest[0].findings.map(\.origin) == ["v1"])
            #expect(latest[0].threads.map(\.comment.post.text) == ["on the new one"])
            #expect(latest[0].size?.height == 20)
            let all = try await plan(stage, ExportOptions(contentVersions: "ALL")).parts[0].pages
            #expect(all.map { "\($0.title) \($0.contentVersion)" } == ["first 2", "first 1", "second 1"])
            #expect(all.map { $0.findings.map(\.description) }[1] == ["first: too dark", "first: fine"])
            #expect(all[1].findings.map(\.origin) == ["", ""])
            #expect(all[1].threads.map(\.comment.post.text) == ["on the old one"])
        }
    }

    @Test(
        "several tasks come in their order, each with what it has; a deleted one is left out and ends an active export")
    func tasks() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            let tasks = TaskStore(pool: pool)
            let other = try await tasks.create(
                viewer: stage.world.member, projectID: stage.world.projectID, task: .init(name: "Other"))
            let store = ExportStore(pool: pool)
            let started = try await store.start(
                viewer: stage.world.member, ExportStore.Request(taskIDs: [other, stage.taskID, other]))
            func plan() async throws -> ExportPlan {
                try await pool.withTransaction { transaction in
                    try await ExportPlanReader.plan(started.exportID, runToken: UUID(), in: transaction)
                }
            }
            let both = try await plan()
            #expect(both.parts.map(\.name) == ["Other", "Poster: front"] && both.name == "A film")
            #expect(both.parts.map(\.pages.count) == [0, 2] && both.parts.map(\.status) == ["todo", "todo"])
            try await tasks.delete(viewer: stage.world.member, taskID: other)
            #expect(try await plan().parts.map(\.name) == ["Poster: front"])
            #expect(
                try await stage.world.text("select status from exports where id = \(started.exportID)") == "CANCELLED")
            #expect(
                try await stage.world.text("select status from exports where id = \(stage.exportID)") == "PENDING")
        }
    }

    @Test("a task that is deleted for good takes its exports with it, whatever else they show")
    func purge() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            let other = try await TaskStore(pool: pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, task: .init(name: "Other"))
            _ = try await ExportStore(pool: pool).start(
                viewer: stage.world.member, ExportStore.Request(taskIDs: [other, stage.taskID]))
            _ = try await pool.query("delete from tasks where id = \(other)")
            #expect(try await stage.world.count("select count(*) from exports") == 1)
            #expect(try await stage.world.count("select count(*) from export_tasks") == 1)
        }
    }

    @Test("what lists are ordered by follows the export")
    func moments() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            let agree: SQL = """
                select count(*)
                from export_tasks
                join exports on exports.id = export_tasks.export_id
                where export_created_at = created_at
                and export_finished_at = coalesce(finished_at, 'infinity')
                """
            #expect(try await stage.world.count(agree) == 1)
            try await ExportStore(pool: pool).cancel(viewer: stage.world.member, exportID: stage.exportID)
            #expect(try await stage.world.count(agree) == 1)
            #expect(
                try await stage.world.count("select count(*) from export_tasks where isfinite(export_finished_at)") == 1
            )
        }
    }

    @Test(
        "times are read as people read them",
        arguments: [
            (0.0, nil, "0:00"), (59.9, 61.0, "0:59–1:01"), (3661, 3661, "1:01:01"), (1e300, nil, "99:59:59"),
        ] as [(Double?, Double?, String)])
    func time(start: Double?, end: Double?, text: String) {
        #expect(ExportThreadReader.time(start, end) == text)
    }
}
