public import Database
public import FoundationEssentials

/// Enters, changes and deletes the documents of projects: what people do.
///
/// What the worker writes is in `DocumentRunStore`.
public struct DocumentStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// Enters a checked file as a document, has it read, and gives the document's id.
    ///
    /// Without a name it is called as its file.
    public func create(
        viewer: UUID, projectID: UUID, assetID: UUID, name: String?, description: String
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            let file = try await Self.file(assetID, projectID: projectID, transaction)
            var check = InputCheck()
            let name = check.name(name ?? file.name, ["name"])
            let description = check.text(description, ["description"])
            try check.finish()
            let row = try await transaction.queryFirst(
                """
                insert into documents (project_id, asset_id, kind, name, description, created_by)
                values (
                    \(projectID), \(assetID), \(file.kind.rawValue), \(name), \(description), \(viewer)
                )
                on conflict (asset_id) do nothing
                returning id
                """)
            guard let row else {
                throw WorkflowError(problems: [
                    InputProblem(["assetId"], .duplicate, "The file is a document already.")
                ])
            }
            try await DocumentEvents.progressed(row.uuid(0), in: transaction)
            try await RunRow(.documents, row.uuid(0)).enqueue(.document, in: transaction)
            return row.uuid(0)
        }
    }

    /// Changes what is not nil.
    public func update(
        viewer: UUID, documentID: UUID, name: String?, description: String?, expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let row = try await LiveRow.lock(
                documentID, in: "documents", "A document", condition: "deleted_at is null", viewer: viewer,
                transaction)
            var check = InputCheck()
            let name = name.map { check.name($0, ["name"]) }
            let description = description.map { check.text($0, ["description"]) }
            check.unchanged(since: expectedUpdatedAt, row.updatedAt)
            try check.finish()
            _ = try await transaction.query(
                """
                update documents
                set name = coalesce(\(name), name), description = coalesce(\(description), description)
                where id = \(documentID)
                """)
        }
    }

    /// Deletes a document with its pages, or brings them back; its files stay those of the project.
    public func setDeleted(viewer: UUID, documentID: UUID, isDeleted: Bool) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lock(
                documentID, in: "documents", "A document", condition: "purge_started_at is null", viewer: viewer,
                transaction)
            _ = try await transaction.query(
                """
                update documents
                set deleted_at = case when \(isDeleted) then coalesce(deleted_at, now()) end
                where id = \(documentID)
                """)
        }
    }

    /// Ends the reading of a document, if it is active; the pages that have been read stay.
    public func cancel(viewer: UUID, documentID: UUID) async throws {
        try await change(documentID, viewer: viewer) { try await $0.cancel(.document, in: $1) }
    }

    /// Begins to read a document anew that could not be read or whose reading was ended, behind the pages that are there.
    public func retry(viewer: UUID, documentID: UUID) async throws {
        try await change(documentID, viewer: viewer) { try await $0.retry(.document, in: $1) }
    }

    /// Changes how far a document is, and tells of it if `body` has.
    private func change(
        _ documentID: UUID, viewer: UUID, _ body: @Sendable (RunRow, Transaction) async throws -> Bool
    ) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lock(
                documentID, in: "documents", "A document", condition: "deleted_at is null", viewer: viewer,
                transaction)
            guard try await body(RunRow(.documents, documentID), transaction) else { return }
            try await DocumentEvents.progressed(documentID, in: transaction)
        }
    }

    private static func file(
        _ assetID: UUID, projectID: UUID, _ transaction: Transaction
    ) async throws -> (name: String, kind: DocumentKind) {
        let row = try await transaction.queryFirst(
            """
            select file_name, media_type
            from assets
            where id = \(assetID)
            and project_id = \(projectID)
            and purpose = \(FilePurpose.document.rawValue)
            and state = 'READY'
            """)
        guard let row, let kind = DocumentKind(mediaType: row.string(1)) else {
            throw WorkflowError(problems: [
                InputProblem(["assetId"], .notFound, "The project has no such document file that has been checked.")
            ])
        }
        return (row.string(0), kind)
    }
}
