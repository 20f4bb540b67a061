import Clients
import Database
import FoundationEssentials

/// What the worker of a document writes, each time only while the document is `PROCESSING` under this run's token.
struct DocumentRunStore: Sendable {
    /// What is to be read.
    struct Plan: Sendable {
        let documentID: UUID
        let projectID: UUID
        let runToken: UUID
        let createdBy: UUID?
        let kind: DocumentKind
        let name: String
        let objectKey: ObjectKey
        /// The pages that an earlier run has stored.
        let pagesDone: Swift.Set<Int>
    }

    let pool: ConnectionPool

    /// Takes the document over; nil when this attempt has ended or the document is gone.
    func begin(_ job: Job) async throws -> Plan? {
        let (documentID, attempt) = try job.keyAttempt()
        return try await pool.withTransaction { transaction in
            let row = try await transaction.queryFirst(
                """
                select documents.project_id, documents.created_by, documents.kind, documents.name, documents.status,
                    assets.picture_key
                from documents
                join assets on assets.id = documents.asset_id
                where documents.id = \(documentID)
                and documents.attempt = \(attempt)
                for no key update of documents
                """)
            guard let row, row.string(4) == "PENDING" || row.string(4) == "PROCESSING" else { return nil }
            guard let kind = DocumentKind(rawValue: row.string(2)), let key = row.optionalString(5) else {
                throw WorkflowError(.inconsistentData, "A document has no kind or no file.")
            }
            try await RunRow.requireLease(job, in: transaction)
            _ = try await transaction.query(
                """
                update documents
                set status = 'PROCESSING', run_token = \(job.leaseToken), started_at = coalesce(started_at, now())
                where id = \(documentID)
                """)
            try await DocumentEvents.progressed(documentID, in: transaction)
            let pages = try await transaction.query(
                "select number from document_pages where document_id = \(documentID)")
            return Plan(
                documentID: documentID, projectID: row.uuid(0), runToken: job.leaseToken,
                createdBy: row.optionalUUID(1), kind: kind, name: row.string(3), objectKey: try ObjectKey(key),
                pagesDone: Swift.Set(pages.map { $0.int(0) }))
        }
    }

    /// Says how many pages there are.
    func found(pages: Int, _ plan: Plan) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                "update documents set pages_total = \(pages) where id = \(plan.documentID)")
        }
    }

    /// Stores a page, once however often the document is read.
    func store(
        page number: Int, text: String, picture: StoredFile?, pictures: DocumentPictures = DocumentPictures(),
        _ plan: Plan
    ) async throws {
        try await write(plan) { transaction in
            var assetID: UUID?
            if let picture {
                assetID = try await picture.insertAsset(
                    projectID: plan.projectID, purpose: "DOCUMENT_PAGE", fileName: "page-\(number).png",
                    createdBy: plan.createdBy, in: transaction)
            }
            _ = try await transaction.query(
                """
                insert into document_pages (project_id, document_id, number, text, asset_id, pictures_skipped)
                values (
                    \(plan.projectID), \(plan.documentID), \(number), \(text), \(assetID), \(pictures.skipped)
                )
                """)
            try await store(pictures, ofPage: number, saying: text, plan, transaction)
            _ = try await transaction.query(
                """
                update documents
                set pages_done = (select count(*) from document_pages where document_id = \(plan.documentID))
                where id = \(plan.documentID)
                """)
        }
    }

    /// Says that everything is read.
    func complete(_ plan: Plan) async throws {
        try await write(plan) { transaction in
            _ = try await transaction.query(
                """
                update documents
                set status = 'COMPLETED', run_token = null, finished_at = now()
                where id = \(plan.documentID)
                """)
        }
    }

    /// Says that the document can never be read.
    func fail(_ plan: Plan, code: String, message: String) async throws {
        try await write(plan) { transaction in
            try await RunRow(.documents, plan.documentID).fail(code: code, message: message, in: transaction)
        }
    }

    /// Says the same for a job that was tried too often.
    func fail(_ job: Job, code: String, message: String) async throws {
        let (documentID, attempt) = try job.keyAttempt()
        let row = RunRow(.documents, documentID)
        try await pool.withTransaction { transaction in
            guard try await row.lockActive(for: job, attempt: attempt, in: transaction) else { return }
            try await row.fail(code: code, message: message, in: transaction)
            try await DocumentEvents.progressed(documentID, in: transaction)
        }
    }

    /// Writes under the run's token, and tells of it.
    private func write(_ plan: Plan, _ body: @Sendable (Transaction) async throws -> Void) async throws {
        try await pool.withTransaction { transaction in
            try await RunRow(.documents, plan.documentID).requireRun(plan.runToken, in: transaction)
            try await body(transaction)
            try await DocumentEvents.progressed(plan.documentID, in: transaction)
        }
    }
}
