public import Database
import FoundationEssentials

/// Deletes for good what people have deleted and had time to bring back.
///
/// Rows go with all that lies in them, a few in a transaction: who is killed in between leaves whole rows only, and the next
/// one goes on. Rows that somebody brings back at that moment are locked and passed over; two of us take different ones. Files
/// follow by jobs that triggers ask for (`ObjectDeletion`), and the audit log stays.
public struct Purge: Sendable {
    /// How many rows of a table went.
    public struct Count: Sendable, Hashable {
        /// The table that people deleted from; what lay in its rows is not counted.
        public let table: String
        /// The rows.
        public let rows: Int
    }

    private let pool: ConnectionPool
    private let retention: Duration
    private let rowsAtOnce: Int

    /// Makes a purge of what was deleted longer ago than `retention`.
    ///
    /// `rowsAtOnce` is how many of the rows in which others lie go in one transaction.
    public init(pool: ConnectionPool, retention: Duration, rowsAtOnce: Int = 20) {
        self.pool = pool
        self.retention = retention
        self.rowsAtOnce = rowsAtOnce
    }

    /// Deletes all that is old enough, and gives how much it was, without tables of which nothing went.
    ///
    /// Ends early, by throwing, when its task is cancelled; what is gone by then stays gone.
    public func run() async throws -> [Count] {
        // Projects first: what is in them keeps other things.
        var counts = [Count(table: "projects", rows: try await purgeProjects())]
        for target in PurgeTarget.all {
            var rows = 0
            var last: Int
            repeat {
                try Task.checkCancellation()
                last = try await deleteSome(of: target)
                rows += last
            } while last == rowsAtOnce
            counts.append(Count(table: target.table, rows: rows))
        }
        return counts.filter { $0.rows > 0 }
    }

    /// Deletes the oldest rows of a table, and gives how many.
    private func deleteSome(of target: PurgeTarget) async throws -> Int {
        try await transaction { transaction in
            // Whoever holds a row may be bringing it back; one that was brought back meanwhile does not fit any more.
            try await transaction.query(
                """
                with gone as materialized (
                    select entity.id
                    from \(unsafeSQL: target.table) as entity
                    where \(isOld)
                    and \(unsafeSQL: target.condition)
                    order by entity.deleted_at
                    limit \(rowsAtOnce)
                    for update skip locked
                )
                delete from \(unsafeSQL: target.table) as entity
                using gone
                where entity.id = gone.id
                """
            ).affectedRows
        }
    }

    // MARK: Projects

    /// Deletes projects, and gives how many.
    ///
    /// A project is marked first, and not to be brought back from then on: it takes many transactions to delete it.
    private func purgeProjects() async throws -> Int {
        try await transaction { transaction in
            _ = try await transaction.query(
                """
                with begun as materialized (
                    select entity.id
                    from projects as entity
                    where \(isOld)
                    and entity.purge_started_at is null
                    for update skip locked
                )
                update projects
                set purge_started_at = now()
                from begun
                where projects.id = begun.id
                """)
        }
        let marked = try await pool.query("select id from projects where purge_started_at is not null order by id")
        var count = 0
        for row in marked where try await purgeProject(row.uuid(0)) { count += 1 }
        return count
    }

    /// Deletes what is in a project, then the project; false if somebody else is at it or it is gone.
    private func purgeProject(_ id: UUID) async throws -> Bool {
        for content in PurgeTarget.contents {
            let limit = content.isLarge ? rowsAtOnce : rowsAtOnce * 10
            var last: Int
            repeat {
                try Task.checkCancellation()
                let deleted = try await inProject(id) { transaction in
                    try await transaction.query(
                        """
                        with gone as materialized (
                            select entity.id
                            from \(unsafeSQL: content.table) as entity
                            where entity.project_id = \(id)
                            and \(unsafeSQL: content.condition)
                            limit \(limit)
                        )
                        delete from \(unsafeSQL: content.table) as entity
                        using gone
                        where entity.id = gone.id
                        """
                    ).affectedRows
                }
                guard let deleted else { return false }
                last = deleted
            } while last == limit
        }
        return try await inProject(id) { transaction in
            _ = try await transaction.query("delete from projects where id = \(id)")
        } != nil
    }

    /// Runs a closure in a transaction that has the project for itself; nil if another one has it, or it is gone.
    private func inProject<T: Sendable>(
        _ id: UUID, _ body: (Transaction) async throws -> T
    ) async throws -> T? {
        try await transaction { transaction in
            let own = try await transaction.queryFirst(
                "select 1 from projects where id = \(id) and purge_started_at is not null for update skip locked")
            guard own != nil else { return nil }
            return try await body(transaction)
        }
    }

    private var isOld: SQL { "entity.deleted_at < now() - make_interval(secs => \(retention.seconds))" }

    /// A transaction that may take longer than what people wait for.
    private func transaction<T: Sendable>(_ body: (Transaction) async throws -> T) async throws -> T {
        try await pool.withTransaction { transaction in
            _ = try await transaction.query("set local statement_timeout = '10min'")
            return try await body(transaction)
        }
    }
}
