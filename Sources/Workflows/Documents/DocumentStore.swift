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
            try await JobStore.enqueue(.document, key: row.uuid(0).text, maximumAttempts: 3, in: transaction)
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
            _ = try await LiveRow.lock(documentID, in: "documents", "A document", viewer: viewer, transaction)
            _ = try await transaction.query(
                """
                update documents
                set deleted_at = case when \(isDeleted) then coalesce(deleted_at, now()) end
                where id = \(documentID)
                """)
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
