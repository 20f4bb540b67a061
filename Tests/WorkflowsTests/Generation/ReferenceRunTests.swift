import Clients
import Database
import FoundationEssentials
import Imaging
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite("Generated pictures", .timeLimit(.minutes(15)))
struct ReferenceRunTests {
    @Test("as many pictures as asked for are made, all different, in the shape asked for")
    func pictures() async throws {
        try await withGeneration { stage in
            let ids = try await stage.generate(
                ReferencePrompt(
                    text: "a girl", style: "watercolor", pose: "sitting", camera: "close-up", lighting: "soft"),
                .wide, count: 2)
            try await stage.run(LocalPictureModel())
            let rows = try await stage.world.pool.query(
                """
                select object_key, width, height, sha256, enhanced_prompt, model_name
                from generated_references
                where id = any(\(ids))
                and status = 'COMPLETED'
                """)
            #expect(rows.count == 2)
            #expect(Swift.Set(rows.map { $0.string(3) }).count == 2)
            for row in rows {
                #expect((row.int(1), row.int(2)) == (1344, 756))
                #expect(row.string(4) == "a girl, watercolor style, sitting, close-up shot, soft lighting")
                #expect(row.string(5) == "local-sketch-1")
                #expect(try await stage.objects.size(of: try ObjectKey(row.string(0))) != nil)
            }
            #expect(try await stage.events(ids[0]) == ["PENDING", "PROCESSING", "COMPLETED"])
        }
    }

    @Test("a picture is made from the project's own checked pictures, which then stay, and shows them")
    func sources() async throws {
        try await withGeneration { stage in
            let world = stage.world
            let blue = try pngBytes(width: 40, height: 30)
            let key = try ObjectKey("sources/blue")
            try await stage.objects.put(.bytes(blue), at: key)
            func asset(_ project: UUID, _ state: String) async throws -> UUID {
                let row = try await world.pool.queryFirst(
                    """
                    insert into assets (
                        project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256
                    )
                    select \(project), 'SUBTASK_CONTENT', \(state), 'blue.png', 'image/png', 5,
                        case when \(state) = 'READY' then \(key.text) || gen_random_uuid() end,
                        case when \(state) = 'READY' then 40 end, case when \(state) = 'READY' then 30 end, repeat('a', 64)
                    returning id
                    """)
                return try #require(row).uuid(0)
            }
            let source = try await asset(world.projectID, "READY")
            _ = try await world.pool.query("update assets set object_key = \(key.text) where id = \(source)")
            let open = try await asset(world.projectID, "PENDING")
            let prompt = ReferencePrompt(text: "a girl", lighting: "soft")
            let faults = await problems {
                _ = try await stage.generate(prompt, .square, count: 1, from: [source, open, UUID()])
            }
            #expect(faults == ["sourceAssetIds.1: NOT_FOUND", "sourceAssetIds.2: NOT_FOUND"])
            let many = await problems {
                _ = try await stage.generate(prompt, .square, count: 1, from: Array(repeating: source, count: 5))
            }
            #expect(many == ["sourceAssetIds: TOO_LONG"])
            let plain = try await stage.generate(prompt, .square, count: 1)[0]
            let made = try await stage.generate(prompt, .square, count: 1, from: [source])[0]
            try await stage.run(LocalPictureModel())
            func mean(_ id: UUID) async throws -> RGBColor {
                let key = try #require(
                    try await world.text("select object_key from generated_references where id = \(id)"))
                let picture = try Picture.decode(.bytes(try await stage.objects.get(try ObjectKey(key))))
                return try picture.resized(width: 1, height: 1).bitmap()[0, 0]
            }
            let (before, after) = (try await mean(plain), try await mean(made))
            // Half the picture, half rgb(20, 120, 220).
            for (was, now, given) in [(before.red, after.red, 20), (before.blue, after.blue, 220)] {
                #expect(abs(Int(now) - (Int(was) + given) / 2) <= 3, "\(before) \(after)")
            }
            #expect(try await world.text("select asset_is_used(\(source))::text") == "true")
            try await ReferenceStore(pool: world.pool).delete(viewer: world.member, referenceID: made)
            #expect(try await world.count("select count(*) from assets where id = \(source)") == 0)
        }
    }

    @Test("a picture becomes a file of the project once, and stays one when the original is deleted")
    func keeping() async throws {
        try await withGeneration { stage in
            let id = try #require(try await stage.generate(ReferencePrompt(text: "a boy"), .square, count: 1).first)
            let store = ReferenceStore(pool: stage.world.pool)
            let early = await problems { try await store.keep(viewer: stage.world.member, referenceID: id) }
            #expect(early == ["generatedReferenceId: CONFLICT"])
            try await stage.run(LocalPictureModel())
            #expect(await code { try await store.keep(viewer: stage.world.stranger, referenceID: id) } == .notFound)
            for _ in 0..<2 { try await store.keep(viewer: stage.world.member, referenceID: id) }
            try await store.delete(viewer: stage.world.member, referenceID: id)
            #expect(try await stage.world.count("select count(*) from assets where state = 'READY'") == 1)
            let small = try await stage.world.text("select thumbnail_key from assets where state = 'READY'")
            let header = try PictureHeader.read(
                .bytes(try await stage.objects.get(try ObjectKey(try #require(small)))))
            #expect(header.format == .jpeg && max(header.width, header.height) == 480)
            #expect(try await stage.world.count("select count(*) from generated_references") == 0)
        }
    }

    @Test("rule 28: a picture is not made when its making is ended, and is when it is begun anew")
    func again() async throws {
        try await withGeneration { stage in
            let store = ReferenceStore(pool: stage.world.pool)
            let id = try #require(try await stage.generate(ReferencePrompt(text: "a boy"), .square, count: 1).first)
            #expect(await code { try await store.cancel(viewer: stage.world.stranger, referenceID: id) } == .notFound)
            // Who sees the project sees no drafts of others.
            let colleague = try await stage.colleague()
            #expect(await code { try await store.cancel(viewer: colleague, referenceID: id) } == .notFound)
            let old = try await stage.claim()
            let run = ReferenceRun(pool: stage.world.pool, objects: stage.objects, model: LocalPictureModel())
            for _ in 0..<2 { try await store.cancel(viewer: stage.world.member, referenceID: id) }
            #expect(
                try await stage.world.count("select count(*) from jobs where cancel_requested_at is not null") == 1)
            try await run.run(old)
            #expect(try await stage.world.text("select status from generated_references") == "CANCELLED")
            for viewer in [stage.world.stranger, colleague] {
                #expect(await code { try await store.retry(viewer: viewer, referenceID: id) } == .notFound)
            }
            for _ in 0..<2 { try await store.retry(viewer: stage.world.member, referenceID: id) }
            // The job of the first start neither makes it nor says that it cannot be made.
            try await run.run(old)
            try await run.bury(old, reason: "test")
            #expect(try await stage.world.text("select status || attempt from generated_references") == "PENDING2")
            try await stage.run(LocalPictureModel())
            #expect(try await stage.world.text("select status || attempt from generated_references") == "COMPLETED2")
            #expect(try await stage.events(id) == ["PENDING", "CANCELLED", "PENDING", "PROCESSING", "COMPLETED"])
        }
    }

    @Test("a picture that could not be made says so until it is begun anew")
    func failed() async throws {
        try await withGeneration { stage in
            let id = try await stage.generate(ReferencePrompt(text: "a boy"), .square, count: 1)[0]
            let run = ReferenceRun(pool: stage.world.pool, objects: stage.objects, model: LocalPictureModel())
            try await run.bury(try await stage.claim(), reason: "test")
            let state: SQL =
                "select concat_ws(' ', status, error_code, error_message is null) from generated_references"
            #expect(try await stage.world.text(state) == "FAILED GENERATION_FAILED f")
            try await ReferenceStore(pool: stage.world.pool).retry(viewer: stage.world.member, referenceID: id)
            #expect(try await stage.world.text(state) == "PENDING t")
        }
    }

    @Test("the pictures to make another from come in the order in which they were chosen")
    func order() async throws {
        try await withGeneration { stage in
            var (chosen, colors): ([UUID], [RGBColor]) = ([], [])
            for number in 0..<4 {
                let color = RGBColor(UInt8(number * 80), 0, 0)
                let bytes = try Picture(Bitmap(width: 8, height: 8, color: color)).pngBytes()
                try await stage.objects.put(.bytes(bytes), at: try ObjectKey("sources/\(number)"))
                chosen.append(try await stage.world.picture(key: "sources/\(number)", width: 8, height: 8))
                colors.append(color)
            }
            let order = [2, 0, 3, 1]
            _ = try await stage.generate(
                ReferencePrompt(text: "a boy"), .square, count: 1, from: order.map { chosen[$0] })
            let seen = Mutex<[RGBColor]>([])
            try await stage.run(
                WatchingPainter { request in
                    let given = try request.sources.map { try Picture.decode($0).bitmap()[0, 0] }
                    seen.withLock { $0 = given }
                })
            #expect(seen.withLock { $0 } == order.map { colors[$0] })
        }
    }

    @Test("a picture whose row may name it stays: the answer to the commit was lost, and the commit took place")
    func lostAnswer() async throws {
        let database = try await workflowDatabase()
        let cutter = try CommitCutter(before: database, after: "set status = 'COMPLETED'")
        defer { cutter.stop() }
        try await withPool(cutter.configuration) { pool in
            try await withObjects { objects in
                let stage = GenerationStage(world: try await World.make(pool), objects: objects)
                _ = try await stage.generate(ReferencePrompt(text: "a girl"), .square, count: 1)
                await #expect(throws: DatabaseError.self) { try await stage.run(LocalPictureModel()) }
                #expect(cutter.cuts == 1)
                let key = try await stage.world.text(
                    "select object_key from generated_references where status = 'COMPLETED'")
                #expect(try await objects.size(of: try ObjectKey(try #require(key))) != nil)
            }
        }
    }

    @Test("what a model answers that is no picture is refused, and a deleted picture is not made")
    func refusals() async throws {
        try await withGeneration { stage in
            let ids = try await stage.generate(ReferencePrompt(text: "a cat"), .tall, count: 2)
            try await ReferenceStore(pool: stage.world.pool).delete(viewer: stage.world.member, referenceID: ids[0])
            let ended = "\(ids[0].text)/1"
            #expect(
                try await stage.world.text("select status from jobs where key = \(ended)") == "CANCELLED",
                "its worker is told")
            await #expect(throws: WorkflowError.self) { try await stage.run(ScriptedPainter(bytes: [1, 2, 3])) }
            #expect(try await stage.world.count("select count(*) from generated_references") == 1)
            #expect(try await stage.objects.list(prefix: "", after: nil, limit: 9).isEmpty)
            let faults = await problems {
                _ = try await stage.generate(ReferencePrompt(text: " ", style: ""), .tall, count: 5)
            }
            #expect(faults == ["prompt: REQUIRED", "style: REQUIRED", "count: INVALID"])
        }
    }
}

/// A model that answers what the test says.
private struct ScriptedPainter: PictureModel {
    let bytes: [UInt8]

    var modelName: String { "scripted" }
    func picture(for request: PictureRequest) async throws -> [UInt8] { bytes }
}

/// A model that shows a test what it is asked for.
private struct WatchingPainter: PictureModel {
    let see: @Sendable (PictureRequest) throws -> Void

    var modelName: String { "watching" }
    func picture(for request: PictureRequest) async throws -> [UInt8] {
        try see(request)
        return try pngBytes()
    }
}

private struct GenerationStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    func generate(
        _ prompt: ReferencePrompt, _ shape: ReferenceShape, count: Int, from sources: [UUID] = []
    ) async throws -> [UUID] {
        try await ReferenceStore(pool: world.pool).generate(
            viewer: world.member, projectID: world.projectID, prompt: prompt, shape: shape, count: count,
            sourceIDs: sources)
    }

    /// Somebody else of the organisation, who sees the project too.
    func colleague() async throws -> UUID {
        let row = try await world.pool.queryFirst(
            "insert into users (email, name) values ('c@demo.example', 'C') returning id")
        let person = try #require(row).uuid(0)
        _ = try await world.pool.query(
            "insert into organization_members (organization_id, user_id) values (\(world.organizationID), \(person))")
        return person
    }

    func claim() async throws -> Job {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.generation], worker: "test/1", lease: .seconds(60), limit: 1)
        return try #require(jobs.first)
    }

    /// Does the jobs that wait.
    func run(_ model: any PictureModel) async throws {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.generation], worker: "test/1", lease: .seconds(60), limit: 9)
        for job in jobs {
            try await ReferenceRun(pool: world.pool, objects: objects, model: model).run(job)
        }
    }

    func events(_ id: UUID) async throws -> [String] {
        try await EventStore(pool: world.pool).read(.reference(id), after: 0).compactMap {
            $0.payload["status"]?.string
        }
    }
}

private func withGeneration(_ body: @escaping @Sendable (GenerationStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(GenerationStage(world: try await World.make(pool), objects: objects))
        }
    }
}
