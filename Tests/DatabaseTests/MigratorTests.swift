import EventLoop
import TestSupport
import Testing

@testable import Database

@Suite("Migrator")
struct MigratorTests {
    private static func migrator(_ files: [(String, String)]) throws -> Migrator {
        try Migrator(files.map { try Migration(fileName: $0.0, sql: $0.1) })
    }

    private static let two = [
        ("0001_first.sql", "create table a (n int); insert into a values (1), (2);"),
        ("0002_second.sql", "alter table a add m text; -- a comment at the end"),
    ]

    private static func migrate(_ migrator: Migrator, _ database: ConnectionConfiguration) async throws
        -> Migrator.Report
    {
        try await withLoop { loop in try await migrator.migrate(loop: loop, configuration: database) }
    }

    @Test("Migrations are applied in order, once, and recorded")
    func appliesInOrder() async throws {
        let database = try await TestDatabase.create()
        let first = try Self.migrator([Self.two[0]])
        let both = try Self.migrator(Self.two.reversed())
        #expect(try await Self.migrate(first, database) == .init(applied: [1], version: 1))
        #expect(try await Self.migrate(both, database) == .init(applied: [2], version: 2))
        #expect(try await Self.migrate(both, database) == .init(applied: [], version: 2))
        try await withPool(database) { pool in
            let rows = try await pool.query(
                "select version, name, checksum, duration_ms from schema_migrations order by 1")
            #expect(rows.map { $0.string("name") } == ["first", "second"])
            #expect(rows.allSatisfy { $0.text("checksum").count == 64 && $0.int("duration_ms") >= 0 })
            #expect(try await both.isUpToDate(pool))
            #expect(try await !first.isUpToDate(pool))
        }
    }

    @Test("A failing migration leaves nothing of itself, and the ones before it stay")
    func failure() async throws {
        let database = try await TestDatabase.create()
        let bad = try Self.migrator(
            Self.two + [("0003_bad.sql", "create table b (n int); select 1 / 0; create table c (n int)")])
        await #expect {
            try await Self.migrate(bad, database)
        } throws: {
            guard let error = $0 as? DatabaseError else { return false }
            return error.code == .migrationFailed && error.sqlState == "22012" && error.message.contains("3 (bad)")
        }
        let good = try Self.migrator(Self.two + [("0003_good.sql", "create table b (n int)")])
        #expect(try await Self.migrate(good, database) == .init(applied: [3], version: 3))
    }

    @Test("A migration that was changed after it had been applied stops the start")
    func changed() async throws {
        let database = try await TestDatabase.create()
        _ = try await Self.migrate(Self.migrator(Self.two), database)
        let changed = try Self.migrator([("0001_first.sql", Self.two[0].1 + " "), Self.two[1]])
        await #expect {
            try await Self.migrate(changed, database)
        } throws: {
            guard let error = $0 as? DatabaseError else { return false }
            return error.code == .migrationChanged && error.message.contains("1 (first)")
        }
    }

    @Test("A database that is newer than the program stops the start")
    func unknown() async throws {
        let database = try await TestDatabase.create()
        _ = try await Self.migrate(Self.migrator(Self.two), database)
        await #expect {
            try await Self.migrate(Self.migrator([Self.two[0]]), database)
        } throws: {
            guard let error = $0 as? DatabaseError else { return false }
            return error.code == .migrationUnknown && error.message.contains("2 (second)")
        }
    }

    @Test("A migration may not end its transaction")
    func endsTransaction() async throws {
        let database = try await TestDatabase.create()
        await #expect {
            try await Self.migrate(Self.migrator([("0001_x.sql", "create table a (n int); commit;")]), database)
        } throws: {
            ($0 as? DatabaseError)?.code == .migrationFailed
        }
    }

    @Test("Eight servers that start at once apply each migration once")
    func concurrentStart() async throws {
        let database = try await TestDatabase.create()
        let migrator = try Self.migrator(Self.two + [("0003_slow.sql", "select pg_sleep(0.2); create table b (n int)")])
        let reports = try await withThrowingTaskGroup(of: Migrator.Report.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.migrate(migrator, database) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.count { $0.applied == [1, 2, 3] } == 1)
        #expect(reports.count { $0.applied.isEmpty } == 7)
        #expect(reports.allSatisfy { $0.version == 3 })
    }

    @Test(
        "Gaps, duplicates and bad names are refused",
        arguments: [
            ["0002_b.sql"], ["0001_a.sql", "0001_b.sql"], ["0001_a.sql", "0003_c.sql"], ["first.sql"], ["0001.sql"],
            ["0001_a.txt"], ["0000_a.sql"],
        ])
    func badLists(names: [String]) {
        #expect {
            try Self.migrator(names.map { ($0, "select 1") })
        } throws: {
            ($0 as? DatabaseError)?.code == .migrationListInvalid
        }
    }
}
