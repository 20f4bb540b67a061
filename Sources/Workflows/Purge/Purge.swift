public import Database
import FoundationEssentials

/// Deletes for good what people have deleted and had time to bring back.
///
/// Rows go with all that lies in them, a few in a transaction, so that none holds many locks: who is killed in between leaves
/// nothing half done that the next one would not finish. Rows in which much lies are marked first, and not to be brought back
/// from then on; what lies in them goes before they do. Rows that somebody brings back at that moment are locked and passed
/// over; two of us take different ones. Files follow by jobs that triggers ask for (`ObjectDeletion`), and the audit log
/// stays.
public struct Purge: Sendable {
    /// How many rows of a table went.
    public struct Count: Sendable, Hashable {
        /// The table that people deleted from; what lay in its rows is not counted.
        public let table: String
        /// The rows.
        public let rows: Int
    }

    /// The row that is going; with others it waits its turn.
    private struct Root {
        let table: String
        let id: UUID
    }

    private let pool: ConnectionPool
    private let retention: Duration
    private let rowsAtOnce: Int
    private let portion: Int

    /// Makes a purge of what was deleted longer ago than `retention`.
    ///
    /// `rowsAtOnce` is how many of the rows in which others lie go in one transaction, and `portion` how many of those in
    /// which little lies.
    public init(pool: ConnectionPool, retention: Duration, rowsAtOnce: Int = 20, portion: Int = 2000) {
        self.pool = pool
        self.retention = retention
        self.rowsAtOnce = rowsAtOnce
        self.portion = portion
    }

    /// Deletes all that is old enough, and gives how much it was, without tables of which nothing went.
    ///
    /// Ends early, by throwing, when its task is cancelled; what is gone by then stays gone.
    public func run() async throws -> [Count] {
        var counts: [Count] = []
        for target in PurgeTarget.all {
            var rows = 0
            var last: Int
            repeat {
                try Task.checkCancellation()
                if target.parts.isEmpty {
                    last = try await deleteSome(of: target)
                    rows += last
                } else {
                    last = try await markSome(of: target)
                    rows += try await deleteMarked(of: target)
                }
            } while last == rowsAtOnce
            counts.append(Count(table: target.table, rows: rows))
        }
        return counts.filter { $0.rows > 0 }
    }

    /// The oldest rows of a table that are old enough and that nobody holds: whoever does may be bringing one back.
    private func some(of target: PurgeTarget) -> SQL {
        """
        select entity.id
        from \(unsafeSQL: target.table) as entity
        where entity.deleted_at < now() - make_interval(secs => \(retention.seconds))
        and \(unsafeSQL: target.condition)
        and \(unsafeSQL: target.parts.isEmpty ? "true" : "entity.purge_started_at is null")
        order by entity.deleted_at
        limit \(rowsAtOnce)
        for update skip locked
        """
    }

    /// Deletes the oldest rows of a table in whose rows little lies, and gives how many.
    private func deleteSome(of target: PurgeTarget) async throws -> Int {
        try await transaction { transaction in
            try await transaction.query(
                """
                with gone as materialized (\(some(of: target)))
                delete from \(unsafeSQL: target.table) as entity
                using gone
                where entity.id = gone.id
                """
            ).affectedRows
        }
    }

    // MARK: Rows in which much lies

    /// Says of the oldest rows of a table that they are going, and gives of how many.
    private func markSome(of target: PurgeTarget) async throws -> Int {
        try await transaction { transaction in
            try await transaction.query(
                """
                with begun as materialized (\(some(of: target)))
                update \(unsafeSQL: target.table) as entity
                set purge_started_at = now()
                from begun
                where entity.id = begun.id
                """
            ).affectedRows
        }
    }

    /// Deletes what is marked, be it since now or by somebody who was killed, and gives how many rows.
    private func deleteMarked(of target: PurgeTarget) async throws -> Int {
        let marked = try await pool.query(
            "select id from \(unsafeSQL: target.table) where purge_started_at is not null order by deleted_at, id")
        var count = 0
        for row in marked {
            let root = Root(table: target.table, id: row.uuid(0))
            if try await delete([root.id], of: target, of: root) { count += 1 }
        }
        return count
    }

    /// Deletes what lies in some rows, then these; false if somebody else is at the root or it is gone.
    private func delete(_ ids: [UUID], of target: PurgeTarget, of root: Root) async throws -> Bool {
        for part in target.parts {
            let isDone =
                part.target.parts.isEmpty
                ? try await deleteLeaves(part, in: ids, of: root) : try await deleteBranches(part, in: ids, of: root)
            guard isDone else { return false }
        }
        return try await holding(root) { transaction in
            _ = try await transaction.query("delete from \(unsafeSQL: target.table) where id = any(\(ids))")
        } != nil
    }

    /// Deletes rows in which little lies, portion by portion.
    private func deleteLeaves(_ part: PurgeTarget.Part, in ids: [UUID], of root: Root) async throws -> Bool {
        let limit = part.isLarge ? rowsAtOnce : portion
        var last: Int
        repeat {
            try Task.checkCancellation()
            let deleted = try await holding(root) { transaction in
                try await transaction.query(
                    """
                    with gone as materialized (\(rows(of: part, in: ids, limit: limit)))
                    delete from \(unsafeSQL: part.target.table) as entity
                    using gone
                    where entity.id = gone.id
                    """
                ).affectedRows
            }
            guard let deleted else { return false }
            last = deleted
        } while last == limit
        return true
    }

    /// Deletes rows in which much lies, a few and all in them before the next.
    private func deleteBranches(_ part: PurgeTarget.Part, in ids: [UUID], of root: Root) async throws -> Bool {
        while true {
            let found = try await holding(root) { transaction in
                try await transaction.query(rows(of: part, in: ids, limit: rowsAtOnce)).map { $0.uuid(0) }
            }
            guard let found else { return false }
            if found.isEmpty { return true }
            guard try await delete(found, of: part.target, of: root) else { return false }
        }
    }

    private func rows(of part: PurgeTarget.Part, in ids: [UUID], limit: Int) -> SQL {
        """
        select entity.id
        from \(unsafeSQL: part.target.table) as entity
        where \(part.lies(ids))
        limit \(limit)
        """
    }

    /// Runs a closure in a transaction that has the root for itself; nil if another one has it, or it is gone.
    private func holding<T: Sendable>(_ root: Root, _ body: (Transaction) async throws -> T) async throws -> T? {
        try await transaction { transaction in
            let own = try await transaction.queryFirst(
                """
                select 1
                from \(unsafeSQL: root.table)
                where id = \(root.id)
                and purge_started_at is not null
                for update skip locked
                """)
            guard own != nil else { return nil }
            return try await body(transaction)
        }
    }

    /// A transaction that may take longer than what people wait for.
    private func transaction<T: Sendable>(_ body: (Transaction) async throws -> T) async throws -> T {
        try await pool.withTransaction { transaction in
            _ = try await transaction.query("set local statement_timeout = '10min'")
            return try await body(transaction)
        }
    }
}
