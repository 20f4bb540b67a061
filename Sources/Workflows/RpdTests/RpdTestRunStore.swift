import Clients
import Database
import FoundationEssentials
import JSON

/// What the worker of a try writes, each time only while the try is `PROCESSING` under this run's token.
struct RpdTestRunStore: Sendable {
    /// What is to be tried.
    struct Plan: Sendable {
        let testID: UUID
        /// The wording as a review would execute it, and the material as if it were reviewed; nil for a spoken line.
        let check: ReviewPlan.Check
        let review: ReviewPlan?
        let line: DialogueLine?
        let mode: String
        let runToken: UUID
        let projectID: UUID
    }

    /// Something that was found.
    struct Finding: Sendable {
        let draft: FindingDraft
        /// Where in a video it is seen; nil for what is no video.
        var span: SceneFinding?
    }

    let pool: ConnectionPool

    /// Takes the try over; nil when it has ended or is gone.
    func begin(_ job: Job, testID: UUID) async throws -> Plan? {
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select tests.project_id, tests.kind, tests.title, tests.instruction, tests.tags, tests.ng_subcategory,
                    tests.appellations, tests.special_rules, tests.mode, tests.line_speaker, tests.line_text,
                    assets.picture_key, assets.media_type, assets.width, assets.height,
                    array(
                        select files.picture_key
                        from rpd_test_references as entries
                        join assets as files on files.id = entries.asset_id
                        where entries.rpd_test_id = tests.id
                        and files.picture_key is not null
                        order by entries.position
                    ), assets.id
                from rpd_tests as tests
                left join assets on assets.id = tests.asset_id
                where tests.id = \(testID)
                and tests.status in ('PENDING', 'PROCESSING')
                for no key update of tests
                """)
            guard let row else { return nil }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update rpd_tests
                set status = 'PROCESSING', run_token = \(job.leaseToken), started_at = coalesce(started_at, now())
                where id = \(testID)
                """)
            try await Self.tell(testID, in: transaction)
            return try Self.plan(testID, job, row)
        }
    }

    private static func plan(_ testID: UUID, _ job: Job, _ row: Row) throws -> Plan {
        let references: [String] = row.array(15)
        let isVisual = row.string(1) == ReviewKind.visual.rawValue
        let check = ReviewPlan.Check(
            outcomeID: testID, versionID: testID, kind: row.string(1), title: row.string(2),
            instruction: row.string(3), tags: row.array(4), ngSubcategory: row.optionalString(5),
            referenceKeys: references, readiness: .ready,
            // What the preparation of a version finds out.
            visualCheck: isVisual
                ? VisualCheck(title: row.string(2), instruction: row.string(3), hasReferences: !references.isEmpty)
                : nil,
            appellations: try row.optionalJSONB(6).map { try JSONReader.read($0.bytes) },
            specialRules: try JSONReader.read(row.jsonb(7).bytes).array?.compactMap(SpecialRule.init) ?? [])
        var review: ReviewPlan?
        if let key = row.optionalString(11),
            let medium = ReviewPlan.Medium(
                mediaType: row.string(12), assetID: row.uuid(16), isMeasured: row.optionalInt(13) != nil)
        {
            review = ReviewPlan(
                reviewID: testID, projectID: row.uuid(0), runToken: job.leaseToken, mode: row.string(8),
                contentKey: key, mediaType: row.string(12), medium: medium, imageWidth: row.optionalInt(13),
                imageHeight: row.optionalInt(14), checks: [check])
        }
        let line = row.optionalString(10).map {
            DialogueLine(number: 1, speaker: row.optionalString(9) ?? "", text: $0)
        }
        return Plan(
            testID: testID, check: check, review: review, line: line, mode: row.string(8), runToken: job.leaseToken,
            projectID: row.uuid(0))
    }

    /// Stores what came out, all at once.
    func complete(_ plan: Plan, as result: OutcomeResult, findings: [Finding]) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.rpdTests, plan.testID).requireRun(plan.runToken, in: transaction)
            for (index, finding) in findings.enumerated() {
                try await Self.insert(finding, ordinal: index + 1, plan, in: transaction)
            }
            _ = try await transaction.query(
                """
                update rpd_tests
                set status = 'COMPLETED', run_token = null, outcome = \(result.state.rawValue),
                    severity = \(findings.map(\.draft.severity).max()?.rawValue), finding_count = \(findings.count),
                    error_code = \(result.errorCode), error_message = \(result.errorMessage),
                    model_name = \(result.modelName),
                    measurements = \(result.measurements.map { JSONB($0.encoded()) }),
                    duration_milliseconds = \(result.duration.map { Int(($0.seconds * 1000).rounded()) }),
                    finished_at = now()
                where id = \(plan.testID)
                """)
            try await Self.tell(plan.testID, in: transaction)
        }
    }

    private static func insert(
        _ found: Finding, ordinal: Int, _ plan: Plan, in transaction: Transaction
    ) async throws {
        let (finding, span) = (found.draft, found.span)
        let area = finding.area
        _ = try await transaction.query(
            """
            insert into rpd_test_findings (
                rpd_test_id, ordinal, project_id, description, severity, suggestion, tag, area_x, area_y, area_width,
                area_height, image_width, image_height, confidence, method, line_number, dialogue, scene_id,
                start_seconds, end_seconds
            )
            values (
                \(plan.testID), \(ordinal), \(plan.projectID), \(finding.description), \(finding.severity.rawValue),
                \(finding.suggestion), \(finding.tag), \(area?.x), \(area?.y), \(area?.width), \(area?.height),
                \(area == nil ? nil : plan.review?.imageWidth), \(area == nil ? nil : plan.review?.imageHeight),
                \(finding.confidence), \(finding.method), \(finding.lineNumber),
                \(finding.dialogue.map { JSONB($0.encoded()) }), \(span?.scene.id), \(span?.scene.startSeconds),
                \(span?.endSeconds)
            )
            """)
    }

    /// Says that the try will never be made.
    func fail(_ job: Job, testID: UUID) async throws {
        let row = RunRow(.rpdTests, testID)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, in: transaction) else { return }
            try await row.fail(
                code: "TEST_FAILED", message: "The review point could not be tried. Try it again, or ask the operator.",
                in: transaction)
            try await Self.tell(testID, in: transaction)
        }
    }

    /// Tells how far the try is; the caller holds the lock of its row.
    static func tell(_ testID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst("select status from rpd_tests where id = \(testID)")
        guard let row else { return }
        try await EventStore.append(
            .rpdTestProgressed, ["rpdTestId": .string(testID.text), "status": .string(row.string(0))],
            to: .rpdTest(testID), in: transaction)
    }
}
