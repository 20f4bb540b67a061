public import Database
public import FoundationEssentials

// Changing what findings say.
extension FindingStore {
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
        /// Where in a video or recording it begins, in seconds; without a start there is no end either.
        public var startSeconds: Change<Double>
        /// Where in a video or recording it ends, in seconds; nil is where it begins.
        public var endSeconds: Change<Double>
        /// The state that the person saw: the change is refused if somebody was faster; nil asks for no check.
        public var expectedUpdatedAt: Timestamp?

        /// Makes a change.
        public init(
            description: String? = nil, severity: String? = nil, suggestion: Change<String> = .keep,
            area: Change<AnnotationContent.Area> = .keep, startSeconds: Change<Double> = .keep,
            endSeconds: Change<Double> = .keep, expectedUpdatedAt: Timestamp? = nil
        ) {
            self.description = description
            self.severity = severity
            self.suggestion = suggestion
            self.area = area
            self.startSeconds = startSeconds
            self.endSeconds = endSeconds
            self.expectedUpdatedAt = expectedUpdatedAt
        }

        var hasTimes: Bool { startSeconds.isSet || endSeconds.isSet }

        /// The times that a finding gets, which has these now.
        fileprivate func times(of finding: LiveFinding) -> (start: Double?, end: Double?) {
            let start = startSeconds.isSet ? startSeconds.value : finding.startSeconds
            let end = endSeconds.isSet ? endSeconds.value : startSeconds == .set(nil) ? nil : finding.endSeconds
            return (start, end)
        }
    }

    /// Changes a finding; what it said before is kept with who replaced it.
    ///
    /// A change to what it says already is none: nothing is kept, and nobody is told.
    public func update(viewer: UUID, findingID: UUID, _ change: FindingChange) async throws {
        try await pool.withTransaction { transaction in
            let finding = try await LiveFinding.lock(findingID, viewer: viewer, in: transaction)
            var check = InputCheck()
            var change = change
            change.description = change.description.map { check.sentence($0, ["description"]) }
            if let suggestion = change.suggestion.value {
                change.suggestion = .set(check.text(suggestion, ["suggestion"]))
            }
            check.unchanged(since: change.expectedUpdatedAt, finding.updatedAt)
            if let area = change.area.value { check.inside(area, finding, ["area"]) }
            if change.hasTimes {
                let times = change.times(of: finding)
                let (start, end) = check.times(from: times.start, to: times.end, within: finding.durationSeconds)
                change.startSeconds = .set(start)
                change.endSeconds = .set(end ?? start)
            }
            try check.finish()
            guard try await Self.write(change, of: findingID, finding, viewer: viewer, in: transaction) else { return }
            try await TaskEvents.findingChanged(findingID, .updated, of: finding, in: transaction)
        }
    }

    /// Writes a change whose row is locked, and what was there before as a revision; false if both say the same.
    ///
    /// The types are those of the columns, or the rows could not be compared.
    private static func write(
        _ change: FindingChange, of findingID: UUID, _ finding: LiveFinding, viewer: UUID, in transaction: Transaction
    ) async throws -> Bool {
        let area = change.area.value
        let says: SQL = """
            description, severity, suggestion, area_x, area_y, area_width, area_height, image_width, image_height,
            start_seconds, end_seconds
            """
        let changed = try await transaction.query(
            """
            with later as (
                select id,
                    coalesce(\(change.description), description) as description,
                    coalesce(\(change.severity), severity) as severity,
                    case when \(change.suggestion.isSet) then \(change.suggestion.value) else suggestion end as suggestion,
                    case when \(change.area.isSet) then \(area?.x) else area_x end as area_x,
                    case when \(change.area.isSet) then \(area?.y) else area_y end as area_y,
                    case when \(change.area.isSet) then \(area?.width) else area_width end as area_width,
                    case when \(change.area.isSet) then \(area?.height) else area_height end as area_height,
                    case when \(change.area.isSet) then \(area == nil ? nil : finding.imageWidth)::integer
                        else image_width end as image_width,
                    case when \(change.area.isSet) then \(area == nil ? nil : finding.imageHeight)::integer
                        else image_height end as image_height,
                    case when \(change.hasTimes) then \(change.startSeconds.value) else start_seconds end as start_seconds,
                    case when \(change.hasTimes) then \(change.endSeconds.value) else end_seconds end as end_seconds
                from findings
                where id = \(findingID)
            ),
            revision as (
                insert into finding_revisions (project_id, finding_id, number, created_by, \(says))
                select project_id, id, 1 + (select count(*) from finding_revisions where finding_id = findings.id),
                    \(viewer), \(says)
                from findings
                where id = \(findingID)
                and row(\(says)) is distinct from (select row(\(says)) from later)
                returning finding_id
            )
            update findings
            set (\(says)) = (select \(says) from later)
            where id in (select finding_id from revision)
            """)
        return changed.affectedRows == 1
    }
}

extension InputCheck {
    /// Checks that an area lies inside a picture whose size is known.
    mutating func inside(_ area: AnnotationContent.Area, _ finding: LiveFinding, _ field: [String]) {
        if !area.isInside || finding.imageWidth == nil {
            fail(field, .invalid, "The area has to lie inside the picture, in fractions from 0 to 1.")
        }
    }
}
