import Clients
import Database
import Foundation
import JSON
import TestSupport
import Testing

@testable import Workflows

/// A project into which files are imported.
final class ImportStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    /// A folder of the test's own.
    let temporaryFolder: String
    let drive: DriveClient

    init(world: World, objects: DirectoryObjectStore, temporaryFolder: String, drive: DriveClient) {
        self.world = world
        self.objects = objects
        self.temporaryFolder = temporaryFolder
        self.drive = drive
    }

    static let tokens = ImportTokens(key: Array(0..<32))

    var store: ImportStore { ImportStore(pool: world.pool, tokens: Self.tokens) }
    var jobs: JobStore { JobStore(pool: world.pool) }
    var run: ImportRun { makeRun(media: MediaReader.installed(searchPath: "/usr/bin")) }

    func makeRun(media: MediaReader?) -> ImportRun {
        ImportRun(
            pool: world.pool, objects: objects, drive: drive, tokens: Self.tokens, media: media,
            temporaryFolder: temporaryFolder)
    }

    /// A checked file, without bytes unless there are some.
    func file(
        _ name: String, _ mediaType: String = "image/png", purpose: String = "SUBTASK_CONTENT", bytes: [UInt8]? = nil
    ) async throws -> UUID {
        let key = "files/\(UUID().text)"
        if let bytes { try await objects.put(.bytes(bytes), at: try ObjectKey(key)) }
        let isPicture = mediaType.hasPrefix("image/")
        let row = try await world.pool.queryFirst(
            """
            insert into assets (
                project_id, purpose, state, file_name, media_type, byte_count, object_key, width, height, sha256
            )
            values (
                \(world.projectID), \(purpose), 'READY', \(name), \(mediaType), 1, \(key),
                \(isPicture ? 4 : nil as Int?), \(isPicture ? 3 : nil as Int?), \(String(repeating: "0", count: 64))
            )
            returning id
            """)
        return try #require(row).uuid(0)
    }

    /// Starts an import of files that lie at these paths.
    func start(
        _ files: [(UUID, path: String?)], _ target: ImportStore.Target = .tasks(.init()), requestKey: UUID? = nil
    ) async throws -> UUID {
        try await store.start(
            viewer: world.member, projectID: world.projectID, target: target,
            files: files.map { ImportStore.File(assetID: $0.0, path: $0.path) }, requestKey: requestKey)
    }

    /// Takes on jobs of the import, as a worker would; in the order of the files.
    func claim(worker: String = "test/1", lease: Duration = .seconds(600)) async throws -> [Job] {
        try await jobs.claim(kinds: [.importUnit], worker: worker, lease: lease, limit: 100)
            .map { (try ImportUnit.Key($0).unit, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Does all that waits, one after the other.
    func work(_ run: ImportRun? = nil) async throws {
        let run = run ?? self.run
        while case let claimed = try await claim(), !claimed.isEmpty {
            for job in claimed {
                try await run.run(job)
                try await jobs.end(job, as: .completed)
            }
        }
    }

    func status(of importID: UUID) async throws -> String? {
        try await world.text("select status from imports where id = \(importID)")
    }

    /// Status, attempts and error code of each file, in order.
    func items(of importID: UUID) async throws -> [String] {
        try await lines(
            """
            select concat_ws(' ', status, attempts, error_code)
            from import_items
            where import_id = \(importID)
            order by position
            """)
    }

    /// The warnings of an import's files: `slide code message`, in order.
    func warnings(of importID: UUID) async throws -> [String] {
        try await lines(
            """
            select concat_ws(' ', warning ->> 'slide', warning ->> 'code', warning ->> 'message')
            from import_items
            cross join jsonb_array_elements(warnings) with ordinality as told (warning, place)
            where import_id = \(importID)
            order by position, place
            """)
    }

    /// The project's tasks with their materials: `task: position kind name, …`, by name.
    func tasks() async throws -> [String] {
        try await lines(
            """
            select tasks.name || ': '
                || string_agg(concat_ws(' ', subtasks.position, subtasks.kind, subtasks.name), ', ' order by position)
            from tasks
            join subtasks on subtasks.task_id = tasks.id
            group by tasks.id
            order by tasks.name
            """)
    }

    /// Total, succeeded, failed and cancelled as they were told, one after the other.
    func counts(of importID: UUID) async throws -> [[Int]] {
        try await EventStore(pool: world.pool).read(.import(importID), after: 0).map { event in
            ["total", "succeeded", "failed", "cancelled"].map { Int(event.payload[$0]?.int ?? -1) }
        }
    }

    func lines(_ sql: SQL) async throws -> [String] { try await world.pool.query(sql).map { $0.string(0) } }
}

/// Runs a test; Google Drive is at a URL, where nobody listens unless there is something.
func withImport(
    driveURL: String = "http://127.0.0.1:1", _ body: @escaping @Sendable (ImportStage) async throws -> Void
) async throws {
    try await withTestDatabase { pool in
        let client = try HTTPClient(loop: pool.loop)
        defer { client.shutDown() }
        try await withObjects { objects in
            let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)").path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer {
                // What is left over is in the temporary directory; a test does not fail for it.
                try? FileManager.default.removeItem(atPath: folder)
            }
            let patience = DriveClient.Patience(
                attempts: 2, firstWait: .milliseconds(1), longestWait: .milliseconds(2))
            try await body(
                ImportStage(
                    world: try await World.make(pool), objects: objects, temporaryFolder: folder,
                    drive: DriveClient(client: client, url: driveURL, patience: patience)))
        }
    }
}
