public import Database
public import FoundationEssentials

// The board: tasks in columns, one for each status, in an order that people make.
extension TaskStore {
    /// A place in a column of the board.
    public struct BoardPlace: Sendable, Hashable {
        /// Where in the column.
        public enum Position: Sendable, Hashable {
            /// In front of all.
            case top
            /// Directly behind this task.
            case behind(UUID)
            /// Directly before this task.
            case before(UUID)
        }

        /// The column; nil for the one in which the task is.
        public var statusID: UUID?
        /// Where in the column.
        public var position: Position
        /// The state that the person saw: the move is refused if somebody was faster; nil asks for no check.
        public var expectedUpdatedAt: Timestamp?

        /// Makes a place.
        public init(statusID: UUID? = nil, position: Position = .top, expectedUpdatedAt: Timestamp? = nil) {
            self.statusID = statusID
            self.position = position
            self.expectedUpdatedAt = expectedUpdatedAt
        }
    }

    /// Moves a task to another place of its project's board.
    ///
    /// It gets a rank between those of its new neighbours, so that no other row changes. Moves of a project wait for each
    /// other; otherwise two could take the same place.
    public func move(viewer: UUID, taskID: UUID, to place: BoardPlace) async throws {
        try await pool.withTransaction { transaction in
            // Before the lock of the task's row: making room locks the rows of others. Who may not see the task waits for
            // nobody, and nobody waits for them.
            _ = try await transaction.query(
                """
                select pg_advisory_xact_lock(hashtextextended(project_id::text, 20817))
                from tasks
                where id = \(taskID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                """)
            let task = try await LiveTask.lock(
                taskID, viewer: viewer, unchangedSince: place.expectedUpdatedAt, in: transaction)
            var check = InputCheck()
            try await checkReferences(TaskChange(statusID: place.statusID), of: task, &check, in: transaction)
            try check.finish()
            let column = BoardColumn(projectID: task.projectID, statusID: place.statusID ?? task.statusID)
            let rank = try await column.rank(of: taskID, at: place.position, in: transaction)
            _ = try await transaction.query(
                """
                update tasks
                set status_id = \(column.statusID), board_rank = \(rank)::numeric
                where id = \(taskID)
                """)
            try await TaskEvents.taskChanged(taskID, .updated, projectID: task.projectID, in: transaction)
        }
    }
}

/// The tasks of a status on a project's board, while the board is locked.
private struct BoardColumn {
    let projectID: UUID
    let statusID: UUID

    /// How many decimals a rank may have before the column gets whole numbers again: so many halvings of one gap.
    static let maximumScale = 60

    /// A rank at a place, in decimal digits.
    func rank(of taskID: UUID, at position: TaskStore.BoardPlace.Position, in transaction: Transaction) async throws
        -> String
    {
        let (rank, isTight) = try await gap(for: taskID, at: position, in: transaction)
        guard isTight else { return rank }
        try await makeRoom(in: transaction)
        return try await gap(for: taskID, at: position, in: transaction).rank
    }

    /// The middle of the gap between the neighbours, and whether there is hardly any.
    private func gap(
        for taskID: UUID, at position: TaskStore.BoardPlace.Position, in transaction: Transaction
    ) async throws -> (rank: String, isTight: Bool) {
        let low: SQL
        let high: SQL
        switch position {
        case .top:
            low = "null::numeric"
            high = "(select board_rank from (\(others(than: taskID))) as others order by board_rank, id limit 1)"
        case .behind(let anchor):
            let own = try await rank(ofNeighbor: anchor, of: taskID, field: "afterTaskId", in: transaction)
            low = "\(own)::numeric"
            high = """
                (
                    select board_rank
                    from (\(others(than: taskID))) as others
                    where (board_rank, id) > (\(own)::numeric, \(anchor))
                    order by board_rank, id
                    limit 1
                )
                """
        case .before(let anchor):
            let own = try await rank(ofNeighbor: anchor, of: taskID, field: "beforeTaskId", in: transaction)
            low = """
                (
                    select board_rank
                    from (\(others(than: taskID))) as others
                    where (board_rank, id) < (\(own)::numeric, \(anchor))
                    order by board_rank desc, id desc
                    limit 1
                )
                """
            high = "\(own)::numeric"
        }
        let row = try await transaction.queryFirst(
            """
            select trim_scale(
                    coalesce((low + high) * 0.5, low + 1, high - 1, -extract(epoch from clock_timestamp()))
                )::text,
                coalesce(low = high or scale(trim_scale((low + high) * 0.5)) > \(Self.maximumScale), false)
            from (select \(low) as low, \(high) as high) as gap
            """)
        guard let row else { throw WorkflowError(.inconsistentData, "A board has no ranks.") }
        return (row.string(0), row.bool(1))
    }

    private func rank(
        ofNeighbor anchor: UUID, of taskID: UUID, field: String, in transaction: Transaction
    ) async throws -> String {
        let row = try await transaction.queryFirst(
            "select board_rank::text from (\(others(than: taskID))) as others where id = \(anchor)")
        guard let row else {
            throw WorkflowError(
                problems: [InputProblem([field], .conflict, "This task is not in the column, or not any more.")])
        }
        return row.string(0)
    }

    private func others(than taskID: UUID) -> SQL {
        """
        select id, board_rank
        from tasks
        where project_id = \(projectID)
        and status_id = \(statusID)
        and deleted_at is null
        and id <> \(taskID)
        """
    }

    private func makeRoom(in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update tasks
            set board_rank = numbered.place
            from (
                select id, row_number() over (order by board_rank, id) as place
                from tasks
                where project_id = \(projectID)
                and status_id = \(statusID)
                and deleted_at is null
            ) as numbered
            where tasks.id = numbered.id
            """)
    }
}
