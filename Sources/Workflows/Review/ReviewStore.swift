public import Database
public import FoundationEssentials

/// Starts and cancels reviews: what people do.
///
/// What the worker writes is in `ReviewRunStore`.
public struct ReviewStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What came of asking for a review.
    public enum Started: Sendable, Hashable {
        /// A new review, which a worker will take up.
        case new(UUID)
        /// The review that the same request key started before.
        case existing(UUID)
        /// Nothing was started: this review of the subtask is active.
        case blocked(by: UUID)

        /// The review, in any case.
        public var reviewID: UUID {
            switch self {
            case .new(let id), .existing(let id), .blocked(let id): id
            }
        }
    }

    /// Starts a review of the subtask's newest content.
    ///
    /// `mode` is `QUALITY` or `SPEED`.
    ///
    /// The subtask's row is locked: versions have no gaps, and there is at most one active run. So is its task's: a
    /// review starts either before the task is deleted, and is ended with it, or not at all.
    public func start(
        viewer: UUID, subtaskID: UUID, selection: ReviewSelection, mode: String, requestKey: UUID? = nil
    ) async throws -> Started {
        try await pool.withTransaction { transaction in
            try await Self.start(
                viewer: viewer, subtaskID: subtaskID, selection: selection, mode: mode, requestKey: requestKey,
                in: transaction)
        }
    }

    /// Does the same as part of the caller's transaction.
    ///
    /// `sets` are those from which the selection was made earlier; nil for those that it names itself.
    static func start(
        viewer: UUID, subtaskID: UUID, selection: ReviewSelection, mode: String, requestKey: UUID? = nil,
        sets: ChosenReviewSets? = nil, in transaction: Transaction
    ) async throws -> Started {
        let subtask = try await LiveSubtask.lockWithTask(subtaskID, viewer: viewer, in: transaction)
        if let earlier = try await earlierRun(of: subtaskID, requestKey: requestKey, in: transaction) {
            return earlier
        }
        let projectID = subtask.projectID
        let contentID = try await reviewableContent(
            of: subtaskID, kind: subtask.kind, allowed: ["PICTURE", "TEXT", "WORD", "EXCEL", "VIDEO", "AUDIO"],
            in: transaction)
        let versionIDs = try await selection.versionIDs(projectID: projectID, in: transaction)
        var chosen = sets
        if chosen == nil { chosen = try await ChosenReviewSets.of(selection, in: transaction) }
        let reviewID = try await insert(
            projectID: projectID, subtaskID: subtaskID, contentID: contentID, trigger: selection.trigger,
            mode: mode, requestKey: requestKey, viewer: viewer, versionIDs: versionIDs, sets: chosen,
            in: transaction)
        try await ReviewEvents.statusChanged(reviewID, projectID: projectID, to: .pending, in: transaction)
        if subtask.kind == "VIDEO" { try await SceneStore.request(ofContent: contentID, in: transaction) }
        try await JobStore.enqueue(.review, key: reviewID.text, in: transaction)
        return .new(reviewID)
    }

    /// Ends a review that is active: no write of its worker counts from now on.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, reviewID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let reviews = try await transaction.query(
                """
                select project_id, status
                from reviews
                where id = \(reviewID)
                and project_id in (select project_id from accessible_projects(\(viewer)))
                for no key update
                """)
            guard let review = reviews.first else { throw WorkflowError.notFound("A review") }
            guard review.string(1) == "PENDING" || review.string(1) == "PROCESSING" else { return }
            try await Self.end(reviewID, projectID: review.uuid(0), in: transaction)
        }
    }

    /// Ends the active reviews of subtasks that are being deleted.
    static func cancelActive(of subtaskIDs: [UUID], in transaction: Transaction) async throws {
        let reviews = try await transaction.query(
            """
            select id, project_id
            from reviews
            where subtask_id = any(\(subtaskIDs))
            and status in ('PENDING', 'PROCESSING')
            order by id
            for no key update
            """)
        for review in reviews { try await end(review.uuid(0), projectID: review.uuid(1), in: transaction) }
    }

    /// Ends an active review, whose row the caller has locked.
    static func end(_ reviewID: UUID, projectID: UUID, in transaction: Transaction) async throws {
        _ = try await transaction.query(
            """
            update reviews
            set status = 'CANCELLED',
                run_token = null,
                finished_at = now()
            where id = \(reviewID)
            """)
        try await ReviewEvents.endOutcomes(
            of: reviewID, as: .cancelled, errorCode: nil, errorMessage: nil, in: transaction)
        try await ReviewEvents.statusChanged(reviewID, projectID: projectID, to: .cancelled, in: transaction)
        try await JobStore.requestCancel(.review, key: reviewID.text, in: transaction)
    }

    /// A run that stands in the way, or that the same request started.
    private static func earlierRun(
        of subtaskID: UUID, requestKey: UUID?, in transaction: Transaction
    ) async throws -> Started? {
        let rows = try await transaction.query(
            """
            select id, request_key is not distinct from \(requestKey) and request_key is not null
            from reviews
            where subtask_id = \(subtaskID)
            and (status in ('PENDING', 'PROCESSING') or request_key = \(requestKey))
            order by 2 desc
            limit 1
            """)
        guard let row = rows.first else { return nil }
        return row.bool(1) ? .existing(row.uuid(0)) : .blocked(by: row.uuid(0))
    }

    /// The newest content, which has to have been checked.
    static func reviewableContent(
        of subtaskID: UUID, kind: String, allowed: Swift.Set<String>, in transaction: Transaction
    ) async throws -> UUID {
        let contents = try await transaction.query(
            """
            select contents.id, assets.state
            from subtask_contents as contents
            join assets on assets.id = contents.asset_id
            where contents.subtask_id = \(subtaskID)
            order by contents.version desc
            limit 1
            """)
        var check = InputCheck()
        if !allowed.contains(kind) { check.fail(["subtaskId"], .invalid, "This cannot be done with this material.") }
        guard let content = contents.first else {
            check.fail(["subtaskId"], .assetNotReady, "The subtask has no content yet.")
            throw WorkflowError(problems: check.problems)
        }
        if content.string(1) != "READY" {
            check.fail(["subtaskId"], .assetNotReady, "The subtask's file has not been checked.")
        }
        try check.finish()
        return content.uuid(0)
    }

    private static func insert(
        projectID: UUID, subtaskID: UUID, contentID: UUID, trigger: String, mode: String, requestKey: UUID?,
        viewer: UUID, versionIDs: [UUID], sets: ChosenReviewSets?, in transaction: Transaction
    ) async throws -> UUID {
        let reviews = try await transaction.query(
            """
            insert into reviews (
                project_id, subtask_id, content_id, version, mode, trigger, request_key, created_by, review_set_ids,
                review_set_names
            )
            select \(projectID), \(subtaskID), \(contentID), coalesce(max(version), 0) + 1, \(mode), \(trigger),
                \(requestKey), \(viewer), \(sets?.ids ?? [])::uuid[], \(sets?.names ?? [])::text[]
            from reviews
            where subtask_id = \(subtaskID)
            returning id
            """)
        guard let row = reviews.first else { throw WorkflowError(.inconsistentData, "A review got no id.") }
        let reviewID = row.uuid(0)
        _ = try await transaction.query(
            """
            insert into review_outcomes (project_id, review_id, rpd_version_id, position)
            select \(projectID), \(reviewID), entries.version_id, entries.position
            from unnest(\(versionIDs)) with ordinality as entries (version_id, position)
            """)
        return reviewID
    }
}

extension UUID {
    /// The 36 characters in lower case, as Postgres writes it.
    var text: String { uuidString.lowercased() }
}
