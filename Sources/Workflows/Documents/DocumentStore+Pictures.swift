import Database
public import FoundationEssentials

extension DocumentStore {
    /// The most pictures that are entered at once.
    static let maximumPictures = 100

    /// Enters pictures of a document into the project's registry, and gives the ids of the entries in the same order.
    ///
    /// Those that are there already stay as they are.
    public func enterPictures(
        viewer: UUID, documentID: UUID, pictureIDs: [UUID], tags: [String]
    ) async throws -> [UUID] {
        try await pool.withTransaction { transaction in
            let document = try await LiveRow.lock(
                documentID, in: "documents", "A document", condition: "deleted_at is null", viewer: viewer, transaction)
            let known = try await transaction.query(
                "select id from document_pictures where document_id = \(documentID) and id = any(\(pictureIDs))")
            var check = InputCheck()
            let tags = check.tags(tags, ["tags"])
            if pictureIDs.isEmpty { check.fail(["pictureIds"], .required, "Name at least one picture.") }
            if pictureIDs.count > Self.maximumPictures {
                check.fail(["pictureIds"], .tooLong, "At most \(Self.maximumPictures) are allowed.")
            }
            check.allFound(pictureIDs, known, ["pictureIds"], "The document has no such picture.")
            try check.finish()
            var entries: [UUID] = []
            for id in pictureIDs {
                let row = try await transaction.queryFirst(
                    """
                    with entered as (
                        insert into items (project_id, asset_id, description, tags, created_by)
                        select \(document.projectID), asset_id, name, \(tags), \(viewer)
                        from document_pictures
                        where id = \(id)
                        on conflict (asset_id) where deleted_at is null do nothing
                        returning id, asset_id, true as is_new
                    )
                    select id, asset_id, is_new
                    from entered
                    union all
                    select items.id, items.asset_id, false
                    from items
                    join document_pictures as pictures on pictures.asset_id = items.asset_id
                    where pictures.id = \(id)
                    and items.deleted_at is null
                    and not exists (select 1 from entered)
                    """)
                guard let row else { throw WorkflowError(.inconsistentData, "A picture was not entered.") }
                if row.bool(2) { try await VectorRun.enqueue(row.uuid(1), in: transaction) }
                if !entries.contains(row.uuid(0)) { entries.append(row.uuid(0)) }
            }
            return entries
        }
    }
}
