public import Database
public import FoundationEssentials

/// Makes tasks and their subtasks.
public struct TaskStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What a new task is, as it comes from a person.
    public struct NewTask: Sendable, Hashable {
        /// The name to show.
        public var name: String
        /// What it is about.
        public var description: String
        /// A status of the owner organisation; nil for the first one.
        public var statusID: UUID?
        /// A priority of the owner organisation; nil for the first one.
        public var priorityID: UUID?
        /// Someone who can see the project.
        public var assigneeID: UUID?
        /// When the feedback has to be returned.
        public var dueAt: Timestamp?
        /// Labels of the project.
        public var tagIDs: [UUID]
        /// The presentation that it is made of.
        var sourceAssetID: UUID?

        /// Makes a description of a new task.
        public init(
            name: String, description: String = "", statusID: UUID? = nil, priorityID: UUID? = nil,
            assigneeID: UUID? = nil, dueAt: Timestamp? = nil, tagIDs: [UUID] = []
        ) {
            self.name = name
            self.description = description
            self.statusID = statusID
            self.priorityID = priorityID
            self.assigneeID = assigneeID
            self.dueAt = dueAt
            self.tagIDs = tagIDs
        }
    }

    /// Makes a task without subtasks and gives its id.
    public func create(viewer: UUID, projectID: UUID, task: NewTask) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await Self.create(viewer: viewer, projectID: projectID, task: task, in: transaction)
        }
    }

    /// Makes a task without subtasks, as part of the caller's transaction.
    static func create(
        viewer: UUID, projectID: UUID, task: NewTask, in transaction: Transaction
    ) async throws -> UUID {
        var check = InputCheck()
        let name = check.name(task.name, ["name"])
        let description = check.text(task.description, ["description"])
        try check.finish()
        let options = try await options(of: task, viewer: viewer, projectID: projectID, in: transaction)
        try await TaskTagStore.check(task.tagIDs, of: projectID, &check, in: transaction)
        try check.finish()
        let rows = try await transaction.query(
            """
            insert into tasks (
                project_id, status_id, priority_id, assignee_id, name, description, due_at, source_asset_id, created_by
            )
            values (
                \(projectID), \(options.statusID), \(options.priorityID), \(task.assigneeID), \(name), \(description),
                \(task.dueAt), \(task.sourceAssetID), \(viewer)
            )
            returning id
            """)
        guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A task got no id.") }
        try await TaskTagStore.link(task.tagIDs, to: row.uuid(0), projectID: projectID, in: transaction)
        try await TaskEvents.taskChanged(row.uuid(0), .created, projectID: projectID, in: transaction)
        try await NotificationStore.tell(
            task.assigneeID, .taskAssigned, at: .init(projectID: projectID, taskID: row.uuid(0)), by: viewer,
            in: transaction)
        return row.uuid(0)
    }

    /// The status and the priority that a new task gets in a project of the viewer's, whose people have its assignee.
    static func options(
        of task: NewTask, viewer: UUID, projectID: UUID, in transaction: Transaction
    ) async throws -> (statusID: UUID, priorityID: UUID) {
        let projects = try await transaction.query(
            """
            select projects.id, statuses.id, priorities.id,
                exists (
                    select 1
                    from project_participants as participants
                    where participants.project_id = projects.id
                    and participants.user_id = \(task.assigneeID)
                )
            from projects
            left join lateral (
                select candidates.status_id as id
                from project_task_statuses as candidates
                where candidates.project_id = projects.id
                and (candidates.status_id = \(task.statusID) or \(task.statusID)::uuid is null)
                order by candidates.position
                limit 1
            ) as statuses on true
            left join lateral (
                select candidates.priority_id as id
                from project_task_priorities as candidates
                where candidates.project_id = projects.id
                and (candidates.priority_id = \(task.priorityID) or \(task.priorityID)::uuid is null)
                order by candidates.position
                limit 1
            ) as priorities on true
            where projects.id = \(projectID)
            and projects.id in (select project_id from accessible_projects(\(viewer)))
            """)
        guard let project = projects.first else { throw WorkflowError.notFound("A project") }
        var check = InputCheck()
        let statusID = project.optionalUUID(1)
        let priorityID = project.optionalUUID(2)
        if statusID == nil { check.fail(["statusId"], .notFound, "The project has no such status.") }
        if priorityID == nil { check.fail(["priorityId"], .notFound, "The project has no such priority.") }
        if task.assigneeID != nil, !project.bool(3) {
            check.fail(["assigneeId"], .notFound, "Nobody of this project has this id.")
        }
        try check.finish()
        guard let statusID, let priorityID else { throw WorkflowError.notFound("A project") }
        return (statusID, priorityID)
    }

    /// Adds a material to a task, behind what is there, with version 1 of its content; gives the subtask's id.
    ///
    /// The task's row is locked: positions have no gaps and no duplicates.
    public func createSubtask(
        viewer: UUID, taskID: UUID, name: String, description: String, assetID: UUID
    ) async throws -> UUID {
        var check = InputCheck()
        let name = check.name(name, ["name"])
        let description = check.text(description, ["description"])
        try check.finish()
        return try await pool.withTransaction { transaction in
            let projectID = try await LiveTask.lock(taskID, viewer: viewer, in: transaction).projectID
            let kind = try await SubtaskStore.material(assetID, projectID: projectID, in: transaction)
            let subtask = NewSubtask(kind: kind, name: name, description: description, assetID: assetID)
            let made = try await Self.add(
                [subtask], to: taskID, projectID: projectID, viewer: viewer, in: transaction)
            guard let id = made.first else { throw WorkflowError(.inconsistentData, "A subtask got no id.") }
            return id
        }
    }

    /// A material that a task gets; all of it has been checked.
    struct NewSubtask: Sendable {
        let kind: String
        let name: String
        let description: String
        let assetID: UUID
        /// The slide of the presentation that it comes from, from 1.
        var slideNumber: Int?
    }

    /// Adds materials to a task, behind what is there, each with version 1 of its content; gives their ids in order.
    ///
    /// The caller holds the lock of the task's row.
    static func add(
        _ subtasks: [NewSubtask], to taskID: UUID, projectID: UUID, viewer: UUID, in transaction: Transaction
    ) async throws -> [UUID] {
        let rows = try await transaction.query(
            """
            with entries as (
                select *
                from unnest(
                    \(subtasks.map(\.kind)), \(subtasks.map(\.name)), \(subtasks.map(\.description)),
                    \(subtasks.map(\.assetID)), \(subtasks.map { $0.slideNumber ?? 0 })
                ) with ordinality as entries (kind, name, description, asset_id, slide_number, place)
            ),
            present as (
                select coalesce(max(position), 0) as position
                from subtasks
                where task_id = \(taskID)
            ),
            made as (
                insert into subtasks (
                    project_id, task_id, position, kind, name, description, slide_number, created_by
                )
                select \(projectID), \(taskID), present.position + entries.place, entries.kind, entries.name,
                    entries.description, nullif(entries.slide_number, 0), \(viewer)
                from entries
                cross join present
                returning id, position
            ),
            contents as (
                insert into subtask_contents (project_id, subtask_id, version, asset_id, created_by)
                select \(projectID), made.id, 1, entries.asset_id, \(viewer)
                from made
                cross join present
                join entries on present.position + entries.place = made.position
            )
            select id
            from made
            order by position
            """)
        _ = try await transaction.query("update tasks set updated_at = now() where id = \(taskID)")
        let ids = rows.map { $0.uuid(0) }
        for id in ids {
            try await TaskEvents.subtaskChanged(id, .created, taskID: taskID, projectID: projectID, in: transaction)
        }
        for subtask in subtasks where subtask.kind == "VIDEO" {
            try await SceneStore.request(subtask.assetID, in: transaction)
        }
        return ids
    }
}
