import Clients
import Database
import Foundation
import Imaging
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Reading documents", .timeLimit(.minutes(15)))
struct DocumentRunTests {
    @Test("a PDF gets a page with text and picture for each of its pages, and tells of each")
    func pdf() async throws {
        try await withDocument("plan.pdf", "application/pdf", pdfBytes(pages: ["Blue eyes", "Red coat"])) { stage in
            try await stage.run()
            let rows = try await stage.world.pool.query(
                """
                select pages.number, pages.text, assets.width, assets.height, assets.object_key, assets.purpose
                from document_pages as pages
                join assets on assets.id = pages.asset_id
                order by pages.number
                """)
            #expect(rows.map { $0.int(0) } == [1, 2])
            #expect(rows.map { $0.string(1).trimmedSpaces } == ["Blue eyes", "Red coat"])
            for row in rows {
                // The longer side is 1600 pixels, whatever the page's size.
                #expect((row.int(2), row.int(3)) == (1600, 800))
                #expect(row.string(5) == "DOCUMENT_PAGE")
                let picture = try await stage.objects.get(try ObjectKey(row.string(4)))
                #expect(try PictureHeader.read(.bytes(picture)).format == .png)
            }
            #expect(
                try await stage.events() == [
                    "PENDING 0/0", "PROCESSING 0/0", "PROCESSING 0/2", "PROCESSING 1/2", "PROCESSING 2/2",
                    "COMPLETED 2/2",
                ])
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
        }
    }

    @Test("another worker goes on behind the pages that are stored, and the first one writes nothing more")
    func restart() async throws {
        try await withDocument("plan.pdf", "application/pdf", pdfBytes(pages: ["One", "Two", "Three"])) { stage in
            let store = DocumentRunStore(pool: stage.world.pool)
            let first = try await stage.claim(lease: .zero)
            let plan = try #require(try await store.begin(first))
            try await store.found(pages: 3, plan)
            try await store.store(page: 1, text: "By the first", picture: nil, plan)
            try await stage.run()
            let code = await code { try await store.store(page: 2, text: "Too late", picture: nil, plan) }
            #expect(code == .runLost)
            let texts = try await stage.world.pool.query("select text from document_pages order by number")
            #expect(texts.map { $0.string(0).trimmedSpaces } == ["By the first", "Two", "Three"])
            #expect(try await stage.state() == "COMPLETED 3/3")
        }
    }

    @Test("rule 28: the reading is ended, and when it is begun anew it goes on behind the pages that are there")
    func again() async throws {
        try await withDocument("plan.pdf", "application/pdf", pdfBytes(pages: ["One", "Two"])) { stage in
            let documents = DocumentStore(pool: stage.world.pool)
            let (member, stranger, id) = (stage.world.member, stage.world.stranger, stage.documentID)
            let store = DocumentRunStore(pool: stage.world.pool)
            let old = try await stage.claim()
            let plan = try #require(try await store.begin(old))
            try await store.found(pages: 2, plan)
            try await store.store(page: 1, text: "By the first", picture: nil, plan)
            #expect(await code { try await documents.cancel(viewer: stranger, documentID: id) } == .notFound)
            try await documents.setDeleted(viewer: member, documentID: id, isDeleted: true)
            #expect(await code { try await documents.cancel(viewer: member, documentID: id) } == .notFound)
            try await documents.setDeleted(viewer: member, documentID: id, isDeleted: false)
            for _ in 0..<2 { try await documents.cancel(viewer: member, documentID: id) }
            #expect(try await stage.state() == "CANCELLED 1/2")
            #expect(
                try await stage.world.count(
                    "select count(*) from jobs where id = \(old.id) and cancel_requested_at is not null") == 1)
            #expect(await code { try await store.complete(plan) } == .runLost)
            #expect(await code { try await documents.retry(viewer: stranger, documentID: id) } == .notFound)
            for _ in 0..<2 { try await documents.retry(viewer: member, documentID: id) }
            // The job of the first start neither goes on nor ends the second one.
            #expect(try await store.begin(old) == nil)
            try await store.fail(old, code: "READING_FAILED", message: "Late.")
            #expect(try await stage.state() == "PENDING 1/2")
            try await stage.run()
            #expect(try await stage.state() == "COMPLETED 2/2")
            let texts = try await stage.world.pool.query("select text from document_pages order by number")
            #expect(texts.map { $0.string(0).trimmedSpaces } == ["By the first", "Two"])
            try await documents.retry(viewer: member, documentID: id)
            #expect(try await stage.state() == "COMPLETED 2/2")
            #expect(
                try await stage.events().suffix(6) == [
                    "CANCELLED 1/2", "PENDING 1/2", "PROCESSING 1/2", "PROCESSING 1/2", "PROCESSING 2/2",
                    "COMPLETED 2/2",
                ])
        }
    }

    @Test("embedded pictures are kept once for the document, with small copies; ornaments and repetitions are counted")
    func embeddedPictures() async throws {
        func image(_ side: Int, _ color: RGBColor) -> Bitmap { Bitmap(width: side, height: side / 2, color: color) }
        let images = [
            image(600, RGBColor(200, 30, 40)), image(80, RGBColor(20, 120, 220)), image(40, RGBColor(0, 0, 0)),
        ]
        let bytes = pdfBytes(pages: ["Blue eyes", ""], images: images, pictures: [[0, 2, 1], [1, 0, 2]])
        try await withDocument("plan.pdf", "application/pdf", bytes) { stage in
            try await stage.run()
            let rows = try await stage.world.pool.query(
                """
                select pictures.page_number, pictures.position, pictures.name, assets.width, assets.height,
                    assets.object_key, assets.thumbnail_key, assets.purpose
                from document_pictures as pictures
                join assets on assets.id = pictures.asset_id
                order by pictures.page_number, pictures.position
                """)
            #expect(rows.map { "\($0.int(0))-\($0.int(1)) \($0.int(3))" } == ["1-1 600", "1-2 80"])
            #expect(rows.map { $0.string(2) } == ["Blue eyes (p.1-1)", "Blue eyes (p.1-2)"])
            for (row, image) in zip(rows, images) {
                #expect(row.string(7) == "DOCUMENT_PICTURE")
                let stored = try await stage.objects.get(try ObjectKey(row.string(5)))
                #expect(try Picture.decode(.bytes(stored)).bitmap()[3, 3] == image[3, 3])
                let small = try PictureHeader.read(.bytes(try await stage.objects.get(try ObjectKey(row.string(6)))))
                #expect(small.format == .jpeg && small.width == min(image.width, 480))
            }
            let skipped = try await stage.world.pool.query(
                "select pictures_skipped from document_pages order by number")
            #expect(skipped.map { $0.int(0) } == [1, 3])
            #expect(try FileManager.default.contentsOfDirectory(atPath: stage.temporaryFolder).isEmpty)
            #expect(DocumentRunStore.pictureName(" \n", document: "plan", page: 2, position: 1) == "plan (p.2-1)")
        }
    }

    @Test("a page with too many pixels to decode is read all the same, without its pictures")
    func tooLarge() async throws {
        let bytes = pdfBytes(
            pages: ["Big"], images: [Bitmap(width: 64, height: 64, color: RGBColor(1, 2, 3))], pictures: [[0]],
            claimedSide: 10_100)
        try await withDocument("plan.pdf", "application/pdf", bytes) { stage in
            try await stage.run()
            #expect(try await stage.state() == "COMPLETED 1/1")
            #expect(try await stage.world.count("select count(*) from document_pictures") == 0)
            #expect(try await stage.world.count("select pictures_skipped from document_pages") == 1)
        }
    }

    @Test("chosen pictures become entries of the registry, each once, and are measured")
    func entering() async throws {
        let images = (0..<3).map { Bitmap(width: 64, height: 64, color: RGBColor(UInt8(80 * $0), 30, 40)) }
        let bytes = pdfBytes(pages: ["Hats"], images: images, pictures: [[0, 1, 2]])
        try await withDocument("plan.pdf", "application/pdf", bytes) { stage in
            try await stage.run()
            let pictures = try await stage.world.pool.query("select id from document_pictures order by position").map {
                $0.uuid(0)
            }
            let store = DocumentStore(pool: stage.world.pool)
            func enter(_ ids: [UUID], by viewer: UUID? = nil) async throws -> [UUID] {
                try await store.enterPictures(
                    viewer: viewer ?? stage.world.member, documentID: stage.documentID, pictureIDs: ids, tags: ["hat"])
            }
            let entries = try await enter([pictures[2], pictures[0]])
            #expect(try await enter([pictures[0], pictures[1], pictures[2]]).first == entries[1])
            #expect(try await stage.world.count("select count(*) from items where tags = '{hat}'") == 3)
            #expect(
                try await stage.world.text("select description from items where id = \(entries[0])")
                    == "Hats (p.1-3)")
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'vector'") == 3)
            #expect(await problems { _ = try await enter([]) } == ["pictureIds: REQUIRED"])
            #expect(await problems { _ = try await enter([pictures[0], UUID()]) } == ["pictureIds.1: NOT_FOUND"])
            #expect(await code { _ = try await enter(pictures, by: stage.world.stranger) } == .notFound)
            try await store.setDeleted(viewer: stage.world.member, documentID: stage.documentID, isDeleted: true)
            #expect(await code { _ = try await enter(pictures) } == .notFound)
        }
    }

    @Test("what cannot be read fails and says why, without being tried again")
    func damaged() async throws {
        let bytes = Array("%PDF-1.4\nnothing\n%%EOF\n".utf8)
        try await withDocument("broken.pdf", "application/pdf", bytes) { stage in
            try await stage.run()
            #expect(try await stage.state() == "FAILED 0/0 UNREADABLE")
            #expect(try await stage.events().last == "FAILED 0/0")
        }
    }

    @Test("a text is one page; an Office file has none; a deleted document is read all the same")
    func others() async throws {
        try await withDocument("names.csv", "text/csv", Array("花,はな\n".utf8)) { stage in
            try await DocumentStore(pool: stage.world.pool).setDeleted(
                viewer: stage.world.member, documentID: stage.documentID, isDeleted: true)
            try await stage.run()
            #expect(try await stage.state() == "COMPLETED 1/1")
            #expect(try await stage.world.text("select text from document_pages") == "花,はな\n")
        }
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        try await withDocument("plan.docx", word, [0]) { stage in
            try await stage.run()
            #expect(try await stage.state() == "COMPLETED 0/0")
        }
    }
}

/// A document that waits for a worker.
private struct DocumentStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let temporaryFolder: String
    let documentID: UUID

    func claim(lease: Duration = .seconds(60)) async throws -> Job {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.document], worker: "test/1", lease: lease, limit: 1)
        return try #require(jobs.first)
    }

    func run() async throws {
        let reader = PDFReader.installed(searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
        try await DocumentRun(
            pool: world.pool, objects: objects, reader: reader, temporaryFolder: temporaryFolder
        ).run(try await claim())
    }

    func state() async throws -> String? {
        try await world.text(
            """
            select concat_ws(' ', status, pages_done || '/' || pages_total, error_code)
            from documents
            where id = \(documentID)
            """)
    }

    func events() async throws -> [String] {
        try await EventStore(pool: world.pool).read(.document(documentID), after: 0).map { event in
            let pages = "\(event.payload["pagesDone"]?.int ?? -1)/\(event.payload["pagesTotal"]?.int ?? -1)"
            return "\(event.payload["status"]?.string ?? "") \(pages)"
        }
    }
}

private func withDocument(
    _ name: String, _ mediaType: String, _ bytes: [UInt8],
    _ body: @escaping @Sendable (DocumentStage) async throws -> Void
) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let folder = FileManager.default.temporaryDirectory.appending(path: "documents-\(UUID().text)").path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer {
                // What is left over is in the temporary directory; a test does not fail for it.
                try? FileManager.default.removeItem(atPath: folder)
            }
            try await objects.put(.bytes(bytes), at: try ObjectKey("documents/1"))
            let asset = try await pool.query(
                """
                insert into assets (project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256)
                values (
                    \(world.projectID), 'DOCUMENT', 'READY', \(name), \(mediaType), \(bytes.count), 'documents/1',
                    \(String(repeating: "0", count: 64))
                )
                returning id
                """)
            let documentID = try await DocumentStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, assetID: try #require(asset.first).uuid(0),
                name: nil, description: "")
            try await body(
                DocumentStage(world: world, objects: objects, temporaryFolder: folder, documentID: documentID))
        }
    }
}
