import Database
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite("Imports", .timeLimit(.minutes(15)))
struct ImportTests {
    @Test("pictures of a folder become one task in natural order, every other file a task of its own")
    func tasks() async throws {
        try await withImport { stage in
            let tag = try await TaskTagStore(pool: stage.world.pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, name: "New")
            let done = try await stage.world.pool.query(
                "select id from task_statuses where organization_id = \(stage.world.organizationID) and name = 'done'")
            let importID = try await stage.start(
                [
                    (try await stage.file("1.png"), "set A/p10.png"), (try await stage.file("2.png"), "set A/p2.png"),
                    (try await stage.file("3.png"), "set A/sub/p1.png"), (try await stage.file("cover.png"), nil),
                    (try await stage.file("4.csv", "text/csv"), "set A/lines.csv"),
                ], .tasks(.init(tagIDs: [tag], statusID: done[0].uuid(0), assigneeID: stage.world.member)))
            try await stage.work()
            #expect(try await stage.status(of: importID) == "COMPLETED")
            #expect(
                try await stage.tasks() == [
                    "cover: 1 PICTURE cover", "lines: 1 TEXT lines", "set A: 1 PICTURE p2, 2 PICTURE p10",
                    "set A/sub: 1 PICTURE p1",
                ])
            let common = """
                select count(*)
                from tasks
                join task_tag_links as links on links.task_id = tasks.id
                join task_statuses as statuses on statuses.id = tasks.status_id
                where statuses.name = 'done'
                and tasks.assignee_id = tasks.created_by
                """
            #expect(try await stage.world.count("\(unsafeSQL: common)") == 4)
            // Each picture knows its task, and each material has the file as its first version.
            #expect(
                try await stage.lines(
                    """
                    select items.name || ' ' || tasks.name || ' ' || contents.version
                    from import_items as items
                    join tasks on tasks.id = items.task_id
                    join subtask_contents as contents on contents.asset_id = items.asset_id
                    join subtasks on subtasks.id = contents.subtask_id and subtasks.task_id = tasks.id
                    order by items.position
                    """) == [
                        "p10.png set A 1", "p2.png set A 1", "p1.png set A/sub 1", "cover.png cover 1",
                        "lines.csv lines 1",
                    ])
        }
    }

    @Test("videos and recordings of a folder are materials of its task like pictures, and scenes are looked for")
    func media() async throws {
        try await withImport { stage in
            let importID = try await stage.start([
                (try await stage.file("a", "video/mp4"), "set/3.mp4"), (try await stage.file("b"), "set/1.png"),
                (try await stage.file("c", "audio/mpeg"), "set/2.mp3"),
                (try await stage.file("d", "video/webm"), "other/1.webm"),
                (try await stage.file("e.mov", "video/quicktime"), nil),
            ])
            try await stage.work()
            #expect(try await stage.status(of: importID) == "COMPLETED")
            #expect(
                try await stage.tasks() == [
                    "e: 1 VIDEO e", "other: 1 VIDEO 1", "set: 1 PICTURE 1, 2 AUDIO 2, 3 VIDEO 3",
                ])
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'scenes'") == 3)
            let entries = try await stage.start(
                [(try await stage.file("f", "video/mp4"), "set/f.mp4")], .items(.init()))
            try await stage.work()
            #expect(try await stage.items(of: entries) == ["FAILED 1 ASSET_NOT_READY"])
        }
    }

    @Test("rule 7: what an import makes is in the audit log as the doing of who asked for it, its end as nobody's")
    func audit() async throws {
        try await withImport { stage in
            _ = try await stage.start([(try await stage.file("cover.png"), nil)])
            let items = try await stage.start(
                [(try await stage.file("badge.png"), nil)], .items(.init(description: "A badge")))
            try await stage.work()
            let member = stage.world.member
            #expect(
                try await stage.lines(
                    """
                    select concat_ws(' ', entity_type, action, activity, created_by = \(member))
                    from audit_entries
                    where created_at >= (select min(created_at) from imports)
                    order by entity_type, action
                    """) == [
                        "IMPORT UPDATED IMPORT_ENDED", "IMPORT UPDATED IMPORT_ENDED", "ITEM CREATED ITEM_CREATED t",
                        "SUBTASK CREATED SUBTASK_CREATED t", "SUBTASK_CONTENT CREATED t",
                        "TASK CREATED TASK_CREATED t",
                    ])
            #expect(try await stage.status(of: items) == "COMPLETED")
        }
    }

    @Test("rule 28: four parts are under way at once, every file ends once, and the counters always add up")
    func counters() async throws {
        try await withImport { stage in
            var files: [(UUID, path: String?)] = []
            for number in 0..<6 { files.append((try await stage.file("\(number).png"), nil)) }
            files.append((try await stage.file("plan.pdf", "application/pdf", purpose: "DOCUMENT"), nil))
            let importID = try await stage.start(files)
            let first = try await stage.claim()
            #expect(first.count == ImportStore.unitsAtOnce)
            for job in first { try await stage.run.run(job) }
            try await stage.work()
            #expect(try await stage.status(of: importID) == "PARTIAL")
            #expect(
                try await stage.items(of: importID)
                    == Array(repeating: "SUCCEEDED 1", count: 6) + ["FAILED 1 ASSET_NOT_READY"])
            #expect(
                try await stage.lines(
                    "select kind || ' ' || import_id || ' ' || (user_id = \(stage.world.member)) from notifications")
                    == ["IMPORT_ENDED \(importID.text) true"])
            let counts = try await stage.counts(of: importID)
            #expect(counts.map { $0[1] + $0[2] + $0[3] } == [0, 1, 2, 3, 4, 5, 6, 7])
            #expect(counts.last == [7, 6, 1, 0])
        }
    }

    @Test("a worker that dies makes nothing twice, and one that has lost its job makes nothing at all")
    func restart() async throws {
        try await withImport { stage in
            let importID = try await stage.start([
                (try await stage.file("a.png"), "set/a.png"), (try await stage.file("b.png"), "set/b.png"),
            ])
            let first = try #require(try await stage.claim(lease: .zero).first)
            let second = try #require(try await stage.claim(worker: "test/2", lease: .zero).first)
            #expect(first.id == second.id)
            #expect(await code { try await stage.run.run(first) } == .runLost)
            #expect(try await stage.tasks() == [])
            // It has made the task, and dies before it can say so.
            try await stage.run.run(second)
            let third = try #require(try await stage.claim(worker: "test/3").first)
            try await stage.run.run(third)
            #expect(try await stage.tasks() == ["set: 1 PICTURE a, 2 PICTURE b"])
            #expect(try await stage.counts(of: importID) == [[2, 0, 0, 0], [2, 2, 0, 0]])
        }
    }

    @Test("failed files are begun anew and join the task of their folder; the others stay as they are")
    func retry() async throws {
        try await withImport { stage in
            let late = try await stage.file("b.png")
            let importID = try await stage.start([
                (try await stage.file("a.png"), "set/a.png"), (late, "set/b.png"),
                (try await stage.file("c.png"), "set/c.png"),
            ])
            _ = try await stage.world.pool.query("update assets set state = 'PROCESSING' where id = \(late)")
            try await stage.work()
            #expect(try await stage.status(of: importID) == "PARTIAL")
            #expect(
                try await stage.items(of: importID) == ["SUCCEEDED 1", "FAILED 1 ASSET_NOT_READY", "SUCCEEDED 1"])
            for _ in 0..<2 {
                try await stage.store.retry(viewer: stage.world.member, importID: importID)
                try await stage.work()
            }
            _ = try await stage.world.pool.query("update assets set state = 'READY' where id = \(late)")
            try await stage.store.retry(viewer: stage.world.member, importID: importID)
            #expect(try await stage.status(of: importID) == "RUNNING")
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1", "SUCCEEDED 4", "SUCCEEDED 1"])
            #expect(try await stage.tasks() == ["set: 1 PICTURE a, 2 PICTURE c, 3 PICTURE b"])
            // Nothing is left to be begun anew.
            try await stage.store.retry(viewer: stage.world.member, importID: importID)
            #expect(try await stage.status(of: importID) == "COMPLETED")
            #expect(try await stage.claim().isEmpty)
        }
    }

    @Test("a cancelled import begins nothing more, keeps what is made, and can be gone on with")
    func cancel() async throws {
        try await withImport { stage in
            var files: [(UUID, path: String?)] = []
            for number in 0..<6 { files.append((try await stage.file("\(number).png"), nil)) }
            let importID = try await stage.start(files)
            let begun = try await stage.claim()
            try await stage.run.run(begun[0])
            #expect(
                await code { try await stage.store.cancel(viewer: stage.world.stranger, importID: importID) }
                    == .notFound)
            for _ in 0..<2 { try await stage.store.cancel(viewer: stage.world.member, importID: importID) }
            #expect(try await stage.status(of: importID) == "CANCELLED")
            #expect(
                try await stage.items(of: importID)
                    == ["SUCCEEDED 1"] + Array(repeating: "CANCELLED 1", count: 5))
            #expect(try await stage.counts(of: importID).last == [6, 1, 0, 5])
            // Those under way are told to stop, and find nothing to do.
            #expect(
                try await stage.world.count("select count(*) from jobs where cancel_requested_at is not null") == 4)
            for job in begun { try await stage.run.run(job) }
            #expect(try await stage.tasks() == ["0: 1 PICTURE 0"])
            try await stage.store.retry(viewer: stage.world.member, importID: importID)
            // A job of the first start does not take part in the second one.
            try await stage.run.run(begun[1])
            #expect(try await stage.tasks() == ["0: 1 PICTURE 0"])
            try await stage.work()
            #expect(try await stage.status(of: importID) == "COMPLETED")
            #expect(try await stage.tasks().count == 6)
        }
    }

    @Test("pictures become entries of the registry that are measured; what is no picture or there already fails alone")
    func items() async throws {
        try await withImport { stage in
            let present = try await stage.file("present.png")
            _ = try await ItemStore(pool: stage.world.pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, assetID: present, description: "",
                tags: [])
            let importID = try await stage.start(
                [
                    (try await stage.file("a.png"), "set/a.png"), (present, "set/present.png"),
                    (try await stage.file("b.txt", "text/plain"), nil),
                ], .items(.init(description: "About", tags: ["blue", "blue", " sea "])))
            try await stage.work()
            #expect(
                try await stage.items(of: importID) == [
                    "SUCCEEDED 1", "FAILED 1 DUPLICATE", "FAILED 1 ASSET_NOT_READY",
                ])
            #expect(
                try await stage.lines(
                    """
                    select assets.file_name || ' ' || items.description || ' ' || items.tags::text
                    from import_item_entries as entries
                    join items on items.id = entries.item_id
                    join assets on assets.id = items.asset_id
                    """) == ["a.png About {blue,sea}"])
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'vector'") == 2)
            #expect(try await stage.tasks() == [])
        }
    }

    @Test("the rights are those of the person who started it, when its turn has come")
    func rights() async throws {
        try await withImport { stage in
            let importID = try await stage.start([(try await stage.file("a.png"), nil)])
            _ = try await stage.world.pool.query(
                "delete from organization_members where user_id = \(stage.world.member)")
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["FAILED 1 NOT_FOUND"])
            let orphan = try await stage.world.pool.query("update imports set created_by = null returning id")
            #expect(orphan.affectedRows == 1)
            #expect(try await stage.tasks() == [])
        }
    }

    @Test("who has lost the rights adds nothing to a task that is there, and enters nothing in the registry")
    func lostRights() async throws {
        try await withImport { stage in
            let late = try await stage.file("b.png")
            let folder = try await stage.start([
                (try await stage.file("a.png"), "set/a.png"), (late, "set/b.png"),
            ])
            _ = try await stage.world.pool.query("update assets set state = 'PROCESSING' where id = \(late)")
            try await stage.work()
            #expect(try await stage.tasks() == ["set: 1 PICTURE a"])
            _ = try await stage.world.pool.query("update assets set state = 'READY' where id = \(late)")
            let picture = DeckFile.picture("p", DeckFile.place(0, 0, 900, 900))
            let deck = try await stage.file(
                "deck.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                purpose: "DOCUMENT", bytes: try DeckFile(slides: [picture], media: ["p": try pngBytes()]).bytes())
            let entries = try await stage.start(
                [(try await stage.file("c.png"), nil), (deck, nil)], .items(.init()))
            _ = try await stage.world.pool.query(
                """
                insert into organization_members (organization_id, user_id)
                values (\(stage.world.organizationID), \(stage.world.stranger))
                """)
            _ = try await stage.world.pool.query(
                "delete from organization_members where user_id = \(stage.world.member)")
            // Somebody else begins it anew; it is still the import of the person who has started it.
            try await stage.store.retry(viewer: stage.world.stranger, importID: folder)
            try await stage.work()
            #expect(try await stage.items(of: folder) == ["SUCCEEDED 1", "FAILED 2 NOT_FOUND"])
            #expect(try await stage.tasks() == ["set: 1 PICTURE a"])
            #expect(try await stage.items(of: entries) == ["FAILED 1 NOT_FOUND", "FAILED 1 NOT_FOUND"])
            #expect(try await stage.world.count("select count(*) from items") == 0)
        }
    }

    @Test("what was read before an import was begun anew is not written after it")
    func begunAnew() async throws {
        try await withImport { stage in
            let importID = try await stage.start([(try await stage.file("a.png"), nil)])
            let job = try #require(try await stage.claim().first)
            let store = ImportRunStore(pool: stage.world.pool)
            let key = try ImportUnit.Key(job)
            let unit = try #require(try await store.unit(key))
            func make() async -> WorkflowError.Code? {
                await code { try await store.make(unit, job) { _ in [unit.files[0].itemID: .items([], skipped: 0)] } }
            }
            try await stage.store.cancel(viewer: stage.world.member, importID: importID)
            #expect(await make() == .runLost)
            #expect(try await stage.items(of: importID) == ["CANCELLED 1"])
            // Begun anew, the file is under way, but not by this job, whose lease nobody has taken.
            try await stage.store.retry(viewer: stage.world.member, importID: importID)
            #expect(try await stage.items(of: importID) == ["RUNNING 2"])
            #expect(await make() == .runLost)
            #expect(try await stage.items(of: importID) == ["RUNNING 2"])
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 2"])
        }
    }

    @Test("a part that the system cannot do fails with a sentence that leaks nothing, unless it has ended meanwhile")
    func buried() async throws {
        try await withImport { stage in
            let importID = try await stage.start([
                (try await stage.file("a.png"), nil), (try await stage.file("b.png"), nil),
            ])
            let begun = try await stage.claim()
            try await stage.run.bury(begun[0], reason: "secret")
            #expect(try await stage.items(of: importID) == ["FAILED 1 IMPORT_FAILED", "RUNNING 1"])
            #expect(
                try await stage.world.count("select count(*) from import_items where error_message like '%secret%'")
                    == 0
            )
            try await stage.store.cancel(viewer: stage.world.member, importID: importID)
            try await stage.run.bury(begun[1], reason: "secret")
            #expect(try await stage.items(of: importID) == ["FAILED 1 IMPORT_FAILED", "CANCELLED 1"])
        }
    }

    @Test("what is not the project's, not complete, twice or too much is refused with its place, and nothing is made")
    func refusals() async throws {
        try await withImport { stage in
            func start(
                _ files: [(UUID, path: String?)], _ target: ImportStore.Target = .tasks(.init())
            ) async -> [String] {
                await problems { _ = try await stage.start(files, target) }
            }
            let file = try await stage.file("a.png")
            let incomplete = try await stage.file("b.png")
            _ = try await stage.world.pool.query("update assets set state = 'PROCESSING' where id = \(incomplete)")
            #expect(await start([]) == ["files: REQUIRED"])
            #expect(
                await start([(file, nil), (UUID(), nil), (incomplete, nil), (file, "../a")]) == [
                    "files.1.assetId: NOT_FOUND", "files.2.assetId: ASSET_NOT_READY", "files.3.assetId: DUPLICATE",
                    "files.3.path: INVALID",
                ])
            #expect(
                await start(Array(repeating: (file, nil), count: ImportStore.maximumFiles + 1)) == ["files: TOO_LONG"])
            #expect(
                await start([(file, nil)], .tasks(.init(tagIDs: [UUID()]))) == [
                    "target.tasks.taskTagIds.0: NOT_FOUND"
                ])
            #expect(
                await start(
                    [(file, nil)], .tasks(.init(statusID: UUID(), priorityID: UUID(), assigneeID: stage.world.stranger))
                ) == [
                    "target.tasks.statusId: NOT_FOUND", "target.tasks.priorityId: NOT_FOUND",
                    "target.tasks.assigneeId: NOT_FOUND",
                ])
            #expect(
                await start([(file, nil)], .items(.init(description: String(repeating: "x", count: 5001)))) == [
                    "target.items.description: TOO_LONG"
                ])
            #expect(
                await code {
                    _ = try await stage.store.start(
                        viewer: stage.world.stranger, projectID: stage.world.projectID, target: .tasks(.init()),
                        files: [.init(assetID: file)])
                } == .notFound)
            #expect(try await stage.world.count("select count(*) from imports") == 0)
            let key = UUID()
            let first = try await stage.start([(file, nil)], requestKey: key)
            #expect(try await stage.start([(file, nil)], requestKey: key) == first)
            #expect(try await stage.world.count("select count(*) from import_items") == 1)
        }
    }
}
