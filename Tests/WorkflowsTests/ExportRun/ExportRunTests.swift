import Archive
import Clients
import Database
import EventLoop
import Foundation
import Hashing
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite struct ExportRunTests {
    @Test func anExportBecomesAStoredFileAndTellsOfEachSlide() async throws {
        try await withExport { stage in
            let job = try await stage.claim()
            try await stage.handler.run(job)
            let rows = try await stage.world.pool.query(
                """
                select exports.status, exports.slides_done, exports.slides_total, assets.object_key, assets.sha256,
                    assets.byte_count, assets.state, assets.file_name
                from exports
                join assets on assets.id = exports.asset_id
                """)
            let row = try #require(rows.first)
            #expect(row.string(0) == "COMPLETED")
            // A title, two pictures and two tables.
            #expect((row.int(1), row.int(2)) == (5, 5))
            let bytes = try await stage.objects.get(try ObjectKey(row.string(3)))
            #expect(row.string(4) == Hex.encode(SHA256.hash(bytes)))
            #expect(row.int(5) == bytes.count)
            #expect(row.string(6) == "READY")
            #expect(row.string(7) == "Poster_ front_export.pptx")
            let slides = try ZIPReader(bytes: bytes).entries.filter {
                $0.name.hasPrefix("ppt/slides/slide") && $0.name.hasSuffix(".xml")
            }
            #expect(slides.count == 5)
            let events = try await EventStore(pool: stage.world.pool).read(.export(stage.exportID), after: 0)
            #expect(
                events.map { "\($0.payload["status"]?.string ?? "") \($0.payload["slidesDone"]?.int ?? -1)" } == [
                    "PENDING 0", "PROCESSING 0", "PROCESSING 0", "PROCESSING 1", "PROCESSING 2", "PROCESSING 3",
                    "PROCESSING 4", "PROCESSING 5", "COMPLETED 5",
                ])
            #expect(try await stage.told() == ["EXPORT_ENDED \(stage.taskID.text)"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        }
    }

    @Test func aPlanHasTheLatestReviewOfEachPictureAndWhatIsHeldFromEarlierOnes() async throws {
        try await withExport { stage in
            // A later review of the first picture finds nothing new; one finding of the earlier one is held.
            _ = try await stage.world.pool.query("update findings set is_held = description = 'first: too dark'")
            try await stage.review(stage.subtaskIDs[0], findings: [finding("first again: fine", .safe)])
            let job = try await stage.claim()
            let plan = try #require(
                try await ExportRunStore(pool: stage.world.pool).begin(job))
            #expect(plan.name == "Poster: front" && plan.projectName == "A film")
            let pages = try #require(plan.parts.first).pages
            let first = try #require(pages.first)
            #expect(first.findings.map(\.description) == ["first: too dark", "first again: fine"])
            #expect(first.findings.map(\.number) == [1, 2])
            #expect(first.findings.map(\.isHeld) == [true, false])
            #expect(first.findings.first?.box == ExportFinding.Box(x: 0.25, y: 0.5, width: 0.5, height: 0.25))
            #expect(pages.last?.findings.map(\.description) == ["second: too dark", "second: fine"])
        }
    }

    @Test("rule 31: what people have rejected, ignored or replaced is not in the file, and their own finding is")
    func decisions() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            func finding(_ description: String) async throws -> UUID {
                try #require(
                    try await pool.query("select id from findings where description = \(description)").first
                ).uuid(0)
            }
            let findings = FindingStore(pool: pool)
            for (description, status) in [("first: fine", "REJECTED"), ("second: fine", "IGNORED")] {
                try await findings.setStatus(
                    viewer: stage.world.member, findingID: try await finding(description), status: status)
            }
            let place = try await pool.query(
                "select review_id, rpd_version_id from findings where description = 'second: too dark'")
            let found = try #require(place.first)
            _ = try await findings.create(
                viewer: stage.world.member, reviewID: found.uuid(0), rpdVersionID: found.uuid(1),
                FindingStore.NewFinding(
                    description: "second: by hand", severity: "ALERT",
                    overridesID: try await finding("second: too dark")))
            let plan = try #require(
                try await ExportRunStore(pool: pool).begin(try await stage.claim()))
            #expect(
                plan.parts[0].pages.map { $0.findings.map(\.description) } == [
                    ["first: too dark"], ["second: by hand"],
                ])
            #expect(plan.parts[0].pages.map { $0.findings.map(\.number) } == [[1], [1]])
        }
    }

    @Test func aPictureThatIsGoneDoesNotStopTheExport() async throws {
        try await withExport { stage in
            for object in try await stage.objects.list(prefix: "pictures/", after: nil, limit: 1) {
                try await stage.objects.delete(object.key)
            }
            try await stage.handler.run(try await stage.claim())
            #expect(try await stage.world.text("select status from exports") == "COMPLETED")
        }
    }

    @Test func aCancelledExportStoresNothing() async throws {
        try await withExport { stage in
            let job = try await stage.claim()
            let store = ExportRunStore(pool: stage.world.pool)
            let plan = try #require(try await store.begin(job))
            try await ExportStore(pool: stage.world.pool).cancel(
                viewer: stage.world.member, exportID: stage.exportID)
            #expect(await code { try await store.progress(plan, slidesDone: 1, slidesTotal: 4) } == .runLost)
            let file = ExportRunStore.File(
                objectKey: "x", fileName: "x.pptx", mediaType: "x", byteCount: 1,
                sha256: String(repeating: "0", count: 64))
            #expect(await code { try await store.complete(plan, file: file) } == .runLost)
            try await stage.handler.run(job)
            #expect(try await stage.world.text("select status from exports") == "CANCELLED")
            #expect(try await stage.world.count("select count(*) from assets where purpose = 'EXPORT'") == 0)
            let stored = try await stage.objects.list(prefix: "projects/", after: nil, limit: 1)
            #expect(stored.isEmpty)
        }
    }

    @Test func aBuriedExportFailsWithAReasonThatLeaksNothing() async throws {
        try await withExport { stage in
            let job = try await stage.claim()
            try await stage.handler.bury(job, reason: "/secret/path is full")
            let text = try await stage.world.text(
                "select status || ' ' || error_code || ' ' || error_message from exports")
            #expect(text?.hasPrefix("FAILED EXPORT_FAILED") == true)
            #expect(text?.contains("secret") == false)
            #expect(try await stage.told() == ["EXPORT_ENDED \(stage.taskID.text)"])
        }
    }

    @Test func theSameRequestKeyGivesTheSameExport() async throws {
        try await withExport { stage in
            let store = ExportStore(pool: stage.world.pool)
            let key = UUID()
            func start() async throws -> ExportStore.Started {
                try await store.start(
                    viewer: stage.world.member, ExportStore.Request(taskIDs: [stage.taskID]), requestKey: key)
            }
            let first = try await start()
            let second = try await start()
            #expect(second == .existing(first.exportID))
            #expect(first.exportID != stage.exportID)
        }
    }

    @Test("rule 28: a cancelled export is made when it is begun anew, and the job of its first start does nothing more")
    func again() async throws {
        try await withExport { stage in
            let store = ExportStore(pool: stage.world.pool)
            let old = try await stage.claim()
            try await store.retry(viewer: stage.world.member, exportID: stage.exportID)
            #expect(try await stage.world.text("select status || attempt from exports") == "PENDING1")
            try await store.cancel(viewer: stage.world.member, exportID: stage.exportID)
            #expect(
                await code { try await store.retry(viewer: stage.world.stranger, exportID: stage.exportID) }
                    == .notFound)
            for _ in 0..<2 { try await store.retry(viewer: stage.world.member, exportID: stage.exportID) }
            // What the first one had made of it counts no more.
            _ = try await stage.world.pool.query("update exports set slides_total = 9, slides_done = 4")
            try await stage.handler.run(old)
            try await stage.handler.bury(old, reason: "test")
            #expect(try await stage.world.text("select status || attempt from exports") == "PENDING2")
            try await stage.handler.run(try await stage.claim())
            #expect(try await stage.world.text("select status || attempt from exports") == "COMPLETED2")
            let events = try await EventStore(pool: stage.world.pool).read(.export(stage.exportID), after: 0)
            let begun = events.first { $0.payload["status"] == "PROCESSING" }
            #expect([begun?.payload["slidesDone"], begun?.payload["slidesTotal"]] == [0, 0])
            #expect(try await stage.world.count("select count(*) from assets where purpose = 'EXPORT'") == 1)
            _ = try await stage.world.pool.query("update tasks set deleted_at = now()")
            #expect(
                await code { try await store.retry(viewer: stage.world.member, exportID: stage.exportID) }
                    == .notFound)
        }
    }

    @Test func aTaskWithoutMaterialsHasNothingToExport() async throws {
        try await withExport { stage in
            let taskID = try await TaskStore(pool: stage.world.pool).create(
                viewer: stage.world.member, projectID: stage.world.projectID, task: .init(name: "Empty"))
            let store = ExportStore(pool: stage.world.pool)
            let found = await problems {
                _ = try await store.start(viewer: stage.world.member, ExportStore.Request(taskIDs: [taskID]))
            }
            #expect(found == ["taskIds: NOTHING_TO_EXPORT"])
            #expect(
                await code {
                    _ = try await store.start(
                        viewer: stage.world.stranger, ExportStore.Request(taskIDs: [stage.taskID]))
                } == .notFound)
            #expect(
                await code { try await store.cancel(viewer: stage.world.stranger, exportID: stage.exportID) }
                    == .notFound)
        }
    }

    @Test(arguments: [("a/b:c", "a_b_c_export.pptx"), (" ", "export_export.pptx"), ("東京", "東京_export.pptx")])
    func aFileIsNamedAfterItsTask(taskName: String, fileName: String) {
        #expect(ExportRun.fileName(of: taskName, ending: "pptx") == fileName)
    }
}
