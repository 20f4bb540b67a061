import Clients
import Database
import FoundationEssentials
import JSON

/// What is written about the preparation of versions, each time with its event.
///
/// A preparation is of one version, named by its key, and of one attempt: whatever becomes the active version meanwhile,
/// the job writes to the one that it was started for, and only under its own token.
struct PreparationStore: Sendable {
    /// What is to be prepared.
    struct Plan: Sendable {
        let versionID: UUID
        let runToken: UUID
        let kind: String
        let title: String
        /// With the groups of motifs in words.
        let instruction: String
        /// The reference pictures in order; nil for one without bytes.
        let references: [(fileName: String, objectKey: String?)]
    }

    let pool: ConnectionPool

    /// Has a version prepared, as part of the transaction that has made it or set it back.
    static func enqueue(_ versionID: UUID, attempt: Int, in transaction: Transaction) async throws {
        try await tell(versionID, in: transaction)
        try await JobStore.enqueue(
            .preparation, key: "\(versionID.text)/\(attempt)", maximumAttempts: 3, in: transaction)
    }

    /// Takes the version over; nil when this attempt has ended or the version is gone.
    func begin(_ job: Job) async throws -> Plan? {
        let (versionID, attempt) = try job.keyAttempt()
        return try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select rpds.kind, versions.title, \(unsafeSQL: RpdContent.fullInstruction)
                from rpd_versions as versions
                join rpds on rpds.id = versions.rpd_id
                where versions.id = \(versionID)
                and versions.preparation_attempt = \(attempt)
                and versions.readiness in ('PENDING', 'RUNNING')
                for no key update of versions
                """)
            guard let row else { return nil }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update rpd_versions
                set readiness = 'RUNNING', run_token = \(job.leaseToken)
                where id = \(versionID)
                """)
            try await Self.tell(versionID, in: transaction)
            let references = try await transaction.query(
                """
                select assets.file_name, assets.picture_key
                from rpd_version_assets as entries
                join assets on assets.id = entries.asset_id
                where entries.rpd_version_id = \(versionID)
                order by entries.position
                """)
            return Plan(
                versionID: versionID, runToken: job.leaseToken, kind: row.string(0), title: row.string(1),
                instruction: row.string(2), references: references.map { ($0.string(0), $0.optionalString(1)) })
        }
    }

    /// Says that the version can be executed.
    func complete(_ plan: Plan, parts: [String], visualCheck: VisualCheck?) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                """
                update rpd_versions
                set readiness = 'READY', run_token = null, prepared_at = now(), instruction_parts = \(parts),
                    visual_check = \(visualCheck?.name)
                where id = \(plan.versionID)
                """)
        }
    }

    /// Says why the version could not be prepared.
    func fail(_ plan: Plan, _ refusal: PreparationRefusal) async throws {
        try await write(plan) { transaction in
            try await Self.fail(plan.versionID, refusal, in: transaction)
        }
    }

    /// Says the same for a job that was tried too often.
    func fail(_ job: Job, _ refusal: PreparationRefusal) async throws {
        let (versionID, attempt) = try job.keyAttempt()
        try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select 1
                from rpd_versions
                where id = \(versionID)
                and preparation_attempt = \(attempt)
                and readiness in ('PENDING', 'RUNNING')
                for no key update
                """)
            guard row != nil else { return }
            try await RunRow.requireLease(job, in: transaction)
            try await Self.fail(versionID, refusal, in: transaction)
            try await Self.tell(versionID, in: transaction)
        }
    }

    /// How far a version is, and what it was found to ask for; nil when it is gone.
    func state(of versionID: UUID) async throws -> (readiness: RpdReadiness, visualCheck: VisualCheck?)? {
        let row = try await pool.queryFirst(
            "select readiness, visual_check from rpd_versions where id = \(versionID)")
        guard let row, let readiness = RpdReadiness(rawValue: row.string(0)) else { return nil }
        return (readiness, row.optionalString(1).flatMap(VisualCheck.init(name:)))
    }

    private static func fail(
        _ versionID: UUID, _ refusal: PreparationRefusal, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            update rpd_versions
            set readiness = 'FAILED', run_token = null, error_code = \(refusal.code), error_message = \(refusal.message)
            where id = \(versionID)
            """)
    }

    private func write(_ plan: Plan, _ body: @Sendable (Transaction) async throws -> Void) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.rpdVersions, plan.versionID).requireRun(plan.runToken, in: transaction)
            try await body(transaction)
            try await Self.tell(plan.versionID, in: transaction)
        }
    }

    private static func tell(_ versionID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select project_id, rpd_id, readiness from rpd_versions where id = \(versionID)")
        guard let row else { return }
        try await EventStore.append(
            .rpdReadinessChanged,
            [
                "rpdId": .string(row.uuid(1).text), "rpdVersionId": .string(versionID.text),
                "readiness": .string(row.string(2)),
            ], to: .projectRpds(row.uuid(0)), in: transaction)
    }
}

/// Why a version could not be prepared, for people.
struct PreparationRefusal: Error, Sendable, Hashable {
    let code: String
    let message: String

    static let tooOften = PreparationRefusal(
        code: "PREPARATION_FAILED", message: "The review point could not be prepared. Try again, or ask the operator.")

    static func gone(_ number: Int, _ fileName: String) -> PreparationRefusal {
        PreparationRefusal(
            code: "REFERENCE_MISSING", message: "Reference picture \(number) (\(fileName)) is gone from the store.")
    }

    static func unreadable(_ number: Int, _ fileName: String) -> PreparationRefusal {
        PreparationRefusal(
            code: "REFERENCE_UNREADABLE", message: "Reference picture \(number) (\(fileName)) cannot be read.")
    }
}
