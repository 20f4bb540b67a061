public import Database
public import FoundationEssentials

/// Makes, changes and deletes sets of review points.
public struct ReviewSetStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What a set is, as it comes from a person; nil leaves a property as it is.
    public struct ReviewSetContent: Sendable, Hashable {
        /// The name to show, unique in the project.
        public var name: String?
        /// What it is for.
        public var description: String?
        /// Its review points.
        public var rpdIDs: [UUID]?
        /// The characters for which it is.
        public var characterIDs: [UUID]?
        /// The labels of tasks for which it is.
        public var tagIDs: [UUID]?

        /// Makes a content.
        public init(
            name: String? = nil, description: String? = nil, rpdIDs: [UUID]? = nil, characterIDs: [UUID]? = nil,
            tagIDs: [UUID]? = nil
        ) {
            self.name = name
            self.description = description
            self.rpdIDs = rpdIDs
            self.characterIDs = characterIDs
            self.tagIDs = tagIDs
        }
    }

    /// Makes a set and gives its id.
    public func create(viewer: UUID, projectID: UUID, _ content: ReviewSetContent) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            var check = InputCheck()
            let name = check.name(content.name ?? "", ["name"])
            try check.finish()
            let row = try await transaction.queryFirst(
                """
                insert into review_sets (project_id, name, created_by)
                values (\(projectID), \(name), \(viewer))
                on conflict do nothing
                returning id
                """)
            guard let row else { throw Self.duplicate }
            try await Self.write(content, to: row.uuid(0), projectID: projectID, in: transaction)
            return row.uuid(0)
        }
    }

    /// Changes a set.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, reviewSetID: UUID, _ content: ReviewSetContent, expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let row = try await LiveRow.lock(
                reviewSetID, in: "review_sets", "A review set", condition: "deleted_at is null", viewer: viewer,
                unchangedSince: expectedUpdatedAt, transaction)
            try await Self.write(content, to: reviewSetID, projectID: row.projectID, in: transaction)
        }
    }

    /// Deletes a set; its review points stay.
    ///
    /// One that is deleted already stays as it is.
    public func delete(viewer: UUID, reviewSetID: UUID) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lock(reviewSetID, in: "review_sets", "A review set", viewer: viewer, transaction)
            _ = try await transaction.query(
                "update review_sets set deleted_at = coalesce(deleted_at, now()) where id = \(reviewSetID)")
        }
    }

    /// Brings a set back with all that it was linked to, unless another set has its name now; one that is there stays as
    /// it is.
    public func restore(viewer: UUID, reviewSetID: UUID) async throws {
        do {
            try await pool.withTransaction { transaction in
                _ = try await LiveRow.lock(reviewSetID, in: "review_sets", "A review set", viewer: viewer, transaction)
                _ = try await transaction.query("update review_sets set deleted_at = null where id = \(reviewSetID)")
            }
        } catch let error as DatabaseError where error.isUniqueViolation(of: "review_sets_by_name") {
            throw WorkflowError(problems: [
                InputProblem(
                    ["reviewSetId"], .duplicate, "The project has another set with this name. Rename that one first.")
            ])
        }
    }

    private static func write(
        _ content: ReviewSetContent, to id: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        var check = InputCheck()
        let name = content.name.map { check.name($0, ["name"]) }
        let description = content.description.map { check.text($0, ["description"]) }
        try check.finish()
        let taken = try await transaction.queryFirst(
            """
            select 1
            from review_sets
            where project_id = \(projectID)
            and name = \(name)
            and id <> \(id)
            and deleted_at is null
            """)
        if taken != nil { throw duplicate }
        _ = try await transaction.query(
            """
            update review_sets
            set name = coalesce(\(name), name), description = coalesce(\(description), description)
            where id = \(id)
            """)
        let links: [(ProjectLinks, [UUID]?, String)] = [
            (
                ProjectLinks(
                    table: "review_set_rpds", ownerColumn: "review_set_id", column: "rpd_id", target: "rpds"),
                content.rpdIDs, "rpdIds"
            ),
            (
                ProjectLinks(
                    table: "review_set_characters", ownerColumn: "review_set_id", column: "character_id",
                    target: "characters"), content.characterIDs, "characterIds"
            ),
            (
                ProjectLinks(
                    table: "review_set_tags", ownerColumn: "review_set_id", column: "tag_id", target: "task_tags",
                    isRestorable: false), content.tagIDs, "taskTagIds"
            ),
        ]
        for (links, ids, field) in links {
            try await links.replace(with: ids, of: id, projectID: projectID, field: field, in: transaction)
        }
    }

    private static var duplicate: WorkflowError {
        WorkflowError(problems: [InputProblem(["name"], .duplicate, "The project has a set with this name.")])
    }
}
