import Clients
import Database
import FoundationEssentials
import JSON

/// What the worker of a generated picture writes, each time only while the picture is `PROCESSING` under this run's token.
struct ReferenceRunStore: Sendable {
    /// What is to be made.
    struct Plan: Sendable {
        let referenceID: UUID
        let projectID: UUID
        let runToken: UUID
        /// What is to be painted, but for the pictures that it is made from.
        let request: PictureRequest
        /// Where those pictures are.
        let sourceKeys: [String]
    }

    let pool: ConnectionPool

    /// Takes the picture over; nil when this attempt has ended or the picture is gone.
    func begin(_ job: Job) async throws -> Plan? {
        let (referenceID, attempt) = try job.keyAttempt()
        return try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select project_id, enhanced_prompt, negative_prompt, aspect_ratio, number,
                    array(
                        select assets.picture_key
                        from generated_reference_sources as sources
                        join assets on assets.id = sources.asset_id
                        where sources.reference_id = generated_references.id
                        order by sources.position
                    )
                from generated_references
                where id = \(referenceID)
                and attempt = \(attempt)
                and status in ('PENDING', 'PROCESSING')
                for no key update
                """)
            guard let row else { return nil }
            guard let shape = ReferenceShape(rawValue: row.string(3)) else {
                throw WorkflowError(.inconsistentData, "A generated picture has no shape.")
            }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update generated_references
                set status = 'PROCESSING', run_token = \(job.leaseToken)
                where id = \(referenceID)
                """)
            try await Self.tell(referenceID, in: transaction)
            return Plan(
                referenceID: referenceID, projectID: row.uuid(0), runToken: job.leaseToken,
                request: PictureRequest(
                    prompt: row.string(1), negativePrompt: row.string(2), width: shape.size.width,
                    height: shape.size.height, number: row.int(4)), sourceKeys: row.array(5))
        }
    }

    /// Says that the picture is stored.
    func complete(_ plan: Plan, picture: StoredFile, modelName: String) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.generatedReferences, plan.referenceID).requireRun(plan.runToken, in: transaction)
            _ = try await transaction.query(
                """
                update generated_references
                set status = 'COMPLETED', run_token = null, finished_at = now(), object_key = \(picture.objectKey),
                    thumbnail_key = \(picture.thumbnailKey),
                    byte_count = \(picture.byteCount), width = \(picture.width), height = \(picture.height),
                    sha256 = \(picture.sha256), model_name = \(modelName)
                where id = \(plan.referenceID)
                """)
            try await Self.tell(plan.referenceID, in: transaction)
        }
    }

    /// Says that the picture will never be made.
    func fail(_ job: Job) async throws {
        let (referenceID, attempt) = try job.keyAttempt()
        let row = RunRow(.generatedReferences, referenceID)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, attempt: attempt, in: transaction) else { return }
            try await row.fail(
                code: "GENERATION_FAILED",
                message: "The picture could not be made. Try other words, or ask the operator.", in: transaction)
            try await Self.tell(referenceID, in: transaction)
        }
    }

    /// Tells how far the picture is; the caller holds the lock of its row.
    static func tell(_ referenceID: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            "select status from generated_references where id = \(referenceID)")
        guard let row else { return }
        try await EventStore.append(
            .referenceProgressed,
            ["referenceId": .string(referenceID.text), "status": .string(row.string(0))],
            to: .reference(referenceID), in: transaction)
    }
}
