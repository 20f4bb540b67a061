import Database
import FoundationEssentials

/// A table that links objects of one project with each other: a column for the owner, one for what it has, and the
/// project's, by which the foreign keys keep two projects apart.
struct ProjectLinks {
    let table: String
    let ownerColumn: String
    let column: String
    /// Where the linked objects are.
    let target: String
    /// Whether they can be deleted and brought back.
    var isRestorable = true

    /// Whether a link leads to something that is not deleted.
    private var isLive: String {
        "exists (select 1 from \(target) as live where live.id = \(table).\(column) and live.deleted_at is null)"
    }

    /// The most objects that an owner has.
    static let maximum = 100

    /// Replaces what the owner has; nil leaves it as it is.
    ///
    /// Objects of another project are faults of the input, told with the field and the position. What is deleted stays
    /// linked, unseen, so that it comes back with its links.
    func replace(
        with ids: [UUID]?, of ownerID: UUID, projectID: UUID, field: String, in transaction: Transaction
    ) async throws {
        guard let ids else { return }
        let known = try await transaction.query(
            """
            select id
            from \(unsafeSQL: target)
            where project_id = \(projectID)
            and id = any(\(ids))
            and \(unsafeSQL: isRestorable ? "deleted_at is null" : "true")
            """)
        var check = InputCheck()
        if ids.count > Self.maximum { check.fail([field], .tooLong, "At most \(Self.maximum) are allowed.") }
        check.allFound(ids, known, [field], "The project has no such object.")
        try check.finish()
        // What stays is not touched: the audit log tells what people have changed.
        _ = try await transaction.query(
            """
            delete from \(unsafeSQL: table)
            where \(unsafeSQL: ownerColumn) = \(ownerID)
            and \(unsafeSQL: column) <> all(\(ids))
            and \(unsafeSQL: isRestorable ? isLive : "true")
            """)
        _ = try await transaction.query(
            """
            insert into \(unsafeSQL: table) (\(unsafeSQL: ownerColumn), \(unsafeSQL: column), project_id)
            select distinct \(ownerID)::uuid, linked, \(projectID)::uuid
            from unnest(\(ids)) as linked
            on conflict do nothing
            """)
    }
}

/// A row of a project that the viewer may change, locked until the transaction ends.
struct LiveRow {
    let projectID: UUID
    let updatedAt: Timestamp
    let createdBy: UUID?

    /// Locks the row; it has to fulfil `condition`, if there is one, and nobody may have changed it since `expected`, if
    /// that is given.
    static func lock(
        _ id: UUID, in table: String, _ what: String, condition: String? = nil, viewer: UUID,
        unchangedSince expected: Timestamp? = nil, _ transaction: Transaction
    ) async throws -> LiveRow {
        let row = try await transaction.queryFirst(
            """
            select project_id, updated_at, created_by
            from \(unsafeSQL: table)
            where id = \(id)
            and \(unsafeSQL: condition ?? "true")
            and project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update
            """)
        guard let row else { throw WorkflowError.notFound(what) }
        try InputCheck.requireUnchanged(since: expected, row.timestamp(1))
        return LiveRow(projectID: row.uuid(0), updatedAt: row.timestamp(1), createdBy: row.optionalUUID(2))
    }

    /// Locks the row of some work, and gives its status.
    static func lockStatus(
        _ id: UUID, in table: String, _ what: String, viewer: UUID, _ transaction: Transaction
    ) async throws -> String {
        let row = try await transaction.queryFirst(
            """
            select status
            from \(unsafeSQL: table)
            where id = \(id)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update
            """)
        guard let row else { throw WorkflowError.notFound(what) }
        return row.string(0)
    }

    /// Throws `notFound` unless the viewer takes part in the project.
    static func requireProject(_ id: UUID, viewer: UUID, _ transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select 1 where \(id) in (select project_id from accessible_projects(\(viewer)))")
        if row == nil { throw WorkflowError.notFound("A project") }
    }
}
