public import Database
public import FoundationEssentials

/// Starts, cancels and retries batch jobs: what people do.
///
/// Rows are locked in this order: task, subtask, review, item, job.
public struct BatchStore: Sendable {
    /// The most materials of a job.
    static let maximumItems = 600
    /// How many items of a job are worked on at once, so that a large job leaves room for what people wait for.
    static let itemsAtOnce = 4

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What to review.
    public struct Materials: Sendable, Hashable {
        /// Tasks, with all pictures in them.
        public var taskIDs: [UUID]
        /// Materials by themselves.
        public var subtaskIDs: [UUID]

        /// Makes materials.
        public init(taskIDs: [UUID], subtaskIDs: [UUID]) {
            self.taskIDs = taskIDs
            self.subtaskIDs = subtaskIDs
        }
    }

    /// Starts to review materials of a project, each once, and gives the job's id.
    ///
    /// A second call with the same request key gives the same job.
    public func start(
        viewer: UUID, projectID: UUID, name: String = "", materials: Materials, selection: ReviewSelection,
        mode: String, requestKey: UUID? = nil
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            var check = InputCheck()
            let name = check.text(name.trimmedSpaces, ["name"], maximum: 255)
            try check.finish()
            let subtaskIDs = try await materials.subtaskIDs(projectID: projectID, in: transaction)
            let versionIDs = try await selection.versionIDs(projectID: projectID, in: transaction)
            let sets = try await ChosenReviewSets.of(selection, in: transaction)
            let inserted = try await transaction.queryFirst(
                """
                insert into batch_jobs (
                    project_id, name, trigger, mode, request_key, created_by, review_set_ids, review_set_names
                )
                values (
                    \(projectID), \(name), \(selection.trigger), \(mode), \(requestKey), \(viewer), \(sets.ids),
                    \(sets.names)
                )
                on conflict (project_id, request_key) where request_key is not null do nothing
                returning id
                """)
            guard let inserted else {
                return try await Self.earlier(projectID: projectID, requestKey: requestKey, in: transaction)
            }
            let jobID = inserted.uuid(0)
            // A copyright check takes what is active when each item is started.
            if selection != .copyrightCheck {
                try await Self.insertRpds(of: versionIDs, jobID: jobID, projectID: projectID, in: transaction)
            }
            _ = try await transaction.query(
                """
                insert into batch_job_items (project_id, batch_job_id, position, subtask_id)
                select \(projectID), \(jobID), entries.position, entries.subtask_id
                from unnest(\(subtaskIDs)) with ordinality as entries (subtask_id, position)
                """)
            try await BatchProgress.proceed(jobID, in: transaction)
            return jobID
        }
    }

    /// Ends a job: what waits is not started, and what runs is ended.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, jobID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let reviews = try await Self.lockActiveReviews(of: jobID, viewer: viewer, in: transaction)
            guard
                try await LiveRow.lockStatus(
                    jobID, in: "batch_jobs", "A batch job", viewer: viewer, transaction) == "RUNNING"
            else { return }
            _ = try await transaction.query(
                "update batch_jobs set cancel_requested_at = now() where id = \(jobID)")
            _ = try await transaction.query(
                """
                update batch_job_items
                set status = 'CANCELLED', finished_at = now()
                where batch_job_id = \(jobID)
                and (status = 'PENDING' or (status = 'RUNNING' and review_id is null))
                """)
            for review in reviews {
                try await ReviewStore.end(review.uuid(0), projectID: review.uuid(1), in: transaction)
            }
            try await BatchProgress.proceed(jobID, in: transaction)
        }
    }

    /// Starts the items anew that have failed or were cancelled.
    ///
    /// A job without such items stays as it is.
    public func retry(viewer: UUID, jobID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lockStatus(
                jobID, in: "batch_jobs", "A batch job", viewer: viewer, transaction)
            let failed = try await transaction.query(
                """
                update batch_job_items
                set status = 'PENDING', attempts = attempts + 1, review_id = null, error_code = null,
                    error_message = null, started_at = null, finished_at = null
                where batch_job_id = \(jobID)
                and status in ('FAILED', 'CANCELLED')
                """)
            guard failed.affectedRows > 0 else { return }
            _ = try await transaction.query("update batch_jobs set cancel_requested_at = null where id = \(jobID)")
            try await BatchProgress.proceed(jobID, in: transaction)
        }
    }

    private static func earlier(
        projectID: UUID, requestKey: UUID?, in transaction: Transaction
    ) async throws -> UUID {
        let row = try await transaction.queryFirst(
            "select id from batch_jobs where project_id = \(projectID) and request_key = \(requestKey)")
        guard let row else { throw WorkflowError(.inconsistentData, "A batch job vanished.") }
        return row.uuid(0)
    }

    private static func insertRpds(
        of versionIDs: [UUID], jobID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            insert into batch_job_rpds (batch_job_id, position, rpd_id, project_id)
            select \(jobID), entries.position, versions.rpd_id, \(projectID)
            from unnest(\(versionIDs)) with ordinality as entries (version_id, position)
            join rpd_versions as versions on versions.id = entries.version_id
            """)
    }

    /// The reviews that run for the job, locked before the job is: their workers do it in this order, too.
    private static func lockActiveReviews(
        of id: UUID, viewer: UUID, in transaction: Transaction
    ) async throws -> RowSet {
        try await transaction.query(
            """
            select id, project_id
            from reviews
            where id in (select review_id from batch_job_items where batch_job_id = \(id) and status = 'RUNNING')
            and status in ('PENDING', 'PROCESSING')
            and project_id in (select project_id from accessible_projects(\(viewer)))
            order by id
            for no key update
            """)
    }
}

extension BatchStore.Materials {
    /// The materials, each once: those of the tasks first, in the tasks' order, without deleted ones and what cannot be
    /// reviewed.
    func subtaskIDs(projectID: UUID, in transaction: Transaction) async throws -> [UUID] {
        let tasks = try await transaction.query(
            "select id from tasks where project_id = \(projectID) and id = any(\(taskIDs)) and deleted_at is null")
        let named = try await transaction.query(
            """
            select subtasks.id
            from subtasks
            join tasks on tasks.id = subtasks.task_id
            where subtasks.project_id = \(projectID)
            and subtasks.id = any(\(subtaskIDs))
            and subtasks.deleted_at is null
            and tasks.deleted_at is null
            """)
        let missing = "The project has no such object."
        var check = InputCheck()
        check.allFound(taskIDs, tasks, ["taskIds"], missing)
        check.allFound(subtaskIDs, named, ["subtaskIds"], missing)
        try check.finish()
        let ofTasks = try await transaction.query(
            """
            select subtasks.id
            from unnest(\(taskIDs)) with ordinality as entries (task_id, position)
            join subtasks on subtasks.task_id = entries.task_id
            where subtasks.deleted_at is null
            order by entries.position, subtasks.position
            """)
        var seen: Swift.Set<UUID> = []
        let all = (ofTasks.map { $0.uuid(0) } + subtaskIDs).filter { seen.insert($0).inserted }
        if all.isEmpty { check.fail(["taskIds"], .required, "There is nothing to review.") }
        if all.count > BatchStore.maximumItems {
            check.fail(["taskIds"], .tooLong, "At most \(BatchStore.maximumItems) materials are reviewed at once.")
        }
        try check.finish()
        return all
    }
}
