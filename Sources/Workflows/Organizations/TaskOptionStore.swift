public import Database
public import FoundationEssentials

/// The two ordered lists of an organisation from which tasks choose.
public enum TaskOptionKind: Sendable, Hashable {
    /// How far a task is.
    case status
    /// How urgent it is.
    case priority

    var table: String { self == .status ? "task_statuses" : "task_priorities" }
    /// The column of `tasks` that refers to the table.
    var taskColumn: String { self == .status ? "status_id" : "priority_id" }
    /// The table of what a project has chosen.
    var candidateTable: String { self == .status ? "project_status_candidates" : "project_priority_candidates" }
    /// The view of what tasks of a project can choose from.
    var admittedView: String { self == .status ? "project_task_statuses" : "project_task_priorities" }
    var what: String { self == .status ? "A status" : "A priority" }
    /// What a new organisation begins with.
    var firstName: String { self == .status ? "未着手" : "中" }
}

/// Makes, changes, moves and deletes statuses and priorities.
///
/// The organisation's row is locked: positions have no gaps and no duplicates, whatever admins do at once.
public struct TaskOptionStore: Sendable {
    let pool: ConnectionPool
    let kind: TaskOptionKind

    /// Makes a store over a pool.
    public init(pool: ConnectionPool, kind: TaskOptionKind) {
        self.pool = pool
        self.kind = kind
    }

    /// Adds an entry at a position from 1, or behind the others, and gives its key.
    public func create(viewer: UUID, organizationID: UUID, name: String, position: Int?) async throws -> UUID {
        try await pool.withTransaction { transaction in
            _ = try await AdministeredOrganization.lock(organizationID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let name = check.name(name, ["name"], maximum: 100)
            try check.finish()
            try await requireFree(name, in: organizationID, except: nil, transaction)
            let rows = try await transaction.query(
                """
                insert into \(unsafeSQL: kind.table) (organization_id, position, name)
                select \(organizationID), count(*) + 1, \(name)
                from \(unsafeSQL: kind.table)
                where organization_id = \(organizationID)
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "An option got no id.") }
            if let position { try await move(row.uuid(0), in: organizationID, to: position, transaction) }
            return row.uuid(0)
        }
    }

    /// Renames or moves an entry; nil leaves it as it is.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, id: UUID, name: String?, position: Int?, expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let organizationID = try await organization(of: id, viewer: viewer, in: transaction)
            // With the organisation's row nobody else can change any of its entries.
            let row = try await transaction.queryFirst(
                "select updated_at from \(unsafeSQL: kind.table) where id = \(id)")
            guard let row else { throw WorkflowError.notFound(kind.what) }
            try InputCheck.requireUnchanged(since: expectedUpdatedAt, row.timestamp(0))
            var check = InputCheck()
            let name = name.map { check.name($0, ["name"], maximum: 100) }
            try check.finish()
            if let name {
                try await requireFree(name, in: organizationID, except: id, transaction)
                _ = try await transaction.query(
                    "update \(unsafeSQL: kind.table) set name = \(name) where id = \(id)")
            }
            if let position {
                try await move(id, in: organizationID, to: position, transaction)
                _ = try await transaction.query(
                    "update \(unsafeSQL: kind.table) set updated_at = now() where id = \(id)")
            }
        }
    }

    /// The locked organisation that has the entry.
    func organization(of id: UUID, viewer: UUID, in transaction: Transaction) async throws -> UUID {
        let row = try await transaction.queryFirst(
            """
            select organization_id
            from \(unsafeSQL: kind.table)
            where id = \(id)
            and organization_id in (select organization_id from accessible_organizations(\(viewer)))
            """)
        guard let row else { throw WorkflowError.notFound(kind.what) }
        return try await AdministeredOrganization.lock(row.uuid(0), viewer: viewer, in: transaction).id
    }

    private func requireFree(
        _ name: String, in organizationID: UUID, except id: UUID?, _ transaction: Transaction
    ) async throws {
        let taken = try await transaction.queryFirst(
            """
            select 1
            from \(unsafeSQL: kind.table)
            where organization_id = \(organizationID)
            and name = \(name)
            and id is distinct from \(id)
            """)
        if taken != nil {
            throw WorkflowError(problems: [InputProblem(["name"], .duplicate, "There is one with this name.")])
        }
    }

    /// One statement, so that the positions are unique when it ends.
    private func move(
        _ id: UUID, in organizationID: UUID, to position: Int, _ transaction: Transaction
    ) async throws {
        guard position >= 1 else {
            throw WorkflowError(problems: [InputProblem(["position"], .invalid, "Positions count from 1.")])
        }
        _ = try await transaction.query(
            """
            with places as (
                select id,
                    row_number() over (
                        order by
                            case
                                when id <> \(id) then position * 2
                                when \(position) < position then \(position) * 2 - 1
                                else \(position) * 2 + 1
                            end
                    ) as place
                from \(unsafeSQL: kind.table)
                where organization_id = \(organizationID)
            )
            update \(unsafeSQL: kind.table) as options
            set position = places.place
            from places
            where options.id = places.id
            and options.position <> places.place
            """)
    }
}
