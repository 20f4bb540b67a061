public import Database
public import FoundationEssentials

/// Starts, cancels and retries exports: what people do.
///
/// What the worker writes is in `ExportRunStore`.
public struct ExportStore: Sendable {
    let pool: ConnectionPool
    private let canMakePDF: Bool

    /// Makes a store over a pool; `canMakePDF` says whether LibreOffice is there.
    public init(pool: ConnectionPool, canMakePDF: Bool = false) {
        self.pool = pool
        self.canMakePDF = canMakePDF
    }

    /// What came of asking for an export.
    public enum Started: Sendable, Hashable {
        /// A new export, which a worker will take up.
        case new(UUID)
        /// The export that the same request key started before.
        case existing(UUID)

        /// The export, in any case.
        public var exportID: UUID {
            switch self {
            case .new(let id), .existing(let id): id
            }
        }
    }

    /// The most tasks of an export.
    static let maximumTasks = 100
    /// The most versions of materials of an export: more slides than that nobody looks through.
    static let maximumMaterials = 2_000
    /// The most bytes of originals in an archive.
    static let maximumArchiveBytes = 20 << 30

    /// What to export.
    public struct Request: Sendable, Hashable {
        /// The tasks, in the order of the file.
        public var taskIDs: [UUID]
        /// The format of the file, as it is stored.
        public var format: String
        /// What the file shows.
        public var options: ExportOptions

        /// Makes a request.
        public init(taskIDs: [UUID], format: String = "PPTX", options: ExportOptions = ExportOptions()) {
            self.taskIDs = taskIDs
            self.format = format
            self.options = options
        }
    }

    /// Starts to export the materials of some tasks of one project.
    ///
    /// The tasks' rows are locked, so that none is deleted before its export is there to be ended. A second call with the
    /// same request key gives the same export, unless it asks for something else. Throws `notFound` if the viewer does not
    /// see one of the tasks.
    public func start(viewer: UUID, _ request: Request, requestKey: UUID? = nil) async throws -> Started {
        try await pool.withTransaction { transaction in
            var request = request
            var seen: Swift.Set<UUID> = []
            request.taskIDs.removeAll { !seen.insert($0).inserted }
            let projectID = try await Self.lockTasks(request.taskIDs, viewer: viewer, in: transaction)
            if let earlier = try await Self.earlier(requestKey, projectID: projectID, in: transaction) {
                try Self.require(earlier.request == request)
                return .existing(earlier.exportID)
            }
            var check = InputCheck()
            checkFormat(request.format, &check)
            try await Self.checkLayout(of: request, &check, in: transaction)
            try await Self.checkMaterials(of: request, &check, in: transaction)
            try check.finish()
            let inserted = try await transaction.queryFirst(
                """
                insert into exports (
                    project_id, task_id, format, request_key, created_by, \(unsafeSQL: ExportOptions.columns)
                )
                values (
                    \(projectID), \(request.taskIDs.count == 1 ? request.taskIDs.first : nil), \(request.format),
                    \(requestKey), \(viewer), \(request.options.values)
                )
                on conflict (project_id, request_key) where request_key is not null do nothing
                returning id
                """)
            guard let exportID = inserted?.uuid(0) else {
                // Somebody was faster with the same key, for other tasks.
                throw Self.otherRequest
            }
            _ = try await transaction.query(
                """
                insert into export_tasks (export_id, project_id, task_id, position)
                select \(exportID), \(projectID), entries.task_id, entries.position
                from unnest(\(request.taskIDs)) with ordinality as entries (task_id, position)
                """)
            try await ExportEvents.progressed(exportID, in: transaction)
            try await RunRow(.exports, exportID).enqueue(.export, in: transaction)
            return .new(exportID)
        }
    }

    private static let otherRequest = WorkflowError(
        problems: [InputProblem(["requestKey"], .conflict, "This key belongs to an export of something else.")])

    private static func require(_ isSame: Bool) throws {
        if !isSame { throw otherRequest }
    }

    /// Locks tasks that the viewer can see, and gives the one project in which they are.
    private static func lockTasks(
        _ taskIDs: [UUID], viewer: UUID, in transaction: Transaction
    ) async throws -> UUID {
        var check = InputCheck()
        if taskIDs.isEmpty { check.fail(["taskIds"], .required, "Name at least one task.") }
        if taskIDs.count > maximumTasks {
            check.fail(["taskIds"], .tooLong, "At most \(maximumTasks) tasks are allowed.")
        }
        try check.finish()
        let rows = try await transaction.query(
            """
            select id, project_id
            from tasks
            where id = any(\(taskIDs))
            and deleted_at is null
            and project_id in (select project_id from accessible_projects(\(viewer)))
            order by id
            for no key update
            """)
        guard rows.count == taskIDs.count else { throw WorkflowError.notFound("A task") }
        let projects = Dictionary(rows.map { ($0.uuid(0), $0.uuid(1)) }) { first, _ in first }
        guard let projectID = projects[taskIDs[0]] else { throw WorkflowError.notFound("A task") }
        for (index, taskID) in taskIDs.enumerated() where projects[taskID] != projectID {
            check.fail(["taskIds", String(index)], .notFound, "The task is in another project.")
        }
        try check.finish()
        return projectID
    }

    /// The export that a request key started before, if there is one.
    private static func earlier(
        _ requestKey: UUID?, projectID: UUID, in transaction: Transaction
    ) async throws -> (exportID: UUID, request: Request)? {
        let row = try await transaction.queryFirst(
            """
            select id, format, array(
                select task_id from export_tasks where export_id = exports.id order by position
            ), \(unsafeSQL: ExportOptions.columns)
            from exports
            where project_id = \(projectID)
            and request_key = \(requestKey)
            """)
        guard let row else { return nil }
        let request = Request(
            taskIDs: row.array(2), format: row.string(1), options: ExportOptions(row, from: 3))
        return (row.uuid(0), request)
    }

    private func checkFormat(_ name: String, _ check: inout InputCheck) {
        switch ExportFormat(rawValue: name) {
        case nil: check.fail(["format"], .invalid, "There is no such format.")
        case .pdf where !canMakePDF:
            check.fail(["format"], .formatUnavailable, ExportRefusal.unavailable.message)
        default: break
        }
    }

    /// Original slides are those of one presentation, from which the task was imported.
    private static func checkLayout(
        of request: Request, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        guard request.options.hasOriginalSlides else { return }
        if ![ExportFormat.pptx.rawValue, ExportFormat.pdf.rawValue].contains(request.format) {
            check.fail(["options", "layout"], .invalid, "This format has no slides.")
        }
        let sources = try await transaction.query(
            """
            select 1
            from tasks
            join assets on assets.id = tasks.source_asset_id
            where tasks.id = any(\(request.taskIDs))
            and assets.object_key is not null
            and assets.media_type = any(\(DocumentKind.powerPoint.mediaTypes))
            """)
        if request.taskIDs.count != 1 || sources.count != 1 {
            check.fail(
                ["options", "layout"], .noOriginalSlides,
                "Only a single task that was imported from a presentation has its slides.")
        }
    }

    private static func checkMaterials(
        of request: Request, _ check: inout InputCheck, in transaction: Transaction
    ) async throws {
        let materials = try await transaction.queryFirst(
            """
            select count(*), coalesce(sum(assets.byte_count), 0)::bigint
            from subtasks
            join subtask_contents as contents on contents.subtask_id = subtasks.id
            join assets on assets.id = contents.asset_id
            where subtasks.task_id = any(\(request.taskIDs))
            and subtasks.deleted_at is null
            and (
                \(request.options.contentVersions == "ALL")
                or contents.version = (select max(version) from subtask_contents where subtask_id = subtasks.id)
            )
            """)
        guard let materials else { return }
        if materials.int(0) == 0 {
            check.fail(["taskIds"], .nothingToExport, "None of the tasks has a material that could be exported.")
        }
        if materials.int(0) > maximumMaterials {
            check.fail(["taskIds"], .tooLong, "The tasks have more than \(maximumMaterials) materials together.")
        }
        if request.format == ExportFormat.zip.rawValue, materials.int(1) > maximumArchiveBytes {
            check.fail(["taskIds"], .tooLong, "The originals have more than \(maximumArchiveBytes >> 30) GiB together.")
        }
    }
}
