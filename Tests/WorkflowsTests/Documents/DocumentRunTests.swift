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
            let plan = try #require(try await store.begin(first, documentID: stage.documentID))
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
