import Archive
import Clients
import Database
import Foundation
import Testing

@testable import Workflows

/// Archives of originals, workbooks and PDF files.
@Suite struct ExportFormatTests {
    /// Runs an export of a format, and gives the file's name, type and bytes.
    private func export(
        _ stage: ExportStage, _ format: String, _ options: ExportOptions = ExportOptions(), taskIDs: [UUID]? = nil
    ) async throws -> (name: String, type: String, bytes: [UInt8]) {
        let pool = stage.world.pool
        let store = ExportStore(pool: pool, canMakePDF: true)
        try await store.cancel(viewer: stage.world.member, exportID: stage.exportID)
        _ = try await JobStore(pool: pool).claim(kinds: [.export], worker: "x", lease: .seconds(60), limit: 1)
        let started = try await store.start(
            viewer: stage.world.member,
            ExportStore.Request(taskIDs: taskIDs ?? [stage.taskID], format: format, options: options))
        let jobs = try await JobStore(pool: pool).claim(
            kinds: [.export], worker: "test/1", lease: .seconds(60), limit: 9)
        let job = try #require(jobs.first { $0.key == "\(started.exportID.text)/1" })
        try await ExportRun(
            pool: pool, objects: stage.objects, pdfWriter: PDFWriter.installed(searchPath: "/usr/bin"),
            temporaryFolder: stage.temporaryFolder
        ).run(job)
        let row = try #require(
            try await pool.queryFirst(
                """
                select assets.object_key, assets.file_name, assets.media_type, slides_done, slides_total
                from exports
                join assets on assets.id = exports.asset_id
                where exports.id = \(started.exportID)
                """))
        #expect(row.int(3) == row.int(4) && row.int(4) > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        return (row.string(1), row.string(2), try await stage.objects.get(try ObjectKey(row.string(0))))
    }

    @Test("an archive has the originals in a folder for each task, and says what is missing")
    func archive() async throws {
        try await withExport { stage in
            let tasks = TaskStore(pool: stage.world.pool)
            let other = try await tasks.create(
                viewer: stage.world.member, projectID: stage.world.projectID, task: .init(name: "第1話 / 正面?"))
            for (name, key) in [("同じ名前", "a"), ("同じ名前", "b"), ("gone", "missing")] {
                if key != "missing" {
                    try await stage.objects.put(.bytes(Array(key.utf8)), at: try ObjectKey("x/\(key)"))
                }
                _ = try await tasks.createSubtask(
                    viewer: stage.world.member, taskID: other, name: name, description: "",
                    assetID: try await stage.world.picture(key: "x/\(key)"))
            }
            let file = try await export(stage, "ZIP", taskIDs: [other, stage.taskID])
            #expect(file.name == "A film_export.zip" && file.type == "application/zip")
            let reader = try ZIPReader(bytes: file.bytes)
            #expect(
                reader.entries.map(\.name) == [
                    "01 第1話 _ 正面_/001 同じ名前.png", "01 第1話 _ 正面_/002 同じ名前.png", "02 Poster_ front/001 first.png",
                    "02 Poster_ front/002 second.png", "MISSING.txt",
                ])
            #expect(try reader.read("01 第1話 _ 正面_/002 同じ名前.png") == Array("b".utf8))
            #expect(
                try reader.read("02 Poster_ front/001 first.png")
                    == (try await stage.objects.get(try ObjectKey("pictures/first"))))
            #expect(
                String(decoding: try reader.read("MISSING.txt"), as: UTF8.self) == "01 第1話 _ 正面_/003 gone.png\r\n")
        }
    }

    @Test("an archive of all versions tells them apart")
    func archivedVersions() async throws {
        try await withExport { stage in
            try await stage.objects.put(.bytes([1, 2]), at: try ObjectKey("x/new"))
            _ = try await SubtaskStore(pool: stage.world.pool).addContent(
                viewer: stage.world.member, subtaskID: stage.subtaskIDs[0],
                assetID: try await stage.world.picture(key: "x/new"))
            let all = try await export(stage, "ZIP", ExportOptions(contentVersions: "ALL"))
            #expect(all.name == "Poster_ front_export.zip")
            #expect(
                try ZIPReader(bytes: all.bytes).entries.map(\.name) == [
                    "01 Poster_ front/001 first v2.png", "01 Poster_ front/001 first v1.png",
                    "01 Poster_ front/002 second v1.png",
                ])
        }
    }

    @Test("a workbook has a row for each finding and each post")
    func workbook() async throws {
        try await withExport { stage in
            let annotations = AnnotationStore(pool: stage.world.pool)
            let root = try await annotations.create(
                viewer: stage.world.member, subtaskID: stage.subtaskIDs[0], parentID: nil,
                content: AnnotationContent(
                    text: "=HYPERLINK(\"http://example.com\")", area: .init(x: 0.25, y: 0.5, width: 0.5, height: 0.25)))
            _ = try await annotations.create(
                viewer: stage.world.member, subtaskID: stage.subtaskIDs[0], parentID: root,
                content: AnnotationContent(text: "+1"))
            let file = try await export(stage, "XLSX")
            #expect(file.name == "Poster_ front_export.xlsx")
            let reader = try ZIPReader(bytes: file.bytes)
            let sheet = try XMLNode.parse(try reader.read("xl/worksheets/sheet1.xml"), "sheet1")
            let rows = sheet.all("row").map { $0.all("c").map(\.content) }
            #expect(rows.count == 7, "a heading, four findings, an annotation and its answer")
            #expect(
                rows[1].prefix(9) == [
                    "Poster: front", "first", "1", "指摘", "1", "VISUAL_REVIEW", "Eyes are blue", "リスク", "未確認",
                ])
            #expect(
                rows[3].prefix(6) == [
                    "Poster: front", "first", "1", "コメント", "C1", "=HYPERLINK(\"http://example.com\")",
                ])
            #expect(rows[4].prefix(6) == ["Poster: front", "first", "1", "返信", "C1", "+1"])
            #expect(sheet.all("f").isEmpty)
            let last = try #require(sheet.first("autoFilter")?["ref"])
            #expect(last == "A1:W7" && sheet.first("pane")?["state"] == "frozen")
        }
    }

    @Test(
        "a PDF file has a page for each slide",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")))
    func pdf() async throws {
        try await withExport { stage in
            let file = try await export(stage, "PDF")
            #expect(file.name == "Poster_ front_export.pdf" && file.type == "application/pdf")
            #expect(file.bytes.starts(with: Array("%PDF-".utf8)))
            let path = "\(stage.temporaryFolder)/read.pdf"
            try Data(file.bytes).write(to: URL(filePath: path))
            let reader = try #require(PDFReader.installed(searchPath: "/usr/bin"))
            #expect(try reader.pageCount(of: path, checkCancellation: {}) == 5)
        }
    }

    @Test("without LibreOffice a PDF is refused at once; a worker that lacks it says so")
    func unavailable() async throws {
        try await withExport { stage in
            let request = ExportStore.Request(taskIDs: [stage.taskID], format: "PDF")
            let pool = stage.world.pool
            let refused = await problems {
                _ = try await ExportStore(pool: pool).start(viewer: stage.world.member, request)
            }
            #expect(refused == ["format: FORMAT_UNAVAILABLE"])
            _ = try await pool.query("update exports set format = 'PDF'")
            try await stage.handler.run(try await stage.claim())
            #expect(
                try await stage.world.text("select status || ' ' || error_code from exports")
                    == "FAILED FORMAT_UNAVAILABLE")
        }
    }

    @Test("more materials or bytes than a file can sensibly have are refused")
    func limits() async throws {
        try await withExport { stage in
            let pool = stage.world.pool
            let store = ExportStore(pool: pool)
            _ = try await pool.query(
                "update assets set byte_count = 11::bigint << 30 where object_key like 'pictures/%'")
            let heavy = await problems {
                _ = try await store.start(
                    viewer: stage.world.member, ExportStore.Request(taskIDs: [stage.taskID], format: "ZIP"))
            }
            #expect(heavy == ["taskIds: TOO_LONG"])
            _ = try await store.start(viewer: stage.world.member, ExportStore.Request(taskIDs: [stage.taskID]))
            _ = try await pool.query(
                """
                with made as (
                    insert into subtasks (project_id, task_id, position, kind, name)
                    select project_id, task_id, 10 + number, kind, name
                    from subtasks, generate_series(1, 2000) as number
                    where id = \(stage.subtaskIDs[0])
                    returning id, project_id
                )
                insert into subtask_contents (project_id, subtask_id, version, asset_id)
                select made.project_id, made.id, 1, (select id from assets where object_key = 'pictures/first')
                from made
                """)
            let many = await problems {
                _ = try await store.start(viewer: stage.world.member, ExportStore.Request(taskIDs: [stage.taskID]))
            }
            #expect(many == ["taskIds: TOO_LONG"])
        }
    }
}
