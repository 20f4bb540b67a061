import Database
import Migrations
import TestSupport
import Testing

/// When rows were made and when they were changed last, in every table that tells both.
@Suite("Moments of rows")
struct ClockTests {
    @Test("A new row was changed when it was made, and each change comes after the ones before")
    func everyTable() async throws {
        let database = try await TestDatabase.create()
        let migrator = try SchemaMigrations.migrator()
        try await withLoop { loop in
            _ = try await migrator.migrate(loop: loop, configuration: database)
        }
        try await withPool(database) { pool in
            let tables = try await pool.query(
                """
                select table_name::text
                from information_schema.columns
                join information_schema.tables using (table_schema, table_name)
                where table_schema = 'public'
                and table_type = 'BASE TABLE'
                and column_name in ('created_at', 'updated_at')
                group by table_name
                having count(*) = 2
                order by table_name
                """
            ).map { $0.string(0) }
            #expect(tables.count > 15)
            try await allowEmptyRows(of: tables, in: pool)
            for table in tables { try await look(at: table, in: pool) }
        }
    }

    /// Lets every table have a row of nothing but defaults.
    private func allowEmptyRows(of tables: [String], in pool: ConnectionPool) async throws {
        for kinds in ["f", "cupx"] {
            let constraints = try await pool.query(
                """
                select conrelid::regclass::text, conname::text
                from pg_constraint
                where conrelid = any(\(tables)::regclass[])
                and strpos(\(kinds), contype::text) > 0
                """)
            for row in constraints {
                try await pool.query(
                    "alter table \(identifier: row.string(0)) drop constraint if exists \(identifier: row.string(1)) cascade"
                )
            }
        }
        let columns = try await pool.query(
            """
            select attrelid::regclass::text, attname::text
            from pg_attribute
            where attrelid = any(\(tables)::regclass[])
            and attnum > 0
            and attnotnull
            and attname not in ('created_at', 'updated_at')
            """)
        for row in columns {
            try await pool.query(
                "alter table \(identifier: row.string(0)) alter column \(identifier: row.string(1)) drop not null")
        }
    }

    private func look(at table: String, in pool: ConnectionPool) async throws {
        try await pool.withTransaction { transaction in
            // The two clocks are apart from here on.
            _ = try await transaction.query("select pg_sleep(0.002)")
            let made = try await transaction.query(
                "insert into \(identifier: table) default values returning created_at, updated_at")
            #expect(made[0].timestamp(0) == made[0].timestamp(1), "\(table)")
            // What another transaction, which began later, has changed already.
            _ = try await transaction.query("alter table \(identifier: table) disable trigger user")
            let later = try await transaction.query(
                "update \(identifier: table) set updated_at = now() + interval '1 hour' returning updated_at")
            _ = try await transaction.query("alter table \(identifier: table) enable trigger user")
            let changed = try await transaction.query(
                "update \(identifier: table) set updated_at = updated_at returning updated_at")
            #expect(changed[0].timestamp(0) > later[0].timestamp(0), "\(table)")
        }
    }
}
