import Clients
import Database
import FoundationEssentials
import Imaging
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite("Looks at pictures", .timeLimit(.minutes(15)))
struct AnalysisRunTests {
    @Test("rule 11: what is seen counts until people choose, and counts again when they choose nobody")
    func effective() async throws {
        try await withAnalysis { stage in
            let sora = try await stage.character("Sora", .sora)
            let others = try await stage.character("Other", try #require(DemoFigure.allCases.last { $0 != .sora }))
            #expect(try await stage.effective() == [])
            let id = try await stage.start(.characters)
            try await stage.run(LocalAnalysisModel())
            #expect(try await stage.status(id) == "COMPLETED")
            let rows = try await stage.world.pool.query(
                """
                select character_id, confidence, asset_id is not null, area_width
                from picture_analysis_characters
                where analysis_id = \(id)
                """)
            #expect(rows.map { $0.uuid(0) } == [sora])
            let row = try #require(rows.first)
            #expect(row.double(1) > 0.8 && row.double(1) < 1)
            #expect(row.bool(2) && row.double(3) > 0)
            #expect(try await stage.effective() == [sora])
            let subtasks = SubtaskStore(pool: stage.world.pool)
            for (chosen, effective) in [([others], [others]), ([], [sora])] {
                try await subtasks.setCharacters(
                    viewer: stage.world.member, subtaskID: stage.subtaskID, characterIDs: chosen)
                // Another look changes nothing about what people have chosen.
                _ = try await stage.start(.characters)
                try await stage.run(LocalAnalysisModel())
                #expect(try await stage.effective() == effective)
            }
        }
    }

    @Test("asking while a look is under way gives that one; a look that has ended is repeated by another")
    func idempotency() async throws {
        try await withAnalysis { stage in
            _ = try await stage.character("Sora", .sora)
            let first = try await stage.start(.characters)
            #expect(try await stage.start(.characters) == first)
            let objects = try await stage.start(.objects)
            #expect(objects != first)
            try await stage.run(ScriptedLooker())
            let second = try await stage.start(.characters)
            #expect(second != first)
            #expect(try await stage.world.count("select count(*) from jobs where kind = 'analysis'") == 3)
            #expect(try await stage.events(first) == ["PENDING", "PROCESSING", "COMPLETED"])
            #expect(try await stage.events(second) == ["PENDING"])
        }
    }

    @Test("without a character that has a picture there is nothing to compare with, which is said at once")
    func noPictures() async throws {
        try await withAnalysis { stage in
            _ = try await stage.world.pool.query(
                "insert into characters (project_id, name) values (\(stage.world.projectID), 'Nobody')")
            #expect(
                await problems { _ = try await stage.start(.characters) } == ["subtaskId: NO_CHARACTER_PICTURES"])
            #expect(try await stage.world.count("select count(*) from picture_analyses") == 0)
            #expect(
                await code {
                    _ = try await AnalysisStore(pool: stage.world.pool).start(
                        viewer: stage.world.stranger, subtaskID: stage.subtaskID, kind: .objects)
                } == .notFound)
        }
    }

    @Test("a look that fails says why, and what was seen before still counts")
    func failure() async throws {
        try await withAnalysis { stage in
            let sora = try await stage.character("Sora", .sora)
            _ = try await stage.start(.characters)
            try await stage.run(LocalAnalysisModel())
            let refused = try await stage.start(.characters)
            try await stage.run(ScriptedLooker(refusal: AnalysisRefusal(code: "NO_ANSWER", message: "Nothing came.")))
            #expect(
                try await stage.world.text(
                    "select status || ' ' || error_code || ' ' || error_message from picture_analyses where id = \(refused)"
                ) == "FAILED NO_ANSWER Nothing came.")
            #expect(try await stage.effective() == [sora])
            // What the model cannot know is not stored, either.
            let lied = try await stage.start(.characters)
            await #expect(throws: JobFailure.self) {
                try await stage.run(
                    ScriptedLooker(seen: [SeenCharacter(sample: 7, reference: nil, area: nil, confidence: 1)]))
            }
            try await stage.bury(lied)
            #expect(try await stage.status(lied) == "FAILED")
            #expect(try await stage.effective() == [sora])
        }
    }

    @Test("objects that cannot be looked for are a failure, never none; those that are seen keep their order")
    func objects() async throws {
        try await withAnalysis { stage in
            let box = try #require(BoundingBox(x: 0.25, y: 0.5, width: 0.5, height: 0.25))
            let many = (1...30).map { SeenObject(label: "thing \($0)", area: box, confidence: 1 / Double($0)) }
            let seen = try await stage.start(.objects)
            try await stage.run(ScriptedLooker(objects: many))
            let rows = try await stage.world.pool.query(
                """
                select label, confidence, area_x, area_y, area_width, area_height
                from picture_analysis_objects
                where analysis_id = \(seen)
                order by position
                """)
            #expect(rows.map { $0.string(0) } == (1...25).map { "thing \($0)" })
            #expect((2..<6).map { rows[1].double($0) } == [0.25, 0.5, 0.5, 0.25] && rows[1].double(1) == 0.5)
            try await stage.objects.put(.bytes([1, 2, 3]), at: try ObjectKey(stage.key))
            let broken = try await stage.start(.objects)
            try await stage.run(LocalAnalysisModel())
            #expect(try await stage.status(broken) == "FAILED")
            #expect(
                try await stage.world.text("select error_code from picture_analyses where id = \(broken)")
                    == "PICTURE_UNREADABLE")
            try await stage.objects.delete(try ObjectKey(stage.key))
            let gone = try await stage.start(.objects)
            try await stage.run(LocalAnalysisModel())
            #expect(try await stage.status(gone) == "FAILED")
        }
    }

    @Test("a look that is cancelled, or whose subtask is deleted, ends, and its worker writes nothing any more")
    func cancellation() async throws {
        try await withAnalysis { stage in
            _ = try await stage.character("Sora", .sora)
            let store = AnalysisStore(pool: stage.world.pool)
            for isDeletion in [false, true] {
                let id = try await stage.start(.characters)
                let job = try await stage.claim()
                let plan = try #require(
                    try await AnalysisRunStore(pool: stage.world.pool).begin(job, analysisID: id))
                if isDeletion {
                    try await SubtaskStore(pool: stage.world.pool).delete(
                        viewer: stage.world.member, subtaskID: stage.subtaskID)
                } else {
                    #expect(
                        await code { try await store.cancel(viewer: stage.world.stranger, analysisID: id) } == .notFound
                    )
                    try await store.cancel(viewer: stage.world.member, analysisID: id)
                }
                #expect(try await stage.status(id) == "CANCELLED")
                #expect(
                    await code {
                        try await AnalysisRunStore(pool: stage.world.pool).complete(
                            plan, seen: [SeenCharacter(sample: 0, reference: 0, area: nil, confidence: 1)],
                            modelName: "late")
                    } == .runLost)
                #expect(try await stage.effective() == [])
                #expect(
                    try await stage.world.count(
                        "select count(*) from jobs where key = \(id.text) and cancel_requested_at is not null") == 1)
                try await store.cancel(viewer: stage.world.member, analysisID: id)
                #expect(try await stage.events(id) == ["PENDING", "PROCESSING", "CANCELLED"])
            }
        }
    }
}

@Suite("Looks at versions", .timeLimit(.minutes(15)))
struct AnalysisVersionTests {
    @Test("rule 11: a new version ends the looks at the former one, forgets whom it showed, and is looked at anew")
    func newVersion() async throws {
        try await withAnalysis { stage in
            let hero = try await stage.character("Sora", .sora)
            let sees = ScriptedLooker(seen: [SeenCharacter(sample: 0, reference: 0, area: nil, confidence: 1)])
            _ = try await stage.start(.characters)
            try await stage.run(sees)
            #expect(try await stage.effective() == [hero])
            let old = try await stage.start(.characters)
            let plan = try #require(
                try await AnalysisRunStore(pool: stage.world.pool).begin(try await stage.claim(), analysisID: old))
            let key = "pictures/newer"
            try await stage.objects.put(
                .bytes(try await stage.objects.get(try ObjectKey(stage.key))), at: try ObjectKey(key))
            let content = try await SubtaskStore(pool: stage.world.pool).addContent(
                viewer: stage.world.member, subtaskID: stage.subtaskID,
                assetID: try await stage.world.picture(key: key))
            #expect(try await stage.status(old) == "CANCELLED")
            #expect(try await stage.effective() == [])
            #expect(
                await code {
                    try await AnalysisRunStore(pool: stage.world.pool).complete(
                        plan, seen: sees.seen, modelName: "late")
                } == .runLost)
            let new = try await stage.start(.characters)
            #expect(new != old)
            #expect(
                try await stage.world.count(
                    "select count(*) from picture_analyses where id = \(new) and content_id = \(content)") == 1)
            try await stage.run(sees)
            #expect(try await stage.effective() == [hero])
        }
    }
}

/// A model that answers what the test says.
private struct ScriptedLooker: AnalysisModel {
    var seen: [SeenCharacter] = []
    var objects: [SeenObject] = []
    var refusal: AnalysisRefusal?

    var modelName: String { "scripted" }

    func characters(on picture: PictureSource, among samples: [CharacterSample]) async throws -> [SeenCharacter] {
        if let refusal { throw refusal }
        return seen
    }

    func objects(on picture: PictureSource, limit: Int) async throws -> [SeenObject] {
        if let refusal { throw refusal }
        return objects
    }
}

private struct AnalysisStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let key: String
    let subtaskID: UUID

    /// A character whose main picture is a figure's face.
    func character(_ name: String, _ figure: DemoFigure) async throws -> UUID {
        let key = "faces/\(UUID().text)"
        try await objects.put(.bytes(try DemoIllustration.reference(.face, figure: figure)), at: try ObjectKey(key))
        let asset = try await world.picture(key: key)
        let row = try await world.pool.query(
            """
            insert into characters (project_id, name, picture_id)
            values (\(world.projectID), \(name), \(asset))
            returning id
            """)
        return try #require(row.first).uuid(0)
    }

    func start(_ kind: AnalysisKind) async throws -> UUID {
        try await AnalysisStore(pool: world.pool).start(viewer: world.member, subtaskID: subtaskID, kind: kind)
    }

    func claim() async throws -> Job {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.analysis], worker: "test/1", lease: .seconds(60), limit: 1)
        return try #require(jobs.first)
    }

    private func handler(_ model: any AnalysisModel) -> AnalysisRun {
        AnalysisRun(
            pool: world.pool, objects: objects, model: model, reader: .installed(searchPath: "/usr/bin"),
            temporaryFolder: FileManager.default.temporaryDirectory.path)
    }

    /// Does the jobs that wait.
    func run(_ model: any AnalysisModel) async throws {
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.analysis], worker: "test/1", lease: .seconds(60), limit: 9)
        for job in jobs {
            try await handler(model).run(job)
            try await JobStore(pool: world.pool).end(job, as: .completed)
        }
    }

    /// Gives a look up as a worker does after too many attempts.
    func bury(_ id: UUID) async throws {
        _ = try await world.pool.query(
            """
            update jobs
            set status = 'QUEUED', worker = null, lease_token = null, lease_until = null
            where key = \(id.text)
            """)
        let job = try await claim()
        try await handler(ScriptedLooker()).bury(job, reason: "test")
    }

    func status(_ id: UUID) async throws -> String? {
        try await world.text("select status from picture_analyses where id = \(id)")
    }

    func effective() async throws -> [UUID] {
        try await world.pool.query(
            "select character_id from effective_subtask_characters where subtask_id = \(subtaskID)"
        ).map { $0.uuid(0) }
    }

    /// What the task's subscribers have been told of a look.
    func events(_ id: UUID) async throws -> [String] {
        let taskID = try #require(
            try await world.pool.query("select task_id from subtasks where id = \(subtaskID)").first)
        return try await EventStore(pool: world.pool).read(.task(taskID.uuid(0)), after: 0).filter {
            $0.kind == .analysisChanged && $0.uuid("analysisId") == id
        }.compactMap { $0.text("status") }
    }
}

/// Runs a test with a subtask that shows the figure `sora`.
private func withAnalysis(_ body: @escaping @Sendable (AnalysisStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let key = "pictures/\(UUID().text)"
            let drawn = try DemoIllustration.render(figure: .sora, seed: 3, width: 480, height: 360)
            try await objects.put(.bytes(drawn), at: try ObjectKey(key))
            try await body(
                AnalysisStage(
                    world: world, objects: objects, key: key, subtaskID: try await world.subtask(key: key)))
        }
    }
}
