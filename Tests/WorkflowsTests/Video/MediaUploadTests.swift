import Clients
import Database
import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import Workflows

@Suite("Sending videos and recordings", .timeLimit(.minutes(15)))
struct MediaUploadTests {
    @Test("a video and a recording are measured, and become materials of their kind, of which versions keep the kind")
    func materials() async throws {
        try await withMedia { stage, files in
            let video = try await stage.send(
                try files.make("a.mov", "-f lavfi -i testsrc=size=322x242:rate=30:d=2"), "video/mp4")
            let row = try #require(
                try await stage.world.pool.query(
                    """
                    select state, media_type, width, height, duration_seconds, frame_rate, length(sha256)
                    from assets
                    where id = \(video)
                    """
                ).first)
            #expect(row.string(0) == "READY" && row.string(1) == "video/quicktime" && row.int(6) == 64)
            #expect((row.int(2), row.int(3)) == (322, 242) && row.double(4) == 2 && row.double(5) == 30)
            let sound = try await stage.send(try files.make("a.mp3", "-f lavfi -i sine=d=1"), "audio/mpeg")
            let tasks = TaskStore(pool: stage.world.pool)
            let taskID = try await tasks.create(
                viewer: stage.world.member, projectID: stage.world.projectID, task: .init(name: "Film"))
            var subtasks: [UUID] = []
            for (asset, kind) in [(video, "VIDEO"), (sound, "AUDIO")] {
                let subtask = try await tasks.createSubtask(
                    viewer: stage.world.member, taskID: taskID, name: "A", description: "", assetID: asset)
                #expect(try await stage.world.text("select kind from subtasks where id = \(subtask)") == kind)
                subtasks.append(subtask)
            }
            let store = SubtaskStore(pool: stage.world.pool)
            _ = try await store.addContent(viewer: stage.world.member, subtaskID: subtasks[0], assetID: video)
            let other = await problems {
                _ = try await store.addContent(viewer: stage.world.member, subtaskID: subtasks[0], assetID: sound)
            }
            #expect(other == ["assetId: INVALID"])
        }
    }

    @Test(
        "bytes that are no such video are refused and deleted",
        arguments: [
            ("playlist", "video/mp4", "UPLOAD_TYPE"), ("truncated", "video/mp4", "UPLOAD_UNREADABLE"),
            ("webm", "video/mp4", "UPLOAD_TYPE"), ("sound", "video/mp4", "UPLOAD_TYPE"),
            ("video", "audio/mp4", "UPLOAD_TYPE"),
        ])
    func refusals(_ what: String, announced: String, expected: String) async throws {
        try await withMedia { stage, files in
            let source = "-f lavfi -i testsrc=size=320x240:rate=25:d=1"
            let path: String
            switch what {
            case "playlist": path = try files.write("a.mp4", Array("#EXTM3U\n#EXTINF:9,\n/etc/passwd\n".utf8))
            case "truncated":
                let whole = try MediaFiles.bytes(try files.make("whole.mp4", source))
                path = try files.write("a.mp4", Array(whole.prefix(whole.count / 2)))
            case "webm": path = try files.make("a.webm", source, "-c:v libvpx")
            case "sound": path = try files.make("a.m4a", "-f lavfi -i sine=d=1")
            default: path = try files.make("a.mp4", source)
            }
            let found = await problems { _ = try await stage.send(path, announced) }
            #expect(found == ["assetId: \(expected)"])
            #expect(try await stage.world.text("select state from assets") == "FAILED")
            #expect(try await stage.objects.list(prefix: "", after: nil, limit: 10).isEmpty)
        }
    }

    @Test("where ffmpeg is missing nothing is sent, and what was sent waits for a machine that has it")
    func missing() async throws {
        try await withMedia { stage, files in
            let path = try files.make("a.mp4", "-f lavfi -i testsrc=size=320x240:rate=25:d=1")
            let blind = UploadStore(pool: stage.world.pool, objects: stage.objects)
            #expect(
                await problems { _ = try await stage.announce(10, "video/mp4", to: blind) }
                    == ["mediaType: MEDIA_TOOLS_MISSING"])
            let ticket = try await stage.announce(try MediaFiles.bytes(path).count, "video/mp4", to: stage.uploads)
            try await stage.uploads.receive(.file(path), uploadID: ticket.uploadID)
            #expect(
                await problems { try await blind.complete(viewer: stage.world.member, assetID: ticket.assetID) }
                    == ["assetId: MEDIA_TOOLS_MISSING"])
            #expect(try await stage.world.text("select state from assets") == "PENDING")
            try await stage.uploads.complete(viewer: stage.world.member, assetID: ticket.assetID)
            #expect(try await stage.world.text("select state from assets") == "READY")
        }
    }

    @Test(
        "a gigabyte is allowed for a video, a fifth of it for a recording; neither is a reference picture",
        arguments: [("video/webm", 1_000_000_000), ("audio/flac", 200_000_000)])
    func sizes(_ mediaType: String, limit: Int) async throws {
        try await withMedia { stage, _ in
            _ = try await stage.announce(limit, mediaType, to: stage.uploads)
            let more = await problems { _ = try await stage.announce(limit + 1, mediaType, to: stage.uploads) }
            #expect(more == ["byteCount: UPLOAD_SIZE"])
            let reference = await problems {
                _ = try await stage.uploads.create(
                    viewer: stage.world.member, projectID: stage.world.projectID, purpose: .rpdReference,
                    fileName: "a", mediaType: mediaType, byteCount: 9)
            }
            #expect(reference == ["mediaType: UPLOAD_TYPE"])
        }
    }

    @Test("the small copy of a video is a frame that shows something, where its beginning shows nothing")
    func poster() async throws {
        try await withMedia { stage, files in
            let black = "-t 1 -f lavfi -i color=c=black:s=640x480:r=25"
            let path = try files.make(
                "a.mp4", black, "-t 1 -f lavfi -i testsrc=s=640x480:r=25", "-filter_complex concat", "-pix_fmt yuv420p")
            for (path, isBlack) in [(path, false), (try files.make("b.mp4", black, "-pix_fmt yuv420p"), true)] {
                let asset = try await stage.send(path, "video/mp4")
                let key = try #require(
                    try await stage.world.text("select thumbnail_key from assets where id = \(asset)"))
                let small = try Picture.decode(.bytes(try await stage.objects.get(try ObjectKey(key))))
                #expect((small.width, small.height) == (480, 360))
                let bitmap = try small.bitmap()
                let colors = Swift.Set((0..<480).map { bitmap[$0, 100] }.map { $0.red > 100 || $0.green > 100 })
                #expect(colors.contains(true) != isBlack)
            }
        }
    }

    @Test("a video is no picture: nothing compares with it, and no character shows it")
    func noPicture() async throws {
        try await withMedia { stage, files in
            let video = try await stage.send(
                try files.make("a.mp4", "-f lavfi -i testsrc=size=320x240:rate=25:d=1"), "video/mp4")
            let pool = stage.world.pool
            let found = await problems {
                try await pool.withTransaction {
                    try await SubtaskStore.requirePicture(video, projectID: stage.world.projectID, in: $0)
                }
            }
            #expect(found == ["assetId: ASSET_NOT_READY"])
            let gallery = await problems {
                try await pool.withTransaction {
                    try await CharacterStore.requirePictures(
                        [video], projectID: stage.world.projectID, field: "pictureId", in: $0)
                }
            }
            #expect(gallery == ["pictureId: NOT_FOUND"])
        }
    }
}

/// A project that files are sent to.
struct MediaStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let uploads: UploadStore

    /// Sends a file with all its checks, and gives its id.
    func send(_ path: String, _ mediaType: String) async throws -> UUID {
        let ticket = try await announce(try MediaFiles.bytes(path).count, mediaType, to: uploads)
        try await uploads.receive(.file(path), uploadID: ticket.uploadID)
        try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
        return ticket.assetID
    }

    func announce(_ byteCount: Int, _ mediaType: String, to uploads: UploadStore) async throws -> UploadStore.Ticket {
        try await uploads.create(
            viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a",
            mediaType: mediaType, byteCount: byteCount)
    }
}

/// Runs a test with a project and a folder for videos.
func withMedia(_ body: @escaping @Sendable (MediaStage, MediaFiles) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await MediaFiles.with { files in
                let uploads = UploadStore(
                    pool: pool, objects: objects, media: MediaReader.installed(searchPath: "/usr/bin"))
                try await body(
                    MediaStage(world: try await World.make(pool), objects: objects, uploads: uploads), files)
            }
        }
    }
}
