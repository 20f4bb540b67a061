import Clients
import Database
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

/// Rule 29: bytes go with the last row that names them, and with nothing else.
@Suite("Deleting objects", .timeLimit(.minutes(15)))
struct ObjectDeletionTests {
    @Test("rule 29: with an entry of the registry that goes for good go its file, its vector and its bytes")
    func item() async throws {
        try await withStage { stage in
            let asset = try await stage.store("item")
            let item = try await stage.items.create(
                viewer: stage.world.member, projectID: stage.world.projectID, assetID: asset, description: "", tags: [])
            _ = try await stage.world.pool.query(
                "insert into asset_vectors (asset_id, vector) values (\(asset), \(PostgresBytes([0, 0, 128, 63])))")
            try await stage.work()
            #expect(try await stage.isStored("item"))
            try await stage.items.delete(viewer: stage.world.member, itemID: item)
            try await stage.work()
            #expect(try await stage.isStored("item"), "it can be brought back")
            try await stage.purge()
            #expect(try await stage.isStored("item"), "bytes go by a job, not in the request")
            try await stage.work()
            #expect(try await !stage.isStored("item"))
            #expect(try await stage.world.count("select count(*) from asset_vectors") == 0)
        }
    }

    @Test("rule 29: a file that something else has keeps its bytes, until that is gone too")
    func shared() async throws {
        try await withStage { stage in
            let asset = try await stage.store("shared")
            let (task, subtask) = try await stage.subtask(asset)
            let copy = try await stage.subtasks.copy(
                viewer: stage.world.member, subtaskID: subtask, taskID: task, name: "Copy")
            _ = try await stage.world.pool.query("delete from subtasks where id = \(subtask)")
            try await stage.work()
            #expect(try await stage.isStored("shared"))
            _ = try await stage.world.pool.query("delete from subtasks where id = \(copy)")
            try await stage.work()
            #expect(try await !stage.isStored("shared"))
        }
    }

    @Test("rule 29: what can be brought back keeps its bytes; with a project for good go those of all that lies in it")
    func binAndProject() async throws {
        try await withStage { stage in
            let (task, _) = try await stage.subtask(try await stage.store("material"))
            _ = try await stage.store("unused")
            try await stage.tasks.delete(viewer: stage.world.member, taskID: task)
            try await stage.work()
            #expect(try await stage.isStored("material"))
            try await stage.tasks.restore(viewer: stage.world.member, taskID: task)
            _ = try await stage.world.pool.query("delete from projects where id = \(stage.world.projectID)")
            try await stage.work()
            #expect(try await !stage.isStored("material"))
            #expect(try await !stage.isStored("unused"))
        }
    }

    @Test("rule 29: a gallery that is put together anew loses no picture, a character that goes for good all its own")
    func character() async throws {
        try await withStage { stage in
            let (first, second) = (try await stage.store("first"), try await stage.store("second"))
            let characters = CharacterStore(pool: stage.world.pool)
            var content = CharacterStore.CharacterContent()
            content.name = "Star"
            content.galleryIDs = [first, second]
            let character = try await characters.create(
                viewer: stage.world.member, projectID: stage.world.projectID, content)
            var change = CharacterStore.CharacterContent()
            change.galleryIDs = [second, first]
            try await characters.update(
                viewer: stage.world.member, characterID: character, change, expectedUpdatedAt: nil)
            try await stage.work()
            #expect(try await stage.isStored("first"))
            try await characters.setDeleted(viewer: stage.world.member, characterID: character, isDeleted: true)
            try await stage.work()
            #expect(try await stage.isStored("first"), "it can be brought back")
            try await stage.purge()
            try await stage.work()
            #expect(try await !stage.isStored("first"))
            #expect(try await !stage.isStored("second"))
        }
    }

    @Test("rule 29: a picture that was generated and kept has one object for two rows, which goes with the second")
    func generated() async throws {
        try await withStage { stage in
            let asset = try await stage.store("generated")
            _ = try await stage.world.pool.query(
                """
                insert into generated_references (
                    project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, number, status,
                    object_key, byte_count, width, height, sha256, model_name, asset_id, finished_at
                )
                select project_id, \(stage.world.member), 'A girl', 'A girl', '', 'SQUARE', 1, 'COMPLETED', object_key,
                    3, width, height, sha256, 'local', id, now()
                from assets
                where id = \(asset)
                """)
            _ = try await stage.world.pool.query("delete from generated_references")
            try await stage.work()
            #expect(try await stage.isStored("generated"))
            _ = try await stage.world.pool.query("delete from assets where id = \(asset)")
            try await stage.work()
            #expect(try await !stage.isStored("generated"))
        }
    }

    @Test("rule 29: every column that names an object keeps it")
    func everyKey() async throws {
        try await withStage { stage in
            let asset = try await stage.store("named")
            _ = try await stage.world.pool.query(
                "insert into uploads (asset_id, incoming_key, maximum_bytes, expires_at) values (\(asset), 'x', 1, now())"
            )
            _ = try await stage.world.pool.query(
                """
                insert into video_scenes (
                    project_id, asset_id, number, start_seconds, end_seconds, start_frame, end_frame, middle_seconds,
                    frame_key, thumbnail_key
                )
                values (\(stage.world.projectID), \(asset), 1, 0, 1, 0, 9, 0.5, 'y', 'z')
                """)
            let columns = try await stage.world.pool.query(
                """
                select table_name, column_name
                from information_schema.columns
                where table_schema = 'public'
                and is_generated = 'NEVER'
                and column_name in (
                    'object_key', 'thumbnail_key', 'preview_key', 'converted_key', 'frame_key', 'incoming_key'
                )
                and table_name <> 'generated_references'
                """
            ).map { ($0.string(0), $0.string(1)) }
            #expect(columns.count >= 7)
            for (table, column) in columns {
                let key = try ObjectKey("objects/\(table).\(column)")
                try await stage.objects.put(.bytes([1]), at: key)
                _ = try await stage.world.pool.query(
                    "update \(unsafeSQL: table) set \(unsafeSQL: column) = \(key.text)")
                try await stage.world.pool.withTransaction { transaction in
                    _ = try await JobStore.enqueue(
                        .objectDeletion, key: UUID().text, payload: ["objectKey": .string(key.text)], in: transaction)
                }
                try await stage.work()
                #expect(try await stage.isStored(key.text), "\(table).\(column)")
            }
        }
    }

    @Test("rule 29: a deletion that was interrupted is done again, and one that is undone with its row never happens")
    func interruptions() async throws {
        try await withStage { stage in
            let asset = try await stage.store("twice")
            _ = try await stage.world.pool.query("delete from assets where id = \(asset)")
            let jobs = try await stage.claim()
            #expect(jobs.count == 1)
            for job in jobs + jobs { try await stage.handler.run(job) }
            #expect(try await !stage.isStored("twice"))
            let other = try await stage.store("kept")
            await #expect(throws: CancellationError.self) {
                try await stage.world.pool.withTransaction { transaction in
                    _ = try await transaction.query("delete from assets where id = \(other)")
                    throw CancellationError()
                }
            }
            #expect(try await stage.claim().isEmpty)
            #expect(try await stage.isStored("kept"))
        }
    }

    @Test("rule 29: every table that refers to files is known, be it one that keeps them or one that goes with them")
    func everyReference() async throws {
        try await withStage { stage in
            let references = try await stage.world.pool.query(
                """
                select constraints.conrelid::regclass::text || '.' || columns.attname
                from pg_constraint as constraints
                join pg_attribute as columns
                    on columns.attrelid = constraints.conrelid
                    and columns.attnum = any(constraints.conkey)
                where constraints.contype = 'f'
                and constraints.confrelid = 'assets'::regclass
                and columns.attname <> 'project_id'
                """
            ).map { $0.string(0) }
            let source = try #require(
                try await stage.world.text("select prosrc from pg_proc where proname = 'asset_is_used'"))
            // They go, or become empty, with the file.
            let following = [
                "uploads.asset_id", "asset_vectors.asset_id", "likes.asset_id", "picture_analysis_characters.asset_id",
                "scene_detections.asset_id", "video_scenes.asset_id", "import_items.asset_id",
            ]
            #expect(references.count > 12)
            for reference in references where !following.contains(reference) {
                let parts = reference.split(separator: ".")
                #expect(source.contains("from \(parts[0]) where \(parts[1]) = asset"), "\(reference)")
            }
            #expect(Set(references).isSuperset(of: following))
        }
    }

    @Test("rule 29: what was announced and never completed goes an hour after its ticket, with what arrived")
    func expiry() async throws {
        try await withStage { stage in
            let uploads = UploadStore(pool: stage.world.pool, objects: stage.objects)
            func announce() async throws -> UUID {
                let ticket = try await uploads.create(
                    viewer: stage.world.member, projectID: stage.world.projectID, purpose: .subtaskContent,
                    fileName: "a.png", mediaType: "image/png", byteCount: 3)
                try await uploads.receive(.bytes([1, 2, 3]), uploadID: ticket.uploadID)
                return ticket.assetID
            }
            let (old, new, used) = (try await announce(), try await announce(), try await announce())
            let (_, subtask) = try await stage.subtask(try await stage.store("shown"))
            _ = try await stage.world.pool.query(
                """
                insert into subtask_contents (project_id, subtask_id, version, asset_id)
                values (\(stage.world.projectID), \(subtask), 2, \(used))
                """)
            for (asset, minutes) in [(old, 61), (new, 59), (used, 61)] {
                _ = try await stage.world.pool.query(
                    """
                    update uploads
                    set expires_at = now() - make_interval(mins => \(Int32(minutes)))
                    where asset_id = \(asset)
                    """)
            }
            #expect(try await uploads.deleteExpired() == 1)
            try await stage.work()
            #expect(try await !stage.isStored(UploadStore.incomingKey(old)))
            #expect(try await stage.isStored(UploadStore.incomingKey(new)))
            #expect(try await stage.isStored(UploadStore.incomingKey(used)), "something has it already")
            #expect(try await stage.world.count("select count(*) from assets") == 3)
        }
    }

    @Test("rule 29: so does what was completed by a check that died, with the copy that it had made")
    func deadChecks() async throws {
        try await withStage { stage in
            let uploads = UploadStore(pool: stage.world.pool, objects: stage.objects)
            var copies: [String] = []
            for minutes in [2, 0] {
                let ticket = try await uploads.create(
                    viewer: stage.world.member, projectID: stage.world.projectID, purpose: .document,
                    fileName: "a.pdf", mediaType: "application/pdf", byteCount: 3)
                try await uploads.receive(.bytes([1, 2, 3]), uploadID: ticket.uploadID)
                let token = UUID()
                let copy = UploadStore.checkedKey(
                    of: ticket.assetID, projectID: stage.world.projectID, checkedBy: token)
                for ending in ["", "-small", "-preview", "-converted"] {
                    try await stage.objects.put(.bytes([1, 2, 3]), at: try ObjectKey(copy + ending))
                }
                copies.append(copy)
                _ = try await stage.world.pool.query(
                    "update assets set state = 'PROCESSING' where id = \(ticket.assetID)")
                _ = try await stage.world.pool.query(
                    """
                    update uploads
                    set expires_at = now() - interval '61 minutes', check_token = \(token),
                        check_started_at = now() - make_interval(mins => \(Int32(minutes)))
                    where asset_id = \(ticket.assetID)
                    """)
            }
            #expect(try await uploads.deleteExpired() == 1)
            try await stage.work()
            let left = try await stage.objects.list(prefix: "projects/", after: nil, limit: 9).map(\.key.text)
            #expect(left.sorted() == ["", "-converted", "-preview", "-small"].map { copies[1] + $0 })
            #expect(try await stage.objects.list(prefix: "incoming/", after: nil, limit: 9).count == 1)
        }
    }
}

/// A project with stored files, and somebody who does the jobs.
private struct DeletionStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    var items: ItemStore { ItemStore(pool: world.pool) }
    var tasks: TaskStore { TaskStore(pool: world.pool) }
    var subtasks: SubtaskStore { SubtaskStore(pool: world.pool) }
    var handler: ObjectDeletion { ObjectDeletion(pool: world.pool, objects: objects) }

    /// A file with bytes under a key; gives its id.
    func store(_ key: String) async throws -> UUID {
        try await objects.put(.bytes([1, 2, 3]), at: try ObjectKey(key))
        return try await world.picture(key: key)
    }

    func isStored(_ key: String) async throws -> Bool { try await objects.size(of: try ObjectKey(key)) != nil }

    func subtask(_ asset: UUID) async throws -> (task: UUID, subtask: UUID) {
        let task = try await tasks.create(viewer: world.member, projectID: world.projectID, task: .init(name: "Poster"))
        let subtask = try await tasks.createSubtask(
            viewer: world.member, taskID: task, name: "Front", description: "", assetID: asset)
        return (task, subtask)
    }

    func claim() async throws -> [Job] {
        try await JobStore(pool: world.pool).claim(
            kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 99)
    }

    /// Deletes for good what people have deleted by now.
    func purge() async throws { _ = try await Purge(pool: world.pool, retention: .zero).run() }

    func work() async throws { for job in try await claim() { try await handler.run(job) } }
}

private func withStage(_ body: @escaping @Sendable (DeletionStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(DeletionStage(world: try await World.make(pool), objects: objects))
        }
    }
}
