import Clients
import Database
import FoundationEssentials
import Imaging
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Finding the scenes of videos", .timeLimit(.minutes(15)))
struct SceneRunTests {
    @Test("cuts between films of every sort are found at their frames, with a picture of each middle")
    func films() async throws {
        try await withMedia { stage, files in
            // Still, moving, noisy and turning parts; the third is as light as the second. 25 frames a second.
            let parts = [
                "color=c=red:s=320x240:r=25:d=1.2", "testsrc2=s=320x240:r=25:d=2", "mandelbrot=s=320x240:r=25",
                "color=c=0x0080ff:s=320x240:r=25:d=1,noise=alls=40:allf=t", "life=s=320x240:r=25:mold=10:ratio=0.2",
                "smptebars=s=320x240:r=25:d=1.6", "color=c=green:s=320x240:r=25:d=1",
                "color=c=0x8000a0:s=320x240:r=25:d=1",
            ]
            let lengths = [1.2, 2, 1.4, 1, 1.8, 1.6, 1, 1]
            let inputs = zip(parts, lengths).map { "-t \($1) -f lavfi -i \($0)" }.joined(separator: " ")
            let scaled = parts.indices.map { "[\($0)]format=yuv420p,setsar=1[v\($0)]" }.joined(separator: ";")
            let joined = parts.indices.map { "[v\($0)]" }.joined() + "concat=n=\(parts.count)"
            let path = try files.make("film.mp4", inputs, "-filter_complex \(scaled);\(joined)", "-pix_fmt yuv420p")
            let scenes = try await stage.find(in: path)
            var starts = [0.0]
            for length in lengths.dropLast() { starts.append(starts[starts.count - 1] + length) }
            #expect(scenes.map { ($0.double(1) * 25).rounded() } == starts.map { ($0 * 25).rounded() })
            for row in scenes {
                let frame = try PictureHeader.read(.bytes(try await stage.objects.get(try ObjectKey(row.string(6)))))
                #expect((frame.width, frame.height) == (320, 240))
                let small = try PictureHeader.read(.bytes(try await stage.objects.get(try ObjectKey(row.string(7)))))
                #expect((small.width, small.height) == (320, 240))
            }
            // The middle of a red scene is red.
            let bytes = try await stage.objects.get(try ObjectKey(scenes[0].string(6)))
            let color = try Picture.decode(.bytes(bytes)).bitmap()[160, 120]
            #expect(color.red > 240 && color.green < 15)
        }
    }

    @Test(
        "odd lengths, a single frame, frames in uneven steps, sound that goes on: times stay inside the video",
        arguments: ["single", "uneven", "tail", "odd", "turned"])
    func oddities(_ what: String) async throws {
        try await withMedia { stage, files in
            let colors = try files.colors("colors.mp4", [("red", 1), ("blue", 1.24), ("lime", 0.72)])
            let path =
                switch what {
                case "single": try files.make("a.mp4", "-i \(colors)", "-frames:v 1")
                case "uneven":
                    try files.make(
                        "a.mp4", "-i \(colors)", "-vf select='not(mod(n,7))+not(mod(n,4))' -fps_mode vfr")
                case "tail": try files.make("a.mp4", "-i \(colors) -f lavfi -i sine=d=9.7", "-c:v copy")
                case "odd": try files.make("a.webm", "-i \(colors)", "-vf fps=24000/1001 -t 2.777 -c:v libvpx")
                default: try files.make("a.mp4", "-i \(colors)", "-c copy -metadata:s:v rotate=270")
                }
            let scenes = try await stage.find(in: path)
            #expect(scenes.count == (what == "single" ? 1 : 3))
            let duration = try #require(
                try await stage.world.pool.queryFirst("select duration_seconds from assets")
            ).double(0)
            #expect(scenes.first?.double(1) == 0 && scenes.last?.double(2) == duration)
            for row in scenes {
                #expect(row.double(1) < row.double(2) && row.double(2) <= duration)
                #expect(row.double(1) <= row.double(5) && row.double(5) <= row.double(2))
                #expect(row.int(3) <= row.int(4))
            }
            if what == "turned" {
                let frame = try PictureHeader.read(
                    .bytes(try await stage.objects.get(try ObjectKey(scenes[0].string(6)))))
                #expect((frame.width, frame.height) == (240, 320))
            }
        }
    }

    @Test("subscribers of every task with the video hear how far it is, and one file is searched once")
    func events() async throws {
        try await withMedia { stage, files in
            let asset = try await stage.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            let first = try await stage.material(asset)
            let second = try await stage.material(asset)
            try await stage.searchScenes()
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'scenes'") == 1)
            for taskID in [first.taskID, second.taskID] {
                let told = try await EventStore(pool: stage.world.pool).read(.task(taskID), after: 0)
                    .filter { $0.kind == .scenesChanged }
                #expect(told.last?.text("status") == "COMPLETED" && told.last?.payload["progress"]?.double == 1)
                let progress = told.compactMap { $0.payload["progress"]?.double }
                #expect(progress == progress.sorted() && progress.count > 3)
                // Not only scene by scene: looking for the cuts takes longest.
                #expect(progress.contains { $0 > 0 && $0 < 0.7 })
            }
        }
    }

    @Test("a worker that takes over begins anew, and the first writes nothing more and leaves nothing behind")
    func takeOver() async throws {
        try await withMedia { stage, files in
            let asset = try await stage.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            _ = try await stage.material(asset)
            let store = SceneRunStore(pool: stage.world.pool)
            let first = try #require(try await stage.claim(.scenes, lease: .zero).first)
            let plan = try #require(try await store.begin(first))
            let scene = VideoScene(startSeconds: 0, endSeconds: 2, startFrame: 0, endFrame: 9, middleSeconds: 1)
            func write(_ number: Int) async throws {
                let key = try ObjectKey("scenes/old-\(number)")
                try await store.store(scene, number: number, frame: key, thumbnail: key, progress: 0.9, plan)
            }
            try await write(1)
            try await stage.searchScenes()
            #expect(await code { try await write(3) } == .runLost)
            #expect(await code { try await store.complete(plan) } == .runLost)
            #expect(try await stage.world.count("select count(*) from video_scenes") == 2)
            // The pictures of what was forgotten go.
            let gone = try await stage.world.count(
                "select count(*) from jobs where kind = 'object-deletion' and payload ->> 'objectKey' = 'scenes/old-1'")
            #expect(gone > 0)
        }
    }

    @Test("a worker that is replaced while it stores a scene leaves no picture behind")
    func replaced() async throws {
        try await withMedia { stage, files in
            let asset = try await stage.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            _ = try await stage.material(asset)
            let run = SceneRun(
                pool: stage.world.pool, objects: ReplacingStore(objects: stage.objects, pool: stage.world.pool),
                reader: .installed(searchPath: "/usr/bin"), temporaryFolder: files.folder)
            let job = try #require(try await stage.claim(.scenes).first)
            #expect(await code { try await run.run(job) } == .runLost)
            #expect(try await stage.world.count("select count(*) from video_scenes") == 0)
            // What is left is the video and its small picture.
            #expect(try await stage.objects.list(prefix: "", after: nil, limit: 10).count == 2)
        }
    }

    @Test("without ffmpeg the search fails and says so; asking again has it made")
    func failure() async throws {
        try await withMedia { stage, files in
            let asset = try await stage.send(try files.colors("a.mp4", [("red", 1), ("blue", 1)]), "video/mp4")
            let material = try await stage.material(asset)
            try await stage.searchScenes(reader: nil)
            #expect(
                try await stage.world.text("select status || ' ' || error_code from scene_detections")
                    == "FAILED NO_MEDIA_READER")
            _ = try await SubtaskStore(pool: stage.world.pool).addContent(
                viewer: stage.world.member, subtaskID: material.subtaskID, assetID: asset)
            try await stage.searchScenes()
            #expect(
                try await stage.world.text("select status || ' ' || attempt from scene_detections") == "COMPLETED 2")
        }
    }

    @Test("a file most of which is damaged fails with a reason")
    func damage() async throws {
        try await withMedia { stage, files in
            let path = try files.make(
                "a.mp4", "-f lavfi -i testsrc=size=320x240:rate=25:d=4", "-movflags +faststart")
            var bytes = try MediaFiles.bytes(path)
            for index in bytes.indices where index > bytes.count / 2 { bytes[index] = UInt8(index * 37 & 0xFF) }
            let scenes = try await stage.find(in: try files.write("b.mp4", bytes))
            #expect(scenes.isEmpty)
            #expect(
                try await stage.world.text("select status || ' ' || error_code from scene_detections")
                    == "FAILED UNREADABLE")
        }
    }
}

/// A place for files where another worker takes the search over as soon as a frame is stored.
private struct ReplacingStore: ObjectStore {
    let objects: DirectoryObjectStore
    let pool: ConnectionPool

    func put(_ content: ObjectContent, at key: ObjectKey) async throws {
        try await objects.put(content, at: key)
        _ = try await pool.query("update scene_detections set run_token = gen_random_uuid()")
    }

    func get(_ key: ObjectKey) async throws -> [UInt8] { try await objects.get(key) }
    func get(_ key: ObjectKey, range: Range<Int>) async throws -> [UInt8] { try await objects.get(key, range: range) }
    func download(_ key: ObjectKey, to path: String) async throws { try await objects.download(key, to: path) }
    func size(of key: ObjectKey) async throws -> Int? { try await objects.size(of: key) }
    func delete(_ key: ObjectKey) async throws { try await objects.delete(key) }
    func list(prefix: String, after: ObjectKey?, limit: Int) async throws -> [ObjectInfo] {
        try await objects.list(prefix: prefix, after: after, limit: limit)
    }
    func localPath(of key: ObjectKey) -> String? { objects.localPath(of: key) }
}

extension MediaStage {
    /// A material of a task of its own.
    struct Material: Sendable {
        let taskID: UUID
        let subtaskID: UUID
    }

    func material(_ assetID: UUID) async throws -> Material {
        let tasks = TaskStore(pool: world.pool)
        let taskID = try await tasks.create(
            viewer: world.member, projectID: world.projectID, task: .init(name: "Film"))
        let subtaskID = try await tasks.createSubtask(
            viewer: world.member, taskID: taskID, name: "A", description: "", assetID: assetID)
        return Material(taskID: taskID, subtaskID: subtaskID)
    }

    func claim(_ kind: JobKind, lease: Duration = .seconds(60)) async throws -> [Job] {
        try await JobStore(pool: world.pool).claim(kinds: [kind], worker: "test/1", lease: lease, limit: 9)
    }

    /// Makes the searches for scenes that wait.
    func searchScenes(reader: MediaReader? = .installed(searchPath: "/usr/bin")) async throws {
        let run = SceneRun(
            pool: world.pool, objects: objects, reader: reader,
            temporaryFolder: FileManager.default.temporaryDirectory.path)
        for job in try await claim(.scenes) {
            try await run.run(job)
            try await JobStore(pool: world.pool).end(job, as: .completed)
        }
    }

    /// Sends a video, makes it a material, and gives its scenes: number, start, end, first and last frame, middle, keys.
    func find(in path: String) async throws -> RowSet {
        _ = try await material(try await send(path, path.hasSuffix("webm") ? "video/webm" : "video/mp4"))
        try await searchScenes()
        return try await world.pool.query(
            """
            select number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds, frame_key, thumbnail_key
            from video_scenes
            order by number
            """)
    }
}
