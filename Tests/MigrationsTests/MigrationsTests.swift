import Database
import EventLoop
import Foundation
import Migrations
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationsTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../Sources/Migrations/SQL").standardizedFileURL

    @Test("Every SQL file of the folder is embedded, byte for byte")
    func everyFileIsEmbedded() throws {
        let names = FileManager.default.enumerator(atPath: Self.folder.path)?.compactMap { $0 as? String } ?? []
        let files = names.filter { $0.hasSuffix(".sql") }
        let embedded = try SchemaMigrations.all()
        #expect(!files.isEmpty)
        #expect(embedded.count == files.count)
        for path in files {
            let text = try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
            let migration = try Migration(fileName: path.split(separator: "/").last.map(String.init) ?? path, sql: text)
            #expect(embedded.contains(migration), "\(path) is missing in CMigrations.c or was changed since the build")
        }
    }

    @Test("All migrations apply to an empty database, and a second run has nothing to do")
    func allApply() async throws {
        let database = try await TestDatabase.create()
        let migrator = try SchemaMigrations.migrator()
        let (first, second) = try await withLoop { loop in
            let first = try await migrator.migrate(loop: loop, configuration: database)
            return (first, try await migrator.migrate(loop: loop, configuration: database))
        }
        #expect(first.applied == migrator.migrations.map(\.version))
        #expect(second.applied.isEmpty)
    }

    /// Two projects, and tasks that were made in another order than they are written in; a file with its entry.
    private static let present = """
        insert into organizations (id, name) values (md5('o')::uuid, 'Studio');
        insert into task_statuses (id, organization_id, position, name) values (md5('s')::uuid, md5('o')::uuid, 1, 'todo');
        insert into task_priorities (id, organization_id, position, name) values (md5('p')::uuid, md5('o')::uuid, 1, 'low');
        insert into projects (id, organization_id, name)
        values (md5('a')::uuid, md5('o')::uuid, 'A'), (md5('b')::uuid, md5('o')::uuid, 'B');
        insert into tasks (project_id, status_id, priority_id, name, created_at)
        select md5(project)::uuid, md5('s')::uuid, md5('p')::uuid, name, timestamptz '2026-01-01' + days * interval '1 day'
        from (values ('a', 'third', 3), ('a', 'first', 1), ('b', 'only', 0), ('a', 'second', 2)) as t (project, name, days);
        insert into assets (id, project_id, purpose, file_name, media_type, byte_count)
        values (md5('f')::uuid, md5('a')::uuid, 'RPD_REFERENCE', 'front.png', 'image/png', 1);
        insert into items (project_id, asset_id) values (md5('a')::uuid, md5('f')::uuid)
        """

    @Test("What there is gets numbers by its age, project by project, and the names of its files")
    func numbersAndNames() async throws {
        let database = try await TestDatabase.create()
        let all = try SchemaMigrations.all().sorted { $0.version < $1.version }
        let before = try Migrator(Array(all.prefix { $0.name != "task_numbers" }))
        let rows = try await withLoop { loop in
            _ = try await before.migrate(loop: loop, configuration: database)
            try await Connection.with(loop: loop, configuration: database) { try await $0.runScript(Self.present) }
            _ = try await SchemaMigrations.migrator().migrate(loop: loop, configuration: database)
            return try await Connection.with(loop: loop, configuration: database) { connection in
                let tasks = try await connection.query(
                    "select name || ' ' || number from tasks order by project_id = md5('b')::uuid, number")
                let counters = try await connection.query("select last_number::text from task_counters order by 1")
                let items = try await connection.query("select asset_file_name from items")
                return [tasks, counters, items].map { rows in rows.map { $0.string(0) } }
            }
        }
        #expect(rows == [["first 1", "second 2", "third 3", "only 1"], ["1", "3"], ["front.png"]])
    }
}
