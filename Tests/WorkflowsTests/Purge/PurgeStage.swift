import Clients
import Database
import EventLoop
import FoundationEssentials
import TestSupport
import Testing

@testable import Workflows

/// A project from which people delete, and a purge of what they deleted more than thirty days ago.
struct PurgeStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore

    var pool: ConnectionPool { world.pool }

    func purge(rowsAtOnce: Int = 20, portion: Int = 2000) -> Purge {
        Purge(pool: pool, retention: .seconds(30 * 86_400), rowsAtOnce: rowsAtOnce, portion: portion)
    }

    /// Deletes for good what is old enough: `tasks 2`.
    @discardableResult
    func run(rowsAtOnce: Int = 20, portion: Int = 2000) async throws -> [String] {
        try await purge(rowsAtOnce: rowsAtOnce, portion: portion).run().map { "\($0.table) \($0.rows)" }
    }

    // MARK: What people delete

    /// Each table from which people delete what they can bring back.
    enum Kind: String, CaseIterable, Sendable {
        case projects, tasks, subtasks, documents, rpds, ips, characters, items, annotations
        case reviewSets = "review_sets"
    }

    /// Makes a row as people do, with a file where there can be one, and gives its id.
    func make(_ kind: Kind, key: String = UUID().text) async throws -> UUID {
        switch kind {
        case .projects:
            return try await ProjectStore(pool: pool).create(
                viewer: world.member, organizationID: world.organizationID, name: "A play", description: "")
        case .tasks: return try await task(of: try await subtask(key: key))
        case .subtasks: return try await subtask(key: key)
        case .documents:
            let row = try await pool.queryFirst(
                """
                insert into documents (project_id, asset_id, kind, name)
                values (\(world.projectID), \(try await store(key)), 'PDF', 'Script')
                returning id
                """)
            return try #require(row).uuid(0)
        case .rpds: return try await world.rpd()
        case .ips:
            return try await IpStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, name: "Saga", description: "")
        case .characters:
            var content = CharacterStore.CharacterContent(name: "Star")
            content.galleryIDs = [try await store(key)]
            return try await CharacterStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, content)
        case .items:
            return try await ItemStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, assetID: try await store(key), description: "",
                tags: [])
        case .annotations:
            return try await AnnotationStore(pool: pool).create(
                viewer: world.member, subtaskID: try await subtask(), parentID: nil,
                content: AnnotationContent(text: "Look", attachmentID: try await store(key)))
        case .reviewSets:
            return try await ReviewSetStore(pool: pool).create(
                viewer: world.member, projectID: world.projectID, .init(name: key))
        }
    }

    /// A subtask with a stored picture, in a task of its own.
    func subtask(key: String = UUID().text) async throws -> UUID {
        try await objects.put(.bytes([1, 2, 3]), at: try ObjectKey(key))
        return try await world.subtask(key: key)
    }

    func task(of subtask: UUID) async throws -> UUID {
        try #require(try await pool.queryFirst("select task_id from subtasks where id = \(subtask)")).uuid(0)
    }

    /// A file with bytes under a key; gives its id.
    func store(_ key: String) async throws -> UUID {
        try await objects.put(.bytes([1, 2, 3]), at: try ObjectKey(key))
        return try await world.picture(key: key)
    }

    /// Deletes a row as people do, so many days ago.
    func delete(_ kind: Kind, _ id: UUID, days: Int) async throws {
        let viewer = world.member
        switch kind {
        case .projects:
            _ = try await pool.query("update organization_members set is_admin = true where user_id = \(viewer)")
            try await ProjectStore(pool: pool).delete(viewer: viewer, projectID: id)
        case .tasks: try await TaskStore(pool: pool).delete(viewer: viewer, taskID: id)
        case .subtasks: try await SubtaskStore(pool: pool).delete(viewer: viewer, subtaskID: id)
        case .documents: try await DocumentStore(pool: pool).setDeleted(viewer: viewer, documentID: id, isDeleted: true)
        case .rpds: try await RpdStore(pool: pool).setDeleted(viewer: viewer, rpdID: id, isDeleted: true)
        case .ips: try await IpStore(pool: pool).setDeleted(viewer: viewer, ipID: id, isDeleted: true)
        case .characters:
            try await CharacterStore(pool: pool).setDeleted(viewer: viewer, characterID: id, isDeleted: true)
        case .items: try await ItemStore(pool: pool).delete(viewer: viewer, itemID: id)
        case .annotations: try await AnnotationStore(pool: pool).delete(viewer: viewer, annotationID: id)
        case .reviewSets: try await ReviewSetStore(pool: pool).delete(viewer: viewer, reviewSetID: id)
        }
        _ = try await pool.query(
            """
            update \(unsafeSQL: kind.rawValue)
            set deleted_at = deleted_at - make_interval(days => \(Int32(days)))
            where id = \(id)
            """)
    }

    /// Brings a row back as people do.
    func restore(_ kind: Kind, _ id: UUID) async throws {
        let viewer = world.member
        switch kind {
        case .projects: try await ProjectStore(pool: pool).restore(viewer: viewer, projectID: id)
        case .tasks: try await TaskStore(pool: pool).restore(viewer: viewer, taskID: id)
        case .subtasks: try await SubtaskStore(pool: pool).restore(viewer: viewer, subtaskID: id)
        case .documents:
            try await DocumentStore(pool: pool).setDeleted(viewer: viewer, documentID: id, isDeleted: false)
        case .rpds: try await RpdStore(pool: pool).setDeleted(viewer: viewer, rpdID: id, isDeleted: false)
        case .ips: try await IpStore(pool: pool).setDeleted(viewer: viewer, ipID: id, isDeleted: false)
        case .characters:
            try await CharacterStore(pool: pool).setDeleted(viewer: viewer, characterID: id, isDeleted: false)
        case .items: try await ItemStore(pool: pool).restore(viewer: viewer, itemID: id)
        case .annotations: try await AnnotationStore(pool: pool).restore(viewer: viewer, annotationID: id)
        case .reviewSets: try await ReviewSetStore(pool: pool).restore(viewer: viewer, reviewSetID: id)
        }
    }

    func exists(_ kind: Kind, _ id: UUID) async throws -> Bool {
        try await pool.queryFirst("select 1 from \(unsafeSQL: kind.rawValue) where id = \(id)") != nil
    }

    // MARK: Files

    func isStored(_ key: String) async throws -> Bool { try await objects.size(of: try ObjectKey(key)) != nil }

    /// Does the jobs that delete files.
    func work() async throws {
        let jobs = try await JobStore(pool: pool).claim(
            kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 999)
        for job in jobs { try await ObjectDeletion(pool: pool, objects: objects).run(job) }
    }

    // MARK: Gates

    /// Lets nobody delete rows of the table, or some of them, as long as `body` runs.
    func holding(_ table: String, when condition: String = "true", _ body: () async throws -> Void) async throws {
        _ = try await pool.query(
            """
            create or replace function wait_at_gate() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock_shared(4711);
                return old;
            end
            $$
            """)
        _ = try await pool.query(
            """
            create or replace trigger gate before delete on \(unsafeSQL: table)
            for each row when (\(unsafeSQL: condition)) execute function wait_at_gate()
            """)
        try await pool.withTransaction { transaction in
            _ = try await transaction.query("select pg_advisory_xact_lock(4711)")
            try await body()
        }
    }

    /// Waits until so many sessions of the database wait at the gate, or for something else.
    func untilWaiting(_ count: Int, atGate: Bool = true) async throws {
        for _ in 0..<3_000 {
            // On a connection of its own: the pool's statements wait for those in front of them.
            let waiting = try await pool.withTransaction { transaction in
                try await transaction.query(
                    """
                    select distinct locks.pid
                    from pg_locks as locks
                    join pg_stat_activity as sessions on sessions.pid = locks.pid
                    where not locks.granted
                    and sessions.datname = current_database()
                    and (locks.locktype = 'advisory') = \(atGate)
                    """
                ).count
            }
            if waiting == count { return }
            try await pool.loop.sleep(for: .milliseconds(10))
        }
        Issue.record("\(count) sessions never waited")
    }

    /// Ends the sessions that wait at the gate, as a crash does.
    func killWaiting() async throws {
        try await pool.withTransaction { transaction in
            _ = try await transaction.query(
                """
                select pg_terminate_backend(locks.pid)
                from pg_locks as locks
                join pg_stat_activity as sessions on sessions.pid = locks.pid
                where not locks.granted
                and sessions.datname = current_database()
                """)
        }
    }
}

func withPurgeStage(_ body: @escaping @Sendable (PurgeStage) async throws -> Void) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            try await body(PurgeStage(world: try await World.make(pool), objects: objects))
        }
    }
}
