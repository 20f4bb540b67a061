import Archive
import Clients
import Database
import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Uploads of pictures that not everything reads", .timeLimit(.minutes(15)))
struct PictureUploadTests {
    private static let svg = Array(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="2000" height="600">
          <rect width="2000" height="600" fill="#0ac81e"/>
        </svg>
        """.utf8)

    @Test("what not everything reads keeps its bytes, and what reads pictures gets a copy as large in a common format")
    func copies() async throws {
        try await withUploads { world, uploads, objects in
            let color: (UInt8, UInt8, UInt8) = (10, 200, 30)
            for (type, bytes) in [
                ("image/bmp", PictureFiles.bmp(width: 2000, height: 600, color)),
                ("image/tiff", PictureFiles.tiff(width: 2000, height: 600, color)),
                (DrawingKind.svg.mediaType, Self.svg),
                (DrawingKind.svg.mediaType, try PictureFiles.output(of: "/usr/bin/gzip", ["-c"], input: Self.svg)),
                (PictureFormat.psd.mediaType, PictureFiles.psd(width: 2000, height: 600, color)),
                (PictureFormat.psd.mediaType, PictureFiles.psd(width: 2000, height: 600, color, isLarge: true)),
                // 150 pixels to the inch: 960 × 288 points.
                (
                    DrawingKind.illustrator.mediaType,
                    PictureFiles.pdf(
                        paper: (2000, 2000), crop: (100, 200, 960, 288),
                        content: "0.0392 0.7843 0.1176 rg 100 200 960 288 re f")
                ),
                (
                    DrawingKind.postScript.mediaType,
                    PictureFiles.eps("-100 200 860 488", "0.0392 0.7843 0.1176 setrgbcolor -100 200 960 288 rectfill")
                ),
            ] {
                let asset = try await upload(bytes, type, in: world, uploads)
                let row = try #require(
                    try await world.pool.query(
                        """
                        select state, media_type, width, height, object_key, picture_key, preview_key, thumbnail_key
                        from assets
                        where id = \(asset)
                        """
                    ).first)
                #expect((row.string(0), row.string(1)) == ("READY", type))
                #expect((row.int(2), row.int(3)) == (2000, 600))
                let keys = try (4..<8).map { try ObjectKey(row.string($0)) }
                #expect(Set(keys).count == 4)
                #expect(try await objects.get(keys[0]) == bytes)
                for (key, format, width, height) in [
                    (keys[1], PictureFormat.png, 2000, 600), (keys[2], .jpeg, 1920, 576), (keys[3], .jpeg, 480, 144),
                ] {
                    let copy = try await objects.get(key)
                    #expect(PictureFormat(magicNumber: copy) == format)
                    let picture = try Picture.decode(.bytes(copy))
                    #expect((picture.width, picture.height) == (width, height))
                    let seen = try picture.bitmap()[width / 2, height / 2]
                    #expect(LabColor(seen).difference(from: LabColor(RGBColor(10, 200, 30))) < 3, "\(type): \(seen)")
                }
                _ = try await world.pool.query("delete from assets where id = \(asset)")
                let jobs = try await JobStore(pool: world.pool).claim(
                    kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 9)
                for job in jobs { try await ObjectDeletion(pool: world.pool, objects: objects).run(job) }
                #expect(try await objects.list(prefix: "projects/", after: nil, limit: 10).isEmpty, "\(type)")
            }
        }
    }

    @Test(
        "what measures, describes and exports pictures reads the copy of a drawing; an archive has the drawing itself")
    func readers() async throws {
        try await withUploads { world, uploads, objects in
            let asset = try await upload(Self.svg, DrawingKind.svg.mediaType, in: world, uploads)
            let tasks = TaskStore(pool: world.pool)
            let taskID = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Drawings"))
            _ = try await tasks.createSubtask(
                viewer: world.member, taskID: taskID, name: "green", description: "", assetID: asset)
            _ = try await ItemStore(pool: world.pool).create(
                viewer: world.member, projectID: world.projectID, assetID: asset, description: "", tags: [])
            let jobs = try await JobStore(pool: world.pool).claim(
                kinds: [.vector], worker: "test/1", lease: .seconds(60), limit: 9)
            for job in jobs { try await VectorRun(pool: world.pool, objects: objects).run(job) }
            #expect(try await world.count("select count(*) from asset_vectors where asset_id = \(asset)") == 1)
            let prompts = PromptStore(pool: world.pool, objects: objects, model: LocalPromptModel())
            let shown = try await prompts.description(viewer: world.member, assetID: asset, kind: nil)
            #expect((shown.width, shown.height) == (2000, 600))
            let folder = FileManager.default.temporaryDirectory.appending(path: "drawn-\(UUID().uuidString)").path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // What is left over is in the temporary directory; a test does not fail for it.
            defer { try? FileManager.default.removeItem(atPath: folder) }
            for (format, part) in [("PPTX", "ppt/media/"), ("ZIP", "01 Drawings/")] {
                _ = try await ExportStore(pool: world.pool).start(
                    viewer: world.member, ExportStore.Request(taskIDs: [taskID], format: format))
                let exports = try await JobStore(pool: world.pool).claim(
                    kinds: [.export], worker: "test/1", lease: .seconds(60), limit: 1)
                try await ExportRun(pool: world.pool, objects: objects, pdfWriter: nil, temporaryFolder: folder)
                    .run(try #require(exports.first))
                let key = try #require(
                    try await world.text(
                        """
                        select object_key
                        from assets
                        join exports on exports.asset_id = assets.id
                        where exports.format = \(format)
                        """))
                let file = try ZIPReader(bytes: try await objects.get(try ObjectKey(key)))
                let entry = try #require(file.entries.first { $0.name.hasPrefix(part) })
                let bytes = try file.read(entry.name)
                #expect(format == "ZIP" ? bytes == Self.svg : PictureFormat(magicNumber: bytes) == .png)
            }
        }
    }

    @Test("of a check whose result cannot be written no copy is left, and the next one makes them all")
    func failedCheck() async throws {
        try await withUploads { world, uploads, objects in
            let bytes = PictureFiles.bmp(width: 2000, height: 20, (10, 200, 30))
            let ticket = try await uploads.create(
                viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a picture",
                mediaType: "image/bmp", byteCount: bytes.count)
            try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
            _ = try await world.pool.query(
                "alter table assets add constraint never_ready check (state <> 'READY') not valid")
            await #expect(throws: DatabaseError.self) {
                try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            }
            #expect(try await objects.list(prefix: "projects/", after: nil, limit: 9).isEmpty)
            _ = try await world.pool.query("alter table assets drop constraint never_ready")
            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            #expect(try await objects.list(prefix: "projects/", after: nil, limit: 9).count == 4)
        }
    }

    @Test("a large picture of a common format has a copy for screens, a small one is shown itself")
    func preview() async throws {
        try await withUploads { world, uploads, objects in
            let sizes: [(width: Int, height: Int, copy: [Int])] = [
                (1920, 1080, []), (1921, 1080, [1920, 1079]), (300, 1200, [270, 1080]),
            ]
            for (width, height, copy) in sizes {
                let asset = try await upload(
                    try pngBytes(width: width, height: height), "image/png", in: world, uploads)
                let row = try #require(
                    try await world.pool.queryFirst(
                        "select preview_key, picture_key = object_key from assets where id = \(asset)"))
                #expect(row.bool(1))
                var size: [Int] = []
                if let key = row.optionalString(0) {
                    let header = try PictureHeader.read(.bytes(try await objects.get(try ObjectKey(key))))
                    size = [header.width, header.height]
                }
                #expect(size == copy, "\(width) × \(height)")
            }
        }
    }

    @Test("what review points compare with may be a picture of every type")
    func references() async throws {
        try await withUploads { world, uploads, _ in
            for type in ["png", "jpeg", "webp", "gif", "bmp", "tiff", "svg+xml"] {
                let ticket = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .rpdReference, fileName: "a picture",
                    mediaType: "image/\(type)", byteCount: 9)
                #expect(ticket.mediaType == "image/\(type)")
            }
        }
    }

    @Test("pictures of the types that hardly compress may have more bytes than others")
    func scans() async throws {
        try await withUploads { world, uploads, objects in
            // Noise, which PNG cannot make smaller: what reads pictures gets a JPEG.
            var noise: [UInt8] = []
            noise.reserveCapacity(2000 * 1700 * 3)
            var state: UInt64 = 4711
            while noise.count < 2000 * 1700 * 3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                for shift in stride(from: UInt64(16), to: 64, by: 8) { noise.append(UInt8(state >> shift & 255)) }
            }
            let scan = PictureFiles.tiff(width: 2000, height: 1700, pixels: noise)
            #expect(scan.count > FilePurpose.maximumPictureBytes)
            let asset = try await upload(scan, "image/tiff", in: world, uploads)
            let key = try #require(
                try await world.text("select converted_key from assets where id = \(asset) and state = 'READY'"))
            let copy = try await objects.get(try ObjectKey(key))
            #expect(copy.count <= FilePurpose.maximumPictureBytes)
            let header = try PictureHeader.read(.bytes(copy))
            #expect([header.width, header.height] == [2000, 1700] && header.format == .jpeg)
            let found = await problems {
                _ = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a picture",
                    mediaType: "image/bmp", byteCount: FilePurpose.maximumScanBytes + 1)
            }
            #expect(found == ["byteCount: UPLOAD_SIZE"])
        }
    }

    @Test("a drawing reads no other file and asks no other machine")
    func otherFiles() async throws {
        try await withUploads { world, uploads, objects in
            let folder = FileManager.default.temporaryDirectory.appending(path: "svg-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // What is left over is in the temporary directory; a test does not fail for it.
            defer { try? FileManager.default.removeItem(at: folder) }
            let secret = folder.appending(path: "secret.png")
            try Data(try Picture(Bitmap(width: 8, height: 8, color: RGBColor(255, 0, 0))).pngBytes()).write(to: secret)
            let svg = """
                <!DOCTYPE svg [<!ENTITY secret SYSTEM "file://\(secret.path())">]>
                <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8">
                  <rect width="8" height="8" fill="#00ff00"/>
                  <image width="8" height="8" xlink:href="file://\(secret.path())"/>
                  <image width="8" height="8" href="\(secret.path())"/>
                  <image width="8" height="8" href="secret.png"/>
                  <script>document.write('x')</script>
                </svg>
                """
            let asset = try await upload(Array(svg.utf8), DrawingKind.svg.mediaType, in: world, uploads)
            let key = try #require(try await world.text("select picture_key from assets where id = \(asset)"))
            let picture = try Picture.decode(.bytes(try await objects.get(try ObjectKey(key))))
            #expect(try picture.bitmap()[4, 4] == RGBColor(0, 255, 0))
        }
    }

    @Test("a drawing that would grow without end is refused, and what is none too")
    func bombs() async throws {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\">"
        let uses = (1...12).map { level in
            "<g id=\"g\(level)\">\(String(repeating: "<use href=\"#g\(level - 1)\"/>", count: 10))</g>"
        }
        let entities = (1...12).map { level in
            "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">"
        }
        try await withUploads { world, uploads, _ in
            for (name, text) in [
                ("uses", "\(head)<g id=\"g0\"><rect width=\"8\" height=\"8\"/></g>\(uses.joined())</svg>"),
                ("entities", "<!DOCTYPE svg [<!ENTITY e0 \"x\">\(entities.joined())]>\(head)<text>&e12;</text></svg>"),
                ("size", head.replacing("\"8\"", with: "\"900000\"") + "</svg>"), ("html", "<html><body/></html>"),
                ("cut", "\(head)<rect"), ("empty", " "),
            ] {
                let bytes = Array(text.utf8)
                let found = await problems {
                    _ = try await upload(bytes, DrawingKind.svg.mediaType, in: world, uploads)
                }
                #expect(found == ["assetId: UPLOAD_UNREADABLE"], "\(name)")
            }
        }
    }

    @Test("without librsvg a drawing is refused before it is sent")
    func noReader() async throws {
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let world = try await World.make(pool)
                let uploads = UploadStore(pool: pool, objects: objects)
                let found = await problems {
                    _ = try await upload(Self.svg, DrawingKind.svg.mediaType, in: world, uploads)
                }
                #expect(found == ["mediaType: MEDIA_TOOLS_MISSING"])
            }
        }
    }

    func upload(
        _ bytes: [UInt8], _ mediaType: String, in world: World, _ uploads: UploadStore
    ) async throws -> UUID {
        let ticket = try await uploads.create(
            viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a picture",
            mediaType: mediaType, byteCount: bytes.count)
        try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
        try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
        return ticket.assetID
    }

    func withUploads(
        _ body: @escaping @Sendable (World, UploadStore, DirectoryObjectStore) async throws -> Void
    ) async throws {
        let drawings = try #require(DrawingReader.installed(searchPath: "/usr/bin:/usr/local/bin"))
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let uploads = UploadStore(pool: pool, objects: objects, drawings: drawings)
                try await body(try await World.make(pool), uploads, objects)
            }
        }
    }
}
