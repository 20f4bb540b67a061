public import Database
public import FoundationEssentials

/// Makes, changes and deletes the characters of projects.
public struct CharacterStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    public init(pool: ConnectionPool) { self.pool = pool }

    /// What a character is, as it comes from a person; nil and `keep` leave a property as it is.
    public struct CharacterContent: Sendable, Hashable {
        /// The name to show.
        public var name: String?
        /// Another name.
        public var alias: String?
        /// Who it is.
        public var description: String?
        /// How it is recognised.
        public var features: String?
        /// The main picture.
        public var pictureID: Change<UUID>
        /// The work that it is of.
        public var ipID: Change<UUID>
        /// Reference pictures, in order.
        public var galleryIDs: [UUID]?
        /// Design sheets, in order.
        public var conceptArtIDs: [UUID]?
        /// The review points that are about it.
        public var rpdIDs: [UUID]?

        /// Makes a content.
        public init(
            name: String? = nil, alias: String? = nil, description: String? = nil, features: String? = nil,
            pictureID: Change<UUID> = .keep, ipID: Change<UUID> = .keep, galleryIDs: [UUID]? = nil,
            conceptArtIDs: [UUID]? = nil, rpdIDs: [UUID]? = nil
        ) {
            self.name = name
            self.alias = alias
            self.description = description
            self.features = features
            self.pictureID = pictureID
            self.ipID = ipID
            self.galleryIDs = galleryIDs
            self.conceptArtIDs = conceptArtIDs
            self.rpdIDs = rpdIDs
        }
    }

    /// Makes a character and gives its id.
    public func create(viewer: UUID, projectID: UUID, _ content: CharacterContent) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            var check = InputCheck()
            let name = check.name(content.name ?? "", ["name"])
            try check.finish()
            let rows = try await transaction.query(
                """
                insert into characters (project_id, name, created_by)
                values (\(projectID), \(name), \(viewer))
                returning id
                """)
            guard let row = rows.first else { throw WorkflowError(.inconsistentData, "A character got no id.") }
            try await Self.write(content, to: row.uuid(0), projectID: projectID, in: transaction)
            return row.uuid(0)
        }
    }

    /// Changes a character.
    ///
    /// `expectedUpdatedAt` is the state that the person saw: the change is refused if somebody was faster.
    public func update(
        viewer: UUID, characterID: UUID, _ content: CharacterContent, expectedUpdatedAt: Timestamp?
    ) async throws {
        try await pool.withTransaction { transaction in
            let row = try await LiveRow.lock(
                characterID, in: "characters", "A character", condition: "deleted_at is null", viewer: viewer,
                unchangedSince: expectedUpdatedAt, transaction)
            try await Self.write(content, to: characterID, projectID: row.projectID, in: transaction)
        }
    }

    /// Deletes a character, or brings it back with all that it was linked to; its pictures stay files of the project.
    ///
    /// One that is so already stays as it is.
    public func setDeleted(viewer: UUID, characterID: UUID, isDeleted: Bool) async throws {
        try await pool.withTransaction { transaction in
            _ = try await LiveRow.lock(characterID, in: "characters", "A character", viewer: viewer, transaction)
            _ = try await transaction.query(
                """
                update characters
                set deleted_at = case when \(isDeleted) then coalesce(deleted_at, now()) end
                where id = \(characterID)
                """)
        }
    }

    private static func write(
        _ content: CharacterContent, to id: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        var check = InputCheck()
        let name = content.name.map { check.name($0, ["name"]) }
        let alias = content.alias.map { check.text($0, ["alias"], maximum: 255) }
        let description = content.description.map { check.text($0, ["description"]) }
        let features = content.features.map { check.text($0, ["features"]) }
        try check.finish()
        if let picture = content.pictureID.value {
            try await requirePictures([picture], projectID: projectID, field: "pictureId", in: transaction)
        }
        try await IpStore.requireAttached(content.ipID.value, to: projectID, field: "ipId", in: transaction)
        _ = try await transaction.query(
            """
            update characters
            set name = coalesce(\(name), name),
                alias = coalesce(\(alias), alias),
                description = coalesce(\(description), description),
                features = coalesce(\(features), features),
                picture_id = case when \(content.pictureID.isSet) then \(content.pictureID.value) else picture_id end,
                ip_id = case when \(content.ipID.isSet) then \(content.ipID.value) else ip_id end
            where id = \(id)
            """)
        try await replacePictures("GALLERY", content.galleryIDs, "galleryIds", of: id, projectID, in: transaction)
        try await replacePictures(
            "CONCEPT_ART", content.conceptArtIDs, "conceptArtIds", of: id, projectID, in: transaction)
        try await ProjectLinks(
            table: "character_rpds", ownerColumn: "character_id", column: "rpd_id", target: "rpds"
        ).replace(with: content.rpdIDs, of: id, projectID: projectID, field: "rpdIds", in: transaction)
    }

    private static func replacePictures(
        _ kind: String, _ ids: [UUID]?, _ field: String, of id: UUID, _ projectID: UUID, in transaction: Transaction
    ) async throws {
        guard let ids else { return }
        try await requirePictures(ids, projectID: projectID, field: field, in: transaction)
        _ = try await transaction.query(
            """
            delete from character_pictures
            where character_id = \(id)
            and kind = \(kind)
            and asset_id is distinct from (\(ids)::uuid[])[position]
            """)
        _ = try await transaction.query(
            """
            insert into character_pictures (character_id, kind, position, asset_id, project_id)
            select \(id), \(kind), entries.position, entries.asset_id, \(projectID)
            from unnest(\(ids)) with ordinality as entries (asset_id, position)
            on conflict do nothing
            """)
    }

    /// Only checked pictures of the same project.
    static func requirePictures(
        _ ids: [UUID], projectID: UUID, field: String, in transaction: Transaction
    ) async throws {
        let known = try await transaction.query(
            """
            select id
            from assets
            where project_id = \(projectID)
            and id = any(\(ids))
            and state = 'READY'
            and \(unsafeSQL: FileInspector.isPicture)
            """)
        let isKnown = Swift.Set(known.map { $0.uuid(0) })
        var check = InputCheck()
        if ids.count > ProjectLinks.maximum {
            check.fail([field], .tooLong, "At most \(ProjectLinks.maximum) are allowed.")
        }
        for (index, id) in ids.enumerated() where !isKnown.contains(id) {
            check.fail(
                field.hasSuffix("Id") ? [field] : [field, String(index)], .notFound,
                "The project has no such picture that has been checked.")
        }
        try check.finish()
    }
}
