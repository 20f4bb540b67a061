public import Database
public import FoundationEssentials

/// What people do with findings: change, decide, add, hold and promote them.
public struct FindingStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What is to become of a finding; nil and `keep` leave a property as it is.
    public struct FindingChange: Sendable, Hashable {
        /// What was found.
        public var description: String?
        /// `RISK`, `ALERT` or `SAFE`.
        public var severity: String?
        /// What to do about it.
        public var suggestion: Change<String>
        /// Where it is, in fractions of the picture.
        public var area: Change<AnnotationContent.Area>
        /// The state that the person saw: the change is refused if somebody was faster; nil asks for no check.
        public var expectedUpdatedAt: Timestamp?

        /// Makes a change.
        public init(
            description: String? = nil, severity: String? = nil, suggestion: Change<String> = .keep,
            area: Change<AnnotationContent.Area> = .keep, expectedUpdatedAt: Timestamp? = nil
        ) {
            self.description = description
            self.severity = severity
            self.suggestion = suggestion
            self.area = area
            self.expectedUpdatedAt = expectedUpdatedAt
        }
    }

    /// Changes a finding; what it said before is kept with who replaced it.
    public func update(viewer: UUID, findingID: UUID, _ change: FindingChange) async throws {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let description = change.description.map { check.sentence($0, ["description"]) }
            let suggestion = change.suggestion.value.map { check.text($0, ["suggestion"]) }
            check.unchanged(since: change.expectedUpdatedAt, finding.updatedAt)
            let area = change.area.value
            if let area { check.inside(area, finding, ["area"]) }
            try check.finish()
            _ = try await transaction.query(
                """
                insert into finding_revisions (
                    project_id, finding_id, number, description, severity, suggestion, area_x, area_y, area_width,
                    area_height, image_width, image_height, created_by
                )
                select project_id, id,
                    1 + (select count(*) from finding_revisions where finding_id = findings.id),
                    description, severity, suggestion, area_x, area_y, area_width, area_height, image_width,
                    image_height, \(viewer)
                from findings
                where id = \(findingID)
                """)
            _ = try await transaction.query(
                """
                update findings
                set description = coalesce(\(description), description),
                    severity = coalesce(\(change.severity), severity),
                    suggestion = case when \(change.suggestion.isSet) then \(suggestion) else suggestion end,
                    area_x = case when \(change.area.isSet) then \(area?.x) else area_x end,
                    area_y = case when \(change.area.isSet) then \(area?.y) else area_y end,
                    area_width = case when \(change.area.isSet) then \(area?.width) else area_width end,
                    area_height = case when \(change.area.isSet) then \(area?.height) else area_height end,
                    image_width = case when \(change.area.isSet) then \(area == nil ? nil : finding.imageWidth)
                        else image_width end,
                    image_height = case when \(change.area.isSet) then \(area == nil ? nil : finding.imageHeight)
                        else image_height end
                where id = \(findingID)
                """)
            try await TaskEvents.findingChanged(findingID, .updated, of: finding, in: transaction)
        }
    }

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
        /// The AI's finding of the same outcome in whose place it stands; nil for a finding of its own.
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

    /// Adds what a person found to a review that has ended, under the outcome of one of its review points; gives its id.
    public func create(viewer: UUID, outcomeID: UUID, _ new: NewFinding) async throws -> UUID {
        try await pool.withTransaction { transaction in
            let review = try await LiveFinding.lockReview(ofOutcome: outcomeID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let description = check.sentence(new.description, ["description"])
            let suggestion = new.suggestion.map { check.text($0, ["suggestion"]) }
            if let area = new.area { check.inside(area, review, ["area"]) }
            let (start, end) = check.times(
                from: new.startSeconds, to: new.endSeconds, within: review.durationSeconds)
            if !["COMPLETED", "FAILED", "CANCELLED"].contains(review.reviewStatus) {
                check.fail(["outcomeId"], .conflict, "The review has not ended.")
            }
            if let overridden = new.overridesID {
                try await Self.checkOverride(of: overridden, outcomeID: outcomeID, &check, in: transaction)
            }
            try check.finish()
            let area = new.area
            let rows = try await transaction.query(
                """
                insert into findings (
                    project_id, review_id, outcome_id, rpd_version_id, ordinal, description, severity, suggestion, area_x,
                    area_y, area_width, area_height, image_width, image_height, start_seconds, end_seconds, is_by_ai,
                    created_by, overrides_id, status
                )
                select project_id, review_id, id, rpd_version_id,
                    1 + (select coalesce(max(ordinal), 0) from findings where outcome_id = \(outcomeID)),
                    \(description), \(new.severity), \(suggestion), \(area?.x), \(area?.y), \(area?.width),
                    \(area?.height), \(area == nil ? nil : review.imageWidth),
                    \(area == nil ? nil : review.imageHeight), \(start), \(end ?? start), false, \(viewer), \(new.overridesID), 'ACCEPTED'
                from review_outcomes
                where id = \(outcomeID)
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

    /// Keeps a finding as knowledge of the project, and gives the entry's id.
    ///
    /// The entry says what the finding says now, whatever becomes of it and of its material.
    public func promote(viewer: UUID, findingID: UUID, notes: String, tags: [String]) async throws -> UUID {
        try await pool.withTransaction { transaction in
            _ = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            var check = InputCheck()
            let notes = check.text(notes, ["notes"])
            if tags.count > 100 { check.fail(["tags"], .tooLong, "At most 100 tags are allowed.") }
            let tags = tags.enumerated().map { check.name($1, ["tags", String($0)], maximum: 100) }
            try check.finish()
            let row = try await transaction.queryFirst(
                """
                insert into promoted_findings (
                    project_id, finding_id, description, severity, suggestion, area_x, area_y, area_width,
                    area_height, image_width, image_height, start_seconds, end_seconds, rpd_version_id, rpd_title,
                    rpd_version_number, asset_id, notes, tags, created_by
                )
                select findings.project_id, findings.id, findings.description, severity, suggestion, area_x, area_y,
                    area_width, area_height, image_width, image_height, start_seconds, end_seconds, versions.id,
                    versions.title, versions.version_number, contents.asset_id, \(notes), \(tags), \(viewer)
                from findings
                join reviews on reviews.id = findings.review_id
                join subtask_contents as contents on contents.id = reviews.content_id
                join rpd_versions as versions on versions.id = findings.rpd_version_id
                where findings.id = \(findingID)
                on conflict (finding_id) do nothing
                returning id
                """)
            guard let row else {
                throw WorkflowError(problems: [
                    InputProblem(["findingId"], .duplicate, "The finding is knowledge of the project already.")
                ])
            }
            return row.uuid(0)
        }
    }

    /// Only an AI's finding of the same outcome, which nothing overrides yet.
    private static func checkOverride(
        of findingID: UUID, outcomeID: UUID, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        let row = try await transaction.queryFirst(
            """
            select exists (select 1 from findings as others where others.overrides_id = findings.id)
            from findings
            where id = \(findingID)
            and outcome_id = \(outcomeID)
            and is_by_ai
            """)
        guard let row else {
            return check.fail(["overridesId"], .notFound, "The AI found no such thing there.")
        }
        if row.bool(0) { check.fail(["overridesId"], .duplicate, "Somebody has overridden it already.") }
    }
}

extension InputCheck {
    /// Checks that an area lies inside a picture whose size is known.
    fileprivate mutating func inside(_ area: AnnotationContent.Area, _ finding: LiveFinding, _ field: [String]) {
        if !area.isInside || finding.imageWidth == nil {
            fail(field, .invalid, "The area has to lie inside the picture, in fractions from 0 to 1.")
        }
    }
}
