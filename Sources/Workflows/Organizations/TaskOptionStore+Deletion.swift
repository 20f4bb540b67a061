import Database
public import FoundationEssentials

// What becomes of tasks, and of what projects choose from, when a status or a priority goes.
extension TaskOptionStore {
    /// Deletes an entry; the replacement takes its place.
    ///
    /// Projects that chose the entry choose the replacement instead. Tasks that have the entry get the replacement, or the
    /// first of what their project has chosen where that has neither. Without a replacement it must not be in use. The last
    /// one stays.
    public func delete(viewer: UUID, id: UUID, replacementID: UUID?) async throws {
        try await pool.withTransaction { transaction in
            let organizationID = try await organization(of: id, viewer: viewer, in: transaction)
            let others = try await transaction.query(
                """
                select id
                from \(unsafeSQL: kind.table)
                where organization_id = \(organizationID)
                and id <> \(id)
                """
            ).map { $0.uuid(0) }
            if let replacementID, !others.contains(replacementID) {
                throw WorkflowError(problems: [
                    InputProblem(["replacementId"], .notFound, "The organisation has no other one with this id.")
                ])
            }
            if others.isEmpty {
                throw WorkflowError(problems: [InputProblem([], .conflict, "The last one cannot be deleted.")])
            }
            // What projects choose from stays as it is until the commit.
            _ = try await transaction.query(
                "select 1 from projects where organization_id = \(organizationID) order by id for no key update")
            if let replacementID {
                try await replace(id, by: replacementID, in: transaction)
            } else if try await isUsed(id, in: transaction) {
                throw WorkflowError(problems: [
                    InputProblem(
                        ["replacementId"], .required,
                        "Tasks have it, or a project has chosen nothing else. Say what takes its place.")
                ])
            }
            _ = try await transaction.query(
                """
                with gone as (
                    delete from \(unsafeSQL: kind.table)
                    where id = \(id)
                    returning position
                )
                update \(unsafeSQL: kind.table) as later
                set position = later.position - 1
                from gone
                where later.organization_id = \(organizationID)
                and later.position > gone.position
                """)
        }
    }

    /// Whether tasks have it, or a project would choose from everything without it.
    private func isUsed(_ id: UUID, in transaction: Transaction) async throws -> Bool {
        let row = try await transaction.queryFirst(
            """
            select exists (select 1 from tasks where \(unsafeSQL: kind.taskColumn) = \(id))
                or exists (
                    select 1
                    from \(unsafeSQL: kind.candidateTable) as chosen
                    where chosen.\(unsafeSQL: kind.taskColumn) = \(id)
                    and not exists (
                        select 1
                        from \(unsafeSQL: kind.candidateTable) as others
                        where others.project_id = chosen.project_id
                        and others.\(unsafeSQL: kind.taskColumn) <> \(id)
                    )
                )
            """)
        return row?.bool(0) == true
    }

    /// Gives tasks another entry that their project admits, and tells their watchers.
    private func replace(_ id: UUID, by replacementID: UUID, in transaction: Transaction) async throws {
        let column = kind.taskColumn
        _ = try await transaction.query(
            """
            insert into \(unsafeSQL: kind.candidateTable) (project_id, \(unsafeSQL: column))
            select project_id, \(replacementID)
            from \(unsafeSQL: kind.candidateTable)
            where \(unsafeSQL: column) = \(id)
            on conflict do nothing
            """)
        let moved = try await transaction.query(
            """
            update tasks
            set \(unsafeSQL: column) = admitted.id
            from (
                select distinct on (project_id) project_id, \(unsafeSQL: column) as id
                from \(unsafeSQL: kind.admittedView)
                where \(unsafeSQL: column) <> \(id)
                and project_id in (select project_id from tasks where \(unsafeSQL: column) = \(id))
                order by project_id, \(unsafeSQL: column) <> \(replacementID), position
            ) as admitted
            where tasks.\(unsafeSQL: column) = \(id)
            and tasks.project_id = admitted.project_id
            returning tasks.id
            """)
        try await TaskEvents.tasksChanged(moved.map { $0.uuid(0) }, in: transaction)
    }
}
