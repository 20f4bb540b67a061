import Clients
import Database
import FoundationEssentials
import JSON

/// What the worker of a review writes.
///
/// Each write is a transaction of its own with its event. It first locks the review's row and asks that the review is
/// still `PROCESSING` under this run's token; otherwise it throws `runLost` and changes nothing. So nothing is written
/// after a cancellation, and nothing by a worker that another one has replaced.
struct ReviewRunStore: Sendable {
    let pool: ConnectionPool

    /// Takes the review over and gives what is left to do; nil when it has ended already.
    func begin(_ job: Job, reviewID: UUID) async throws -> ReviewPlan? {
        try await pool.withTransaction { transaction in
            let reviews = try await transaction.query(
                "select project_id, status from reviews where id = \(reviewID) for no key update")
            // The review may be gone together with its project.
            guard let review = reviews.first, let status = RunStatus(rawValue: review.string(1)), !status.isEnd
            else { return nil }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update reviews
                set status = 'PROCESSING',
                    run_token = \(job.leaseToken),
                    started_at = coalesce(started_at, now())
                where id = \(reviewID)
                """)
            let projectID = review.uuid(0)
            if status == .pending {
                try await ReviewEvents.statusChanged(reviewID, projectID: projectID, to: .processing, in: transaction)
            }
            return try await Self.plan(reviewID, runToken: job.leaseToken, in: transaction)
        }
    }

    /// Says that a check has begun.
    ///
    /// False when it has ended already.
    func begin(_ check: ReviewPlan.Check, of plan: ReviewPlan) async throws -> Bool {
        try await pool.withTransaction { transaction in
            try await RunRow(.reviews, plan.reviewID).requireRun(plan.runToken, in: transaction)
            let begun = try await transaction.query(
                """
                update review_outcomes
                set status = 'RUNNING',
                    attempts = attempts + 1,
                    started_at = now()
                where id = \(check.outcomeID)
                and status in ('PENDING', 'RUNNING')
                """)
            guard begun.affectedRows == 1 else { return false }
            try await ReviewEvents.outcomeChanged(
                check.outcomeID, of: plan.reviewID, to: .running, in: transaction)
            return true
        }
    }

    /// Stores a finding, once for each ordinal of an outcome however often the check is done.
    ///
    /// `span` is where in a video it is seen.
    func store(
        _ finding: FindingDraft, ordinal: Int, of check: ReviewPlan.Check, in plan: ReviewPlan,
        span: SceneFinding? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.reviews, plan.reviewID).requireRun(plan.runToken, in: transaction)
            let area = finding.area
            let inserted = try await transaction.query(
                """
                insert into findings (
                    project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, suggestion, tag,
                    area_x, area_y, area_width, area_height, image_width, image_height, confidence, method, line_number,
                    dialogue, scene_id, start_seconds, end_seconds
                )
                values (
                    \(plan.projectID), \(plan.reviewID), \(check.outcomeID), \(check.versionID), \(ordinal),
                    \(finding.description), \(finding.severity.rawValue), \(finding.suggestion), \(finding.tag),
                    \(area?.x), \(area?.y), \(area?.width), \(area?.height),
                    \(area == nil ? nil : plan.imageWidth), \(area == nil ? nil : plan.imageHeight),
                    \(finding.confidence), \(finding.method), \(finding.lineNumber),
                    \(finding.dialogue.map { JSONB($0.encoded()) }), \(span?.scene.id), \(span?.scene.startSeconds),
                    \(span?.endSeconds)
                )
                on conflict (outcome_id, ordinal) do nothing
                returning id
                """)
            guard let row = inserted.first else { return }
            try await ReviewEvents.findingStored(
                row.uuid(0), outcomeID: check.outcomeID, of: plan.reviewID, in: transaction)
        }
    }

    /// Says how a check ended.
    func end(_ check: ReviewPlan.Check, as result: OutcomeResult, of plan: ReviewPlan) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.reviews, plan.reviewID).requireRun(plan.runToken, in: transaction)
            let ended = try await transaction.query(
                """
                update review_outcomes
                set status = \(result.state.rawValue),
                    error_code = \(result.errorCode),
                    error_message = \(result.errorMessage),
                    model_name = \(result.modelName),
                    measurements = \(result.measurements.map { JSONB($0.encoded()) }),
                    duration_milliseconds = \(result.duration.map { Int(($0.seconds * 1000).rounded()) }),
                    finished_at = now()
                where id = \(check.outcomeID)
                and status = 'RUNNING'
                """)
            guard ended.affectedRows == 1 else { return }
            try await ReviewEvents.outcomeChanged(
                check.outcomeID, of: plan.reviewID, to: result.state, in: transaction)
        }
    }

    /// Says that all checks have ended: from now on this review is the subtask's latest.
    ///
    /// `annotatedScript` is the stored copy of a spreadsheet with what was found in it.
    func complete(_ plan: ReviewPlan, annotatedScript: StoredScript?) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.reviews, plan.reviewID).requireRun(plan.runToken, in: transaction)
            let open = try await transaction.query(
                """
                select count(*)
                from review_outcomes
                where review_id = \(plan.reviewID)
                and status in ('PENDING', 'RUNNING')
                """)
            guard open.first?.int(0) == 0 else {
                throw WorkflowError(.inconsistentData, "A review was to be completed before its checks.")
            }
            let scriptID = try await annotatedScript?.insert(projectID: plan.projectID, in: transaction)
            _ = try await transaction.query(
                """
                update reviews
                set status = 'COMPLETED',
                    annotated_script_id = \(scriptID),
                    run_token = null,
                    finished_at = now()
                where id = \(plan.reviewID)
                """)
            try await ReviewEvents.statusChanged(
                plan.reviewID, projectID: plan.projectID, to: .completed, in: transaction)
            try await Self.tellStarter(of: plan.reviewID, .reviewCompleted, in: transaction)
        }
    }

    /// Tells who has started a review how it ended; of those of a batch job its end tells.
    private static func tellStarter(
        of reviewID: UUID, _ kind: NotificationStore.Kind, in transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select reviews.created_by, reviews.project_id, subtasks.task_id, subtasks.id
            from reviews
            join subtasks on subtasks.id = reviews.subtask_id
            where reviews.id = \(reviewID)
            and not exists (select 1 from batch_job_items where review_id = reviews.id)
            """)
        guard let row else { return }
        try await NotificationStore.tell(
            row.optionalUUID(0), kind,
            at: .init(projectID: row.uuid(1), taskID: row.uuid(2), subtaskID: row.uuid(3), reviewID: reviewID),
            by: nil, in: transaction)
    }

    /// Says that the review will never be done.
    ///
    /// Its open checks become errors, never anything that looks like a result.
    func fail(_ job: Job, reviewID: UUID, errorCode: String, errorMessage: String) async throws {
        try await pool.withTransaction { transaction in
            let reviews = try await transaction.query(
                """
                select project_id
                from reviews
                where id = \(reviewID)
                and status in ('PENDING', 'PROCESSING')
                for no key update
                """)
            guard let review = reviews.first else { return }
            try await RunRow.requireLease(job, in: transaction)
            try await ReviewEvents.endOutcomes(
                of: reviewID, as: .error, errorCode: errorCode, errorMessage: errorMessage, in: transaction)
            try await RunRow(.reviews, reviewID).fail(code: errorCode, message: errorMessage, in: transaction)
            try await ReviewEvents.statusChanged(
                reviewID, projectID: review.uuid(0), to: .failed, in: transaction)
            try await Self.tellStarter(of: reviewID, .reviewFailed, in: transaction)
        }
    }
}
