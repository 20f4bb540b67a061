public import EventLoop
import Hashing

/// One numbered step of a schema: applied once, never changed afterwards.
public struct Migration: Sendable, Hashable {
    /// From 1, without gaps.
    public let version: Int
    /// What it is about, for people.
    public let name: String
    /// Any number of statements; run in one transaction, so it may not begin or end one.
    public let sql: String

    /// Reads version and name from a file name like `0001_identity.sql`.
    public init(fileName: String, sql: String) throws {
        let stem = fileName.hasSuffix(".sql") ? fileName.dropLast(4) : fileName[...]
        let parts = stem.split(separator: "_", maxSplits: 1)
        guard fileName.hasSuffix(".sql"), parts.count == 2, let version = Int(parts[0]), version > 0 else {
            throw DatabaseError(.migrationListInvalid, "\"\(fileName)\" is not named like 0001_what_it_does.sql")
        }
        self.version = version
        self.name = String(parts[1])
        self.sql = sql
    }

    /// SHA-256 of the text, in hexadecimal.
    public var checksum: String { Hex.encode(SHA256.hash(sql)) }
}

/// Brings a database to the schema that the program was built for: forward only, one migration after the other.
///
/// Several processes may start at once: an advisory lock lets one migrate while the others wait. A migration that was
/// changed after it had been applied, or one that this program does not know, stops the start.
public struct Migrator: Sendable {
    /// What a run did.
    public struct Report: Sendable, Equatable {
        /// Versions applied now, in order.
        public var applied: [Int]
        /// The version the database has now.
        public var version: Int
    }

    /// By version.
    public let migrations: [Migration]
    /// How long to wait for another process that migrates, and for the locks of a migration.
    public var lockTimeout: Duration = .seconds(120)

    /// An arbitrary constant, the same for every program that uses this class.
    private static let lockKey: Int64 = 0x6d69_6772_6174_6f72

    /// Checks that versions run from 1 without gaps.
    public init(_ migrations: [Migration]) throws {
        self.migrations = migrations.sorted { $0.version < $1.version }
        for (index, migration) in self.migrations.enumerated() where migration.version != index + 1 {
            throw DatabaseError(
                .migrationListInvalid,
                "migration \(index + 1) is missing or \(migration.version) is there twice")
        }
    }

    /// Applies what is missing.
    ///
    /// On the loop; uses a connection of its own without a statement timeout.
    public func migrate(
        loop: Loop, configuration: ConnectionConfiguration,
        didApply: (Migration, Duration) -> Void = { _, _ in }
    ) async throws -> Report {
        var configuration = configuration
        configuration.statementTimeout = nil
        configuration.idleInTransactionTimeout = nil
        return try await Connection.with(loop: loop, configuration: configuration) { connection in
            try await connection.query("set lock_timeout = \(unsafeSQL: "\(lockTimeout.milliseconds)")")
            // Freed with the connection.
            try await connection.query("select pg_advisory_lock(\(Self.lockKey))")
            try await connection.runScript(Self.tableDefinition)
            let known = try await check(connection)
            var applied: [Int] = []
            for migration in migrations.dropFirst(known) {
                let time = try await apply(migration, on: connection)
                applied.append(migration.version)
                didApply(migration, time)
            }
            return Report(applied: applied, version: migrations.count)
        }
    }

    /// Whether the database has exactly this program's schema, for readiness checks; one round trip.
    public func isUpToDate(_ database: some Queryable) async throws -> Bool {
        let rows = try await database.query("select coalesce(max(version), 0) from schema_migrations")
        return rows[0].int(0) == migrations.count
    }

    private static let tableDefinition = """
        create table if not exists schema_migrations (
            version integer primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now(),
            duration_ms bigint not null
        )
        """

    /// How many are applied, after comparing each with the program's.
    private func check(_ connection: Connection) async throws -> Int {
        let rows = try await connection.query("select version, name, checksum from schema_migrations order by version")
        for (index, row) in rows.enumerated() {
            let version = row.int(0)
            guard version <= migrations.count else {
                throw DatabaseError(
                    .migrationUnknown,
                    "the database has migration \(version) (\(row.string(1))), this program knows \(migrations.count): "
                        + "the program is older than its database")
            }
            guard version == index + 1 else {
                throw DatabaseError(.migrationUnknown, "the database lacks migration \(index + 1) but has \(version)")
            }
            guard migrations[index].checksum == row.string(2) else {
                throw DatabaseError(
                    .migrationChanged,
                    "migration \(version) (\(migrations[index].name)) was changed after it had been applied: put its "
                        + "text back and write a new migration")
            }
        }
        return rows.count
    }

    private func apply(_ migration: Migration, on connection: Connection) async throws -> Duration {
        let start = ContinuousClock.now
        do {
            try await connection.query("begin")
            try await connection.runScript(migration.sql)
            guard connection.isInTransaction else {
                throw DatabaseError(.migrationFailed, "a migration may not end its transaction")
            }
            let time = start.duration(to: .now)
            try await connection.query(
                """
                insert into schema_migrations (version, name, checksum, duration_ms)
                values (\(Int32(migration.version)), \(migration.name), \(migration.checksum), \(time.milliseconds))
                """)
            try await connection.query("commit")
            return time
        } catch let cause as DatabaseError {
            // The connection is closed by the caller, which rolls back.
            var error = DatabaseError(
                .migrationFailed, "migration \(migration.version) (\(migration.name)) failed: \(cause.message)")
            error.sqlState = cause.sqlState
            error.detail = cause.detail
            error.hint = cause.hint
            error.table = cause.table
            error.constraint = cause.constraint
            throw error
        }
    }
}
