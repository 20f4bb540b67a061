import Clients
import Database
import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import Workflows

// Files of design programs: what they announce, what they hide, and what is wrong with them.
extension PictureUploadTests {
    private static let ai = DrawingKind.illustrator.mediaType
    private static let eps = DrawingKind.postScript.mediaType
    private static let pdf = PictureFiles.pdf(paper: (72, 72), crop: (0, 0, 72, 72), content: "0 0 36 72 re f")

    @Test("types by other names, and AI files that are told as PostScript, become what their bytes are")
    func names() async throws {
        try await withUploads { world, uploads, _ in
            let psd = PictureFiles.psd(width: 4, height: 4, (1, 2, 3))
            let icon = PictureFiles.ico([(8, 8, 32, try self.png(8))])
            let drawing = PictureFiles.eps("0 0 9 9", "0 0 9 9 rectfill")
            for (announced, bytes, found) in [
                ("image/x-photoshop", psd, "image/vnd.adobe.photoshop"),
                ("image/X-Icon", icon, "image/vnd.microsoft.icon"),
                (Self.eps, Self.pdf, Self.ai), (Self.ai, Self.pdf, Self.ai), ("image/x-eps", drawing, Self.eps),
                (
                    "image/svg+xml-compressed",
                    Array("<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'/>".utf8), "image/svg+xml"
                ),
            ] {
                let asset = try await upload(bytes, announced, in: world, uploads)
                #expect(
                    try await world.text("select media_type from assets where id = \(asset)") == found, "\(announced)")
            }
        }
    }

    @Test("what is not what was announced, or cannot be seen, is refused with its code")
    func faults() async throws {
        let withoutPDF = PictureFiles.pdf(
            paper: (600, 200), crop: (0, 0, 600, 200),
            content: "BT /F 10 Tf 9 99 Td (This is an Adobe Illustrator File that was saved without PDF Content.) Tj ET"
        )
        let postScript = PictureFiles.eps("0 0 9 9", "0 0 9 9 rectfill")
        let psd = PictureFormat.psd.mediaType
        let ico = PictureFormat.ico.mediaType
        var flat = PictureFiles.Photoshop(width: 1, height: 1, channels: [[1], [2], [3]])
        flat.resources = [(1057, [0, 0, 0, 1, 0])]
        let damaged = Array(PictureFiles.psd(width: 9, height: 9, (1, 2, 3)).dropLast())
        let missing = flat.bytes
        try await withUploads { world, uploads, _ in
            for (announced, bytes, code) in [
                (Self.ai, withoutPDF, "UPLOAD_UNREADABLE"), (Self.ai, postScript, "UPLOAD_UNREADABLE"),
                (Self.ai, Array(Self.pdf.prefix(30)), "UPLOAD_UNREADABLE"), (Self.ai, try self.png(8), "UPLOAD_TYPE"),
                (Self.eps, try self.png(8), "UPLOAD_TYPE"), ("image/svg+xml", Self.pdf, "UPLOAD_TYPE"),
                ("image/png", damaged, "UPLOAD_TYPE"), (psd, try self.png(8), "UPLOAD_TYPE"),
                (psd, damaged, "UPLOAD_UNREADABLE"), (psd, missing, "UPLOAD_UNREADABLE"),
                (ico, try self.png(8), "UPLOAD_TYPE"), (ico, PictureFiles.ico([]) + [0, 0, 0, 0], "UPLOAD_TYPE"),
            ] {
                let found = await problems { _ = try await upload(bytes, announced, in: world, uploads) }
                #expect(found == ["assetId: \(code)"], "\(announced), \(bytes.count) bytes")
            }
        }
    }

    @Test("a server without a program refuses its drawings before they are sent")
    func missingPrograms() async throws {
        try await withTestDatabase { pool in
            try await withObjects { objects in
                let world = try await World.make(pool)
                let uploads = UploadStore(pool: pool, objects: objects)
                for type in [Self.ai, Self.eps] {
                    let found = await problems { _ = try await upload(Self.pdf, type, in: world, uploads) }
                    #expect(found == ["mediaType: MEDIA_TOOLS_MISSING"])
                }
            }
        }
    }

    @Test("a task made of a design file is a picture of the size that people see, and so is an import's folder")
    func material() async throws {
        try await withUploads { world, uploads, _ in
            let assets = [
                try await upload(Self.pdf, Self.ai, in: world, uploads),
                try await upload(
                    PictureFiles.psd(width: 30, height: 20, (1, 2, 3)), PictureFormat.psd.mediaType, in: world, uploads),
            ]
            let tasks = TaskStore(pool: world.pool)
            let taskID = try await tasks.create(
                viewer: world.member, projectID: world.projectID, task: .init(name: "Designs"))
            for asset in assets {
                _ = try await tasks.createSubtask(
                    viewer: world.member, taskID: taskID, name: "design", description: "", assetID: asset)
            }
            let kinds = try await world.pool.query(
                """
                select string_agg(distinct kind, ',')
                from subtasks
                where task_id = \(taskID)
                """)
            #expect(kinds.first?.string(0) == "PICTURE")
            let sizes = try await world.pool.query(
                "select width, height from assets where id = any(\(assets)) order by width desc")
            #expect(sizes.map { [$0.int(0), $0.int(1)] } == [[150, 150], [30, 20]])
            #expect(ImportStore.isMedium(Self.ai) && ImportStore.isMedium(PictureFormat.psd.mediaType))
        }
    }

    private func png(_ side: Int) throws -> [UInt8] {
        try Picture(Bitmap(width: side, height: side, color: RGBColor(9, 9, 9))).pngBytes()
    }
}
