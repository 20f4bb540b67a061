public import Database
public import FoundationEssentials

/// Has pictures generated, keeps and deletes them: what people do, each with their own ones only.
public struct ReferenceStore: Sendable {
    /// The most pictures of one request.
    static let maximumCount = 4

    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// The most pictures from which others are made.
    static let maximumSources = 4

    /// Asks for pictures, made from those of the project in `sourceIDs` if there are any, and gives their ids.
    public func generate(
        viewer: UUID, projectID: UUID, prompt: ReferencePrompt, shape: ReferenceShape, count: Int,
        sourceIDs: [UUID] = []
    ) async throws -> [UUID] {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            var check = InputCheck()
            let prompt = prompt.checked(&check)
            if !(1...Self.maximumCount).contains(count) {
                check.fail(["count"], .invalid, "1 to \(Self.maximumCount) pictures are possible.")
            }
            if sourceIDs.count > Self.maximumSources {
                check.fail(["sourceAssetIds"], .tooLong, "At most \(Self.maximumSources) are allowed.")
            }
            try check.finish()
            try await CharacterStore.requirePictures(
                sourceIDs, projectID: projectID, field: "sourceAssetIds", in: transaction)
            var ids: [UUID] = []
            for number in 1...count {
                let row = try await transaction.queryFirst(
                    """
                    insert into generated_references (
                        project_id, created_by, prompt, enhanced_prompt, negative_prompt, aspect_ratio, number, style,
                        pose, camera, lighting
                    )
                    values (
                        \(projectID), \(viewer), \(prompt.text), \(prompt.enhanced), \(prompt.negative),
                        \(shape.rawValue), \(number), \(prompt.style), \(prompt.pose), \(prompt.camera),
                        \(prompt.lighting)
                    )
                    returning id
                    """)
                guard let row else { throw WorkflowError(.inconsistentData, "A picture got no id.") }
                _ = try await transaction.query(
                    """
                    insert into generated_reference_sources (reference_id, project_id, position, asset_id)
                    select \(row.uuid(0)), \(projectID), entries.position, entries.asset_id
                    from unnest(\(sourceIDs)) with ordinality as entries (asset_id, position)
                    """)
                try await ReferenceRunStore.tell(row.uuid(0), in: transaction)
                try await RunRow(.generatedReferences, row.uuid(0)).enqueue(.generation, in: transaction)
                ids.append(row.uuid(0))
            }
            return ids
        }
    }

    /// Makes a picture a file of the project, which all its people see; one that is one already stays so.
    public func keep(viewer: UUID, referenceID: UUID) async throws {
        try await pool.withTransaction { transaction in
            try await Self.lock(referenceID, viewer: viewer, in: transaction)
            let kept = try await transaction.queryFirst(
                """
                with kept as (
                    insert into assets (
                        project_id, purpose, state, file_name, media_type, byte_count, object_key, thumbnail_key,
                        width, height, sha256, created_by
                    )
                    select project_id, 'SUBTASK_CONTENT', 'READY', 'generated.png', 'image/png', byte_count,
                        object_key, thumbnail_key, width, height, sha256, created_by
                    from generated_references
                    where id = \(referenceID)
                    and status = 'COMPLETED'
                    and asset_id is null
                    returning id
                )
                update generated_references
                set asset_id = kept.id
                from kept
                where generated_references.id = \(referenceID)
                returning asset_id
                """)
            if kept != nil { return }
            let state = try await transaction.queryFirst(
                "select status from generated_references where id = \(referenceID)")
            if state?.string(0) != "COMPLETED" {
                throw WorkflowError(problems: [
                    InputProblem(["generatedReferenceId"], .conflict, "The picture is not there yet.")
                ])
            }
        }
    }

    /// Deletes a picture; a file that it has become stays.
    public func delete(viewer: UUID, referenceID: UUID) async throws {
        try await pool.withTransaction { transaction in
            try await Self.lock(referenceID, viewer: viewer, in: transaction)
            _ = try await RunRow(.generatedReferences, referenceID).cancel(.generation, in: transaction)
            _ = try await transaction.query("delete from generated_references where id = \(referenceID)")
        }
    }

    /// Ends the making of a picture, if it is active.
    public func cancel(viewer: UUID, referenceID: UUID) async throws {
        try await change(referenceID, viewer: viewer) { try await $0.cancel(.generation, in: $1) }
    }

    /// Has a picture made anew that could not be made or whose making was ended.
    public func retry(viewer: UUID, referenceID: UUID) async throws {
        try await change(referenceID, viewer: viewer) { try await $0.retry(.generation, in: $1) }
    }

    /// Changes how far a picture is, and tells of it if `body` has.
    private func change(
        _ referenceID: UUID, viewer: UUID, _ body: @Sendable (RunRow, Transaction) async throws -> Bool
    ) async throws {
        try await pool.withTransaction { transaction in
            try await Self.lock(referenceID, viewer: viewer, in: transaction)
            guard try await body(RunRow(.generatedReferences, referenceID), transaction) else { return }
            try await ReferenceRunStore.tell(referenceID, in: transaction)
        }
    }

    private static func lock(_ id: UUID, viewer: UUID, in transaction: Transaction) async throws {
        let row = try await transaction.queryFirst(
            """
            select 1
            from generated_references
            where id = \(id)
            and created_by = \(viewer)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update
            """)
        if row == nil { throw WorkflowError.notFound("A generated picture") }
    }
}
