import Archive
import Database
import Foundation
import Glibc
import Imaging
import Testing

@testable import Clients
@testable import Workflows

@Suite("Files of Office until 2007", .timeLimit(.minutes(15)))
struct OldOfficeUploadTests {
    /// What LibreOffice makes of a file, as people have it who saved it long ago.
    private static func old(_ name: String, _ bytes: [UInt8], _ kind: OldOfficeKind) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "old-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What is left over is in the temporary directory; a test does not fail for it.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        let office = LibreOffice(
            program: try #require(LibreOffice.program(searchPath: "/usr/bin")), secondsAllowed: 120)
        let path = try office.convert(name, to: kind.endings.old, in: folder, checkCancellation: {})
        return [UInt8](try Data(contentsOf: URL(filePath: try #require(path))))
    }

    /// A text as LibreOffice keeps it in one XML file; `more` comes behind its lines.
    private static func text(_ lines: [String], more: String = "") -> [UInt8] {
        let names = ["office", "text", "drawing"].map { name in
            "xmlns:\(name == "drawing" ? "draw" : name)=\"urn:oasis:names:tc:opendocument:xmlns:\(name):1.0\""
        }
        return Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document \(names.joined(separator: " ")) xmlns:xlink="http://www.w3.org/1999/xlink" \
            xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" \
            office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>\
            \(lines.map { "<text:p>\($0)</text:p>" }.joined())\(more)</office:text></office:body></office:document>
            """.utf8)
    }

    /// A table of one row, kept in the same way.
    private static func table(_ texts: [String]) -> [UInt8] {
        let names = ["office", "text", "table"].map {
            "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
        }
        let cells = texts.map {
            "<table:table-cell office:value-type=\"string\"><text:p>\($0)</text:p></table:table-cell>"
        }
        return Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document \(names.joined(separator: " ")) office:version="1.2" \
            office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>\
            <table:table table:name="s"><table:table-row>\(cells.joined())</table:table-row></table:table>\
            </office:spreadsheet></office:body></office:document>
            """.utf8)
    }

    private static let lines = ["太郎「おはよう、花子ちゃん」", "花子「おはよう」"]

    @Test("a .doc and an .xls keep their bytes, and are scripts as those of today are")
    func scripts() async throws {
        let doc = try Self.old("a.fodt", Self.text(Self.lines), .word)
        let xls = try Self.old("a.fods", Self.table(["太郎", "おはよう"]), .excel)
        try await withUploads { world, uploads, objects in
            for (bytes, kind, name) in [(doc, OldOfficeKind.word, "WORD"), (xls, .excel, "EXCEL")] {
                let asset = try await upload(bytes, kind, in: world, uploads)
                let row = try #require(
                    try await world.pool.query(
                        "select state, media_type, byte_count, object_key, picture_key from assets where id = \(asset)"
                    ).first)
                #expect((row.string(0), row.string(1), row.int(2)) == ("READY", kind.mediaType, bytes.count))
                #expect(try await objects.get(try ObjectKey(row.string(3))) == bytes)
                let copy = try OfficePackage(bytes: try await objects.get(try ObjectKey(row.string(4))))
                if kind == .word {
                    let text = try WordText(copy)
                    #expect(text.blocks == Self.lines.enumerated().map { .paragraph($0 + 1, $1) })
                } else {
                    #expect(try Workbook(copy).sheets.first?.rows.first?.cells.map(\.text) == ["太郎", "おはよう"])
                }
                let tasks = TaskStore(pool: world.pool)
                let taskID = try await tasks.create(
                    viewer: world.member, projectID: world.projectID, task: .init(name: name))
                _ = try await tasks.createSubtask(
                    viewer: world.member, taskID: taskID, name: name, description: "", assetID: asset)
                #expect(try await world.text("select kind from subtasks where task_id = \(taskID)") == name)
                _ = try await world.pool.query("delete from subtasks where task_id = \(taskID)")
                _ = try await world.pool.query("delete from assets where id = \(asset)")
            }
            let jobs = try await JobStore(pool: world.pool).claim(
                kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 9)
            for job in jobs { try await ObjectDeletion(pool: world.pool, objects: objects).run(job) }
            #expect(try await objects.list(prefix: "projects/", after: nil, limit: 10).isEmpty)
        }
    }

    @Test("a .ppt is imported as a .pptx is: a task with the pictures of its slides")
    func presentation() async throws {
        let png = try Picture(Bitmap(width: 40, height: 30, color: RGBColor(10, 200, 30))).pngBytes()
        let shapes =
            #"<draw:frame svg:width="20cm" svg:height="15cm" svg:x="1cm" svg:y="1cm"><draw:image><office:binary-data>\#(Data(png).base64EncodedString())</office:binary-data></draw:image></draw:frame>"#
        let names = ["office", "drawing", "presentation", "style"].map { name in
            "xmlns:\(name == "drawing" ? "draw" : name)=\"urn:oasis:names:tc:opendocument:xmlns:\(name):1.0\""
        }
        let slides = """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document \(names.joined(separator: " ")) \
            xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" \
            office:mimetype="application/vnd.oasis.opendocument.presentation">\
            <office:master-styles><style:master-page style:name="m"/></office:master-styles>\
            <office:body><office:presentation>\
            <draw:page draw:master-page-name="m">\(shapes)</draw:page></office:presentation></office:body></office:document>
            """
        let ppt = try Self.old("a.fodp", Array(slides.utf8), .powerPoint)
        try await withImport { stage in
            let reader = try #require(OldOfficeReader.installed(searchPath: "/usr/bin"))
            let uploads = UploadStore(pool: stage.world.pool, objects: stage.objects, office: reader)
            let asset = try await upload(ppt, .powerPoint, purpose: .document, in: stage.world, uploads)
            let importID = try await stage.start([(asset, "第１話.ppt")])
            try await stage.work()
            #expect(try await stage.items(of: importID) == ["SUCCEEDED 1"])
            #expect(try await stage.tasks() == ["第１話: 1 PICTURE 第１話 – slide 1"])
        }
    }

    @Test("what is no such file, is cut, or is another kind is refused with its code")
    func faults() async throws {
        let doc = try Self.old("a.fodt", Self.text(Self.lines), .word)
        try await withUploads { world, uploads, _ in
            for (bytes, kind, code) in [
                (Array("no document".utf8), OldOfficeKind.word, "UPLOAD_TYPE"), (doc, .excel, "UPLOAD_TYPE"),
                (CompoundFileTests.file(["WordDocument"]), .word, "UPLOAD_UNREADABLE"),
                (CompoundFileTests.file(["WordDocument", "VBA"]), .word, "UPLOAD_TYPE"),
            ] {
                let found = await problems { _ = try await upload(bytes, kind, in: world, uploads) }
                #expect(found == ["assetId: \(code)"], "\(kind), \(bytes.count) bytes")
            }
        }
    }

    @Test("a server without LibreOffice, or without the part for a kind, refuses it before it is sent")
    func missing() async throws {
        #expect(OldOfficeReader.installed(searchPath: "/nonexistent:/etc") == nil)
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let world = try await World.make(pool)
                let part = OldOfficeReader(program: "/usr/bin/soffice", kinds: [.excel])
                for office in [nil, part] {
                    let uploads = UploadStore(pool: pool, objects: objects, office: office)
                    let found = await problems { _ = try await upload([1], .word, in: world, uploads) }
                    #expect(found == ["mediaType: MEDIA_TOOLS_MISSING"])
                }
            }
        }
    }

    @Test("a file asks no other machine for anything")
    func network() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                try #require(bind(listener, generic, length) == 0 && listen(listener, 9) == 0)
                try #require(getsockname(listener, generic, &length) == 0)
            }
        }
        let link = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x.png"
        let more = """
            <text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="\(link)" xlink:type="simple"/>\
            </draw:frame></text:p>
            """
        let doc = try Self.old("a.fodt", Self.text(Self.lines, more: more), .word)
        #expect(doc.firstRange(of: Array(link.utf8).flatMap { [$0, 0] }) != nil)
        let folder = FileManager.default.temporaryDirectory.appending(path: "linked-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What is left over is in the temporary directory; a test does not fail for it.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(doc).write(to: URL(filePath: "\(folder)/\(OldOfficeReader.name(of: .word))"))
        let reader = try #require(OldOfficeReader.installed(searchPath: "/usr/bin"))
        #expect(try reader.convert(.word, in: folder, checkCancellation: {}) != nil)
        // A connection would wait in the queue, long after the program has ended.
        var state = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        #expect(poll(&state, 1, 0) == 0)
    }

    private func upload(
        _ bytes: [UInt8], _ kind: OldOfficeKind, purpose: FilePurpose = .subtaskContent, in world: World,
        _ uploads: UploadStore
    ) async throws -> UUID {
        let ticket = try await uploads.create(
            viewer: world.member, projectID: world.projectID, purpose: purpose, fileName: "an old file",
            mediaType: kind.mediaType, byteCount: bytes.count)
        try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
        try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
        return ticket.assetID
    }

    private func withUploads(
        _ body: @escaping @Sendable (World, UploadStore, DirectoryObjectStore) async throws -> Void
    ) async throws {
        let office = try #require(OldOfficeReader.installed(searchPath: "/usr/bin"))
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let uploads = UploadStore(pool: pool, objects: objects, office: office)
                try await body(try await World.make(pool), uploads, objects)
            }
        }
    }
}
