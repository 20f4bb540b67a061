import Database

/// What makes rows slow to write, taken away from some tables while very many come, and put back as it was.
///
/// References are then checked by one join and indexes made by one sort, instead of row by row: for a million rows, with
/// indexes of texts among them, that is half of the time. Readers of the tables wait for the end of the transaction.
struct BareTables {
    private let connection: Connection
    /// What puts it back: its name and its statement, references before indexes, which do not need them.
    private let restoring: [(name: String, statement: String)]

    /// Takes it away.
    static func strip(_ tables: [String], on connection: Connection) async throws -> BareTables {
        let references = try await connection.query(
            """
            select constraints.conname::text,
                format('alter table %s add constraint %I ', conrelid::regclass, conname) || pg_get_constraintdef(oid),
                format('alter table %s drop constraint %I', conrelid::regclass, conname)
            from pg_constraint as constraints
            where contype = 'f'
            and conrelid = any(\(tables)::regclass[])
            """)
        // Unique ones are promises, and what others refer to.
        let indexes = try await connection.query(
            """
            select indexrelid::regclass::text, pg_get_indexdef(indexrelid),
                format('drop index %s', indexrelid::regclass)
            from pg_index
            where indrelid = any(\(tables)::regclass[])
            and not indisunique
            """)
        var restoring: [(name: String, statement: String)] = []
        for part in [references, indexes] {
            for row in part {
                try await connection.query(SQL(unsafeText: row.string(2)))
                restoring.append((row.string(0), row.string(1)))
            }
        }
        return BareTables(connection: connection, restoring: restoring)
    }

    /// Puts it back; throws if a row refers to nothing.
    func restore(report: (String) -> Void) async throws {
        for (name, statement) in restoring {
            try await connection.query(SQL(unsafeText: statement))
            report("\(name) again")
        }
    }
}
