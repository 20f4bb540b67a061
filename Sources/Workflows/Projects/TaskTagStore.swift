public import Database
public import FoundationEssentials

/// Makes the tags of a project and puts them on tasks.
public struct TaskTagStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Makes a tag and gives its key.
    public func create(viewer: UUID, projectID: UUID, name: String) async throws -> UUID {
        var check = InputCheck()
        let name = check.name(name, ["name"], maximum: 100)
        try check.finish()
        let project = try await pool.queryFirst(
            "select 1 where \(projectID) in (select project_id from accessible_projects(\(viewer)))")
        if project == nil { throw WorkflowError.notFound("A project") }
        let row = try await pool.queryFirst(
            """
            insert into task_tags (project_id, name)
            values (\(projectID), \(name))
            on conflict do nothing
            returning id
            """)
        guard let row else { throw Self.duplicate }
        return row.uuid(0)
    }

    /// Renames a tag.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(viewer: UUID, tagID: UUID, name: String, expectedUpdatedAt: Timestamp? = nil) async throws {
        var check = InputCheck()
        let name = check.name(name, ["name"], maximum: 100)
        try check.finish()
        try await pool.withTransaction { transaction in
            let tag = try await transaction.queryFirst(
                """
                select exists (
                    select 1
                    from task_tags as others
                    where others.project_id = task_tags.project_id
                    and others.name = \(name)
                    and others.id <> task_tags.id
                ), updated_at
                from task_tags
                where id = \(tagID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update of task_tags
                """)
            guard let tag else { throw WorkflowError.notFound("A tag") }
            try InputCheck.requireUnchanged(since: expectedUpdatedAt, tag.timestamp(1))
            if tag.bool(0) { throw Self.duplicate }
            _ = try await transaction.query("update task_tags set name = \(name) where id = \(tagID)")
            let tagged = try await transaction.query("select task_id from task_tag_links where tag_id = \(tagID)")
            try await TaskEvents.tasksChanged(tagged.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// Deletes a tag, also from tasks.
    public func delete(viewer: UUID, tagID: UUID) async throws {
        try await pool.withTransaction { transaction in
            // Tasks before their tags, as everybody does who changes the tags of a task.
            let tagged = try await transaction.query(
                """
                select id
                from tasks
                where id in (select task_id from task_tag_links where tag_id = \(tagID))
                and project_id in (select project_id from accessible_projects(\(viewer)))
                order by id
                for no key update
                """)
            let deleted = try await transaction.query(
                """
                delete from task_tags
                where id = \(tagID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                """)
            if deleted.affectedRows == 0 { throw WorkflowError.notFound("A tag") }
            _ = try await transaction.query(
                "update tasks set updated_at = now() where id = any(\(tagged.map { $0.uuid(0) }))")
            try await TaskEvents.tasksChanged(tagged.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// The most tags of a task.
    public static let maximumTags = 50

    /// Replaces the tags of a task.
    ///
    /// `expectedUpdatedAt` is the state of the task that the person saw: the change is refused if somebody was faster.
    public func setTags(
        viewer: UUID, taskID: UUID, tagIDs: [UUID], expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let task = try await LiveTask.lock(
                taskID, viewer: viewer, unchangedSince: expectedUpdatedAt, in: transaction)
            var check = InputCheck()
            try await Self.check(tagIDs, of: task.projectID, &check, in: transaction)
            try check.finish()
            _ = try await transaction.query(
                "delete from task_tag_links where task_id = \(taskID) and tag_id <> all(\(tagIDs))")
            try await Self.link(tagIDs, to: taskID, projectID: task.projectID, in: transaction)
            _ = try await transaction.query("update tasks set updated_at = now() where id = \(taskID)")
            try await TaskEvents.taskChanged(taskID, .updated, projectID: task.projectID, in: transaction)
        }
    }

    /// Checks the field `taskTagIds`: labels of a project that the viewer sees, not too many.
    static func check(
        _ tagIDs: [UUID], of projectID: UUID, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        guard !tagIDs.isEmpty else { return }
        let known = try await transaction.query(
            "select id from task_tags where project_id = \(projectID) and id = any(\(tagIDs))")
        if tagIDs.count > maximumTags {
            check.fail(["taskTagIds"], .tooLong, "At most \(maximumTags) tags are allowed.")
        }
        check.allFound(tagIDs, known, ["taskTagIds"], "The project has no such tag.")
    }

    /// Gives a task labels that it has not got yet; they have been checked.
    static func link(
        _ tagIDs: [UUID], to taskID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        guard !tagIDs.isEmpty else { return }
        _ = try await transaction.query(
            """
            insert into task_tag_links (task_id, tag_id, project_id)
            select distinct \(taskID)::uuid, tag, \(projectID)::uuid
            from unnest(\(tagIDs)) as tag
            on conflict do nothing
            """)
    }

    /// Adds labels to a task and takes others away, as part of a change of the task.
    static func change(_ change: TaskStore.TaskChange, of task: LiveTask, in transaction: Transaction) async throws {
        guard !change.addedTagIDs.isEmpty || !change.removedTagIDs.isEmpty else { return }
        _ = try await transaction.query(
            "delete from task_tag_links where task_id = \(task.id) and tag_id = any(\(change.removedTagIDs))")
        _ = try await transaction.query(
            """
            insert into task_tag_links (task_id, tag_id, project_id)
            select \(task.id), tags.id, tags.project_id
            from task_tags as tags
            where tags.id = any(\(change.addedTagIDs))
            and tags.project_id = \(task.projectID)
            on conflict do nothing
            """)
        let row = try await transaction.queryFirst(
            """
            select count(*), (
                select count(*)
                from task_tags as tags
                where tags.id = any(\(change.addedTagIDs))
                and tags.project_id = \(task.projectID)
            )
            from task_tag_links
            where task_id = \(task.id)
            """)
        guard let row else { return }
        var check = InputCheck()
        if row.int(1) < Swift.Set(change.addedTagIDs).count {
            check.fail(["addTaskTagIds"], .notFound, "The project has no such tag.")
        }
        if row.int(0) > maximumTags {
            check.fail(["addTaskTagIds"], .tooLong, "At most \(maximumTags) tags are allowed.")
        }
        try check.finish()
    }

    private static var duplicate: WorkflowError {
        WorkflowError(problems: [InputProblem(["name"], .duplicate, "The project has a tag with this name.")])
    }
}
