public import Database
public import FoundationEssentials

/// What people do with findings: change, decide, add, hold and promote them.
public struct FindingStore: Sendable {
    let pool: ConnectionPool

    /// A condition for rows of `findings`: no other stands in their place.
    static let isInForce = "not exists (select 1 from findings as others where others.overrides_id = findings.id)"

    /// A condition for rows of `findings`: nobody has found them wrong or beside the point.
    static let isNotDismissed = "findings.status not in ('REJECTED', 'IGNORED')"

    /// A condition for rows of `findings`: people stand by them.
    public static let isUpheld = "\(isNotDismissed) and \(isInForce)"

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What a person found.
    public struct NewFinding: Sendable, Hashable {
        /// What was found.
        public var description: String
        /// `RISK`, `ALERT` or `SAFE`.
        public var severity: String
        /// What to do about it.
        public var suggestion: String?
        /// Where it is, in fractions of the picture; nil for the whole picture.
        public var area: AnnotationContent.Area?
        /// The AI's finding about the same version in whose place it stands; nil for a finding of its own.
        public var overridesID: UUID?
        /// Where in a video or recording it begins, in seconds.
        public var startSeconds: Double?
        /// Where in a video or recording it ends, in seconds; where it begins if nobody says.
        public var endSeconds: Double?

        /// Makes a description of a new finding.
        public init(
            description: String, severity: String, suggestion: String? = nil, area: AnnotationContent.Area? = nil,
            overridesID: UUID? = nil, startSeconds: Double? = nil, endSeconds: Double? = nil
        ) {
            self.description = description
            self.severity = severity
            self.suggestion = suggestion
            self.area = area
            self.overridesID = overridesID
            self.startSeconds = startSeconds
            self.endSeconds = endSeconds
        }
    }

    /// Adds what a person found to a review that has ended, about a version of a review point; gives its id.
    ///
    /// If the review has no outcome of that version, it gets one that says that nothing was run.
    public func create(viewer: UUID, reviewID: UUID, rpdVersionID: UUID, _ new: NewFinding) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let review = try await LiveFinding.lockReview(reviewID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let description = check.sentence(new.description, ["description"])
            let suggestion = new.suggestion.map { check.text($0, ["suggestion"]) }
            if let area = new.area { check.inside(area, review, ["area"]) }
            let (start, end) = check.times(
                from: new.startSeconds, to: new.endSeconds, within: review.durationSeconds)
            if !["COMPLETED", "FAILED", "CANCELLED"].contains(review.reviewStatus) {
                check.fail(["reviewId"], .conflict, "The review has not ended.")
            }
            try await Self.checkVersion(rpdVersionID, projectID: review.projectID, &check, in: transaction)
            if let overridden = new.overridesID {
                try await Self.checkOverride(
                    of: overridden, reviewID: reviewID, rpdVersionID: rpdVersionID, &check, in: transaction)
            }
            try check.finish()
            let outcomeID = try await Self.outcome(of: rpdVersionID, reviewID: reviewID, review, in: transaction)
            let area = new.area
            let rows = try await transaction.query(
                """
                insert into findings (
                    project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, suggestion, area_x,
                    area_y, area_width, area_height, image_width, image_height, start_seconds, end_seconds, is_by_ai,
                    created_by, overrides_id, status
                )
                values (
                    \(review.projectID), \(reviewID), \(outcomeID), \(rpdVersionID),
                    1 + (select coalesce(max(ordinal), 0) from findings where outcome_id = \(outcomeID)),
                    \(description), \(new.severity), \(suggestion), \(area?.x), \(area?.y), \(area?.width),
                    \(area?.height), \(area == nil ? nil : review.imageWidth),
                    \(area == nil ? nil : review.imageHeight), \(start), \(end ?? start), false, \(viewer),
                    \(new.overridesID), 'ACCEPTED'
                )
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A finding got no id.") }
            try await TaskEvents.findingChanged(row.uuid(0), .created, of: review, in: transaction)
            return row.uuid(0)
        }
    }

    /// Writes down what people think of a finding: `PENDING`, `ACCEPTED`, `REJECTED`, `RESOLVED` or `IGNORED`.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func setStatus(
        viewer: UUID, findingID: UUID, status: String, expectedUpdatedAt: Timestamp? = nil
    ) async throws {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            try InputCheck.requireUnchanged(since: expectedUpdatedAt, finding.updatedAt)
            let changed = try await transaction.query(
                "update findings set status = \(status) where id = \(findingID) and status <> \(status)")
            guard changed.affectedRows == 1 else { return }
            try await TaskEvents.findingChanged(findingID, .updated, of: finding, in: transaction)
        }
    }

    /// Keeps a finding visible whatever later reviews find, or no longer.
    public func hold(viewer: UUID, findingID: UUID, isHeld: Bool) async throws {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            let changed = try await transaction.query(
                "update findings set is_held = \(isHeld) where id = \(findingID) and is_held <> \(isHeld)")
            guard changed.affectedRows == 1 else { return }
            try await TaskEvents.findingChanged(findingID, .updated, of: finding, in: transaction)
        }
    }

    /// Only a version of a review point of the project that is not deleted; it need not be the active one.
    private static func checkVersion(
        _ versionID: UUID, projectID: UUID, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select 1
            from rpd_versions as versions
            join rpds on rpds.id = versions.rpd_id
            where versions.id = \(versionID)
            and versions.project_id = \(projectID)
            and rpds.deleted_at is null
            """)
        if row == nil { check.fail(["rpdVersionId"], .notFound, "The project has no such review point.") }
    }

    /// Only an AI's finding of the same review about the same version, which nothing overrides yet.
    private static func checkOverride(
        of findingID: UUID, reviewID: UUID, rpdVersionID: UUID, _ check: inout InputCheck,
        in transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select exists (select 1 from findings as others where others.overrides_id = findings.id)
            from findings
            where id = \(findingID)
            and review_id = \(reviewID)
            and rpd_version_id = \(rpdVersionID)
            and is_by_ai
            """)
        guard let row else {
            return check.fail(["overridesId"], .notFound, "The AI found no such thing there.")
        }
        if row.bool(0) { check.fail(["overridesId"], .duplicate, "Somebody has overridden it already.") }
    }

    /// The outcome of a version in a review whose row is locked; one of people's own if no run was asked to check it.
    private static func outcome(
        of versionID: UUID, reviewID: UUID, _ review: LiveFinding, in transaction: Transaction
    ) async throws -> UUID {
        let present = try await transaction.queryFirst(
            "select id from review_outcomes where review_id = \(reviewID) and rpd_version_id = \(versionID)")
        if let present { return present.uuid(0) }
        let made = try await transaction.queryFirst(
            """
            insert into review_outcomes (project_id, review_id, rpd_version_id, position, status)
            select \(review.projectID), \(reviewID), \(versionID), 1 + coalesce(max(position), 0),
                \(OutcomeState.manual.rawValue)
            from review_outcomes
            where review_id = \(reviewID)
            returning id
            """)
        guard let made else { throw WorkflowError(.inconsistentData, "An outcome got no id.") }
        return made.uuid(0)
    }
}
