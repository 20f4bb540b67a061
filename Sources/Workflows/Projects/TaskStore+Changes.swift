public import Database
public import FoundationEssentials

// Changing tasks, putting them away and bringing them back.
extension TaskStore {
    /// What is to become of a task; nil and `keep` leave a property as it is.
    public struct TaskChange: Sendable, Hashable {
        /// The name to show.
        public var name: String?
        /// What it is about.
        public var description: String?
        /// A status of the owner organisation.
        public var statusID: UUID?
        /// A priority of the owner organisation.
        public var priorityID: UUID?
        /// Someone who can see the project.
        public var assigneeID: Change<UUID>
        /// When the feedback has to be returned.
        public var dueAt: Change<Timestamp>
        /// Labels of the project that the task gets, if it has not got them.
        public var addedTagIDs: [UUID]
        /// Labels that the task loses, if it has them.
        public var removedTagIDs: [UUID]
        /// The state that the person saw: the change is refused if somebody was faster; nil asks for no check.
        public var expectedUpdatedAt: Timestamp?

        /// Makes a change.
        public init(
            name: String? = nil, description: String? = nil, statusID: UUID? = nil, priorityID: UUID? = nil,
            assigneeID: Change<UUID> = .keep, dueAt: Change<Timestamp> = .keep, addedTagIDs: [UUID] = [],
            removedTagIDs: [UUID] = [], expectedUpdatedAt: Timestamp? = nil
        ) {
            self.name = name
            self.description = description
            self.statusID = statusID
            self.priorityID = priorityID
            self.assigneeID = assigneeID
            self.dueAt = dueAt
            self.addedTagIDs = addedTagIDs
            self.removedTagIDs = removedTagIDs
            self.expectedUpdatedAt = expectedUpdatedAt
        }
    }

    /// Changes a task.
    public func update(viewer: UUID, taskID: UUID, _ change: TaskChange) async throws {
        try await pool.withTransaction { transaction in
            let task = try await LiveTask.lock(
                taskID, viewer: viewer, unchangedSince: change.expectedUpdatedAt, in: transaction)
            var check = InputCheck()
            let name = change.name.map { check.name($0, ["name"]) }
            let description = change.description.map { check.text($0, ["description"]) }
            try await checkReferences(change, of: task, &check, in: transaction)
            try check.finish()
            _ = try await transaction.query(
                """
                update tasks
                set name = coalesce(\(name), name),
                    description = coalesce(\(description), description),
                    status_id = coalesce(\(change.statusID), status_id),
                    priority_id = coalesce(\(change.priorityID), priority_id),
                    assignee_id = case when \(change.assigneeID.isSet) then \(change.assigneeID.value)
                        else assignee_id end,
                    due_at = case when \(change.dueAt.isSet) then \(change.dueAt.value) else due_at end
                where id = \(taskID)
                """)
            try await TaskTagStore.change(change, of: task, in: transaction)
            try await TaskEvents.taskChanged(taskID, .updated, projectID: task.projectID, in: transaction)
            if change.assigneeID.value != task.assigneeID {
                try await NotificationStore.tell(
                    change.assigneeID.value, .taskAssigned, at: .init(projectID: task.projectID, taskID: taskID),
                    by: viewer, in: transaction)
            }
        }
    }

    /// Puts a task away with all that is in it; active reviews, looks at pictures and exports end.
    public func delete(viewer: UUID, taskID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let task = try await LiveTask.lock(taskID, viewer: viewer, in: transaction)
            _ = try await transaction.query(
                "update tasks set deleted_at = now(), deleted_by = \(viewer) where id = \(taskID)")
            let subtasks = try await transaction.query(
                "select id from subtasks where task_id = \(taskID) and deleted_at is null")
            try await ReviewStore.cancelActive(of: subtasks.map { $0.uuid(0) }, in: transaction)
            try await AnalysisStore.cancelActive(of: subtasks.map { $0.uuid(0) }, in: transaction)
            try await ExportStore.cancelActive(of: [taskID], in: transaction)
            try await TaskEvents.taskChanged(taskID, .deleted, projectID: task.projectID, in: transaction)
        }
    }

    /// Brings a deleted task back with all that is in it.
    ///
    /// One that is not deleted stays as it is.
    public func restore(viewer: UUID, taskID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let tasks = try await transaction.query(
                """
                select project_id, deleted_at is not null
                from tasks
                where id = \(taskID)
                and purge_started_at is null
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let task = tasks.first else { throw WorkflowError.notFound("A task") }
            guard task.bool(1) else { return }
            _ = try await transaction.query(
                "update tasks set deleted_at = null, deleted_by = null where id = \(taskID)")
            try await TaskEvents.taskChanged(taskID, .restored, projectID: task.uuid(0), in: transaction)
        }
    }

    /// What a task refers to must belong to its project.
    func checkReferences(
        _ change: TaskChange, of task: LiveTask, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        let assigneeID = change.assigneeID.value
        let rows = try await transaction.query(
            """
            select
                exists (
                    select 1
                    from project_task_statuses
                    where status_id = \(change.statusID)
                    and project_id = \(task.projectID)
                ),
                exists (
                    select 1
                    from project_task_priorities
                    where priority_id = \(change.priorityID)
                    and project_id = \(task.projectID)
                ),
                exists (
                    select 1
                    from project_participants
                    where project_id = \(task.projectID)
                    and user_id = \(assigneeID)
                )
            """)
        guard let row = rows.first else { return }
        if change.statusID != nil, !row.bool(0) {
            check.fail(["statusId"], .notFound, "The project has no such status.")
        }
        if change.priorityID != nil, !row.bool(1) {
            check.fail(["priorityId"], .notFound, "The project has no such priority.")
        }
        if assigneeID != nil, !row.bool(2) {
            check.fail(["assigneeId"], .notFound, "Nobody of this project has this id.")
        }
    }
}
