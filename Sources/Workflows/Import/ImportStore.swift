public import Database
public import FoundationEssentials

/// Starts, cancels and retries imports: what people do.
///
/// The row of an import is locked before those of its files, and before those of tasks.
public struct ImportStore: Sendable {
    /// The most files of an import.
    static let maximumFiles = 600
    /// How much of an import is worked on at once, so that a large one leaves room for what people wait for.
    static let unitsAtOnce = 4

    let pool: ConnectionPool
    let tokens: ImportTokens

    /// Makes a store over a pool, with a keeper of the tokens of other services.
    public init(pool: ConnectionPool, tokens: ImportTokens) {
        self.pool = pool
        self.tokens = tokens
    }

    /// What files become.
    public enum Target: Sendable, Hashable {
        /// Tasks, with the files as their materials.
        case tasks(NewTasks)
        /// Entries of the registry.
        case items(NewItems)

        var name: String {
            switch self {
            case .tasks: "TASKS"
            case .items: "ITEMS"
            }
        }
    }

    /// What tasks get that are made of files.
    public struct NewTasks: Sendable, Hashable {
        /// Labels of the project.
        public var tagIDs: [UUID]
        /// A status of the owner organisation; nil for the first one.
        public var statusID: UUID?
        /// A priority of the owner organisation; nil for the first one.
        public var priorityID: UUID?
        /// Someone who can see the project.
        public var assigneeID: UUID?

        /// Makes a description of new tasks.
        public init(
            tagIDs: [UUID] = [], statusID: UUID? = nil, priorityID: UUID? = nil, assigneeID: UUID? = nil
        ) {
            self.tagIDs = tagIDs
            self.statusID = statusID
            self.priorityID = priorityID
            self.assigneeID = assigneeID
        }
    }

    /// What entries of the registry get that are made of files.
    public struct NewItems: Sendable, Hashable {
        /// What they show.
        public var description: String
        /// Words to find them by.
        public var tags: [String]

        /// Makes a description of new entries.
        public init(description: String = "", tags: [String] = []) {
            self.description = description
            self.tags = tags
        }
    }

    /// A stored file.
    public struct File: Sendable, Hashable {
        /// The file.
        public var assetID: UUID
        /// Its path in the folder that was chosen; nil for its name alone.
        public var path: String?

        /// Names a file.
        public init(assetID: UUID, path: String? = nil) {
            self.assetID = assetID
            self.path = path
        }
    }

    /// Starts to import files of a project, and gives the import's id.
    ///
    /// A second call with the same request key gives the same import.
    public func start(
        viewer: UUID, projectID: UUID, target: Target, files: [File], requestKey: UUID? = nil
    ) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await LiveRow.requireProject(projectID, viewer: viewer, transaction)
            let target = try await Self.checked(target, viewer: viewer, projectID: projectID, in: transaction)
            let entries = try await Self.checked(files, target, projectID: projectID, in: transaction)
            let made = try await Self.insert(
                target, viewer: viewer, projectID: projectID, requestKey: requestKey, in: transaction)
            guard made.isNew else { return made.id }
            try await Self.insert(entries, importID: made.id, projectID: projectID, in: transaction)
            try await ImportProgress.proceed(made.id, in: transaction)
            return made.id
        }
    }

    /// Ends an import: what waits is not begun, and what runs is ended; what is made stays.
    ///
    /// One that has ended stays as it is.
    public func cancel(viewer: UUID, importID: UUID) async throws {
        try await pool.withTransaction { transaction in
            let row = try await Self.lock(importID, viewer: viewer, in: transaction)
            guard row.status == "RUNNING" else { return }
            _ = try await transaction.query("update imports set cancel_requested_at = now() where id = \(importID)")
            let units = try await transaction.query(
                "select distinct unit from import_items where import_id = \(importID) and status = 'RUNNING'")
            for unit in units {
                let key = ImportUnit.Key(importID: importID, unit: unit.int(0), attempt: row.attempts)
                try await JobStore.requestCancel(.importUnit, key: key.text, in: transaction)
            }
            let ended = try await transaction.query(
                """
                update import_items
                set status = 'CANCELLED', finished_at = now()
                where import_id = \(importID)
                and status in ('PENDING', 'RUNNING')
                returning id
                """)
            try await ImportProgress.proceed(importID, itemIDs: ended.map { $0.uuid(0) }, in: transaction)
        }
    }

    /// Begins anew with the files that have failed or were cancelled.
    ///
    /// An import without such files stays as it is, and so does one that is running. Files that have still to be
    /// downloaded from Google Drive need another access token.
    public func retry(viewer: UUID, importID: UUID, accessToken: String? = nil) async throws {
        try await pool.withTransaction { transaction in
            guard try await Self.lock(importID, viewer: viewer, in: transaction).status != "RUNNING" else { return }
            try await keep(accessToken, ifNeededBy: importID, in: transaction)
            let again = try await transaction.query(
                """
                update import_items
                set status = 'PENDING', attempts = attempts + 1, error_code = null, error_message = null,
                    started_at = null, finished_at = null
                where import_id = \(importID)
                and status in ('FAILED', 'CANCELLED')
                """)
            guard again.affectedRows > 0 else { return }
            _ = try await transaction.query(
                "update imports set attempts = attempts + 1, cancel_requested_at = null where id = \(importID)")
            try await ImportProgress.proceed(importID, in: transaction)
        }
    }

    /// Locks the import's row and gives its status, and how often it was begun.
    private static func lock(
        _ id: UUID, viewer: UUID, in transaction: Transaction
    ) async throws -> (status: String, attempts: Int) {
        let row = try await transaction.queryFirst(
            """
            select status, attempts
            from imports
            where id = \(id)
            and project_id in (select project_id from accessible_projects(\(viewer)))
            for no key update
            """)
        guard let row else { throw WorkflowError.notFound("An import") }
        return (row.string(0), row.int(1))
    }
}
