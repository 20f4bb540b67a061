import Database
import FoundationEssentials

// What a person has put into the form of an import.
extension ImportStore {
    /// A file that was checked, and where it stands.
    struct Entry: Sendable {
        let assetID: UUID
        let path: ImportPath
        /// Files with the same number are worked on together.
        let unit: Int
    }

    /// Checks what the target refers to, against the same rules as those for one new task or entry.
    static func checked(
        _ target: Target, viewer: UUID, projectID: UUID, in transaction: Transaction
    ) async throws -> Target {
        switch target {
        case .tasks(let tasks):
            let known = try await transaction.query(
                "select id from task_tags where project_id = \(projectID) and id = any(\(tasks.tagIDs))")
            var check = InputCheck()
            let field = ["target", "tasks", "taskTagIds"]
            if tasks.tagIDs.count > TaskTagStore.maximumTags {
                check.fail(field, .tooLong, "At most \(TaskTagStore.maximumTags) tags are allowed.")
            }
            check.allFound(tasks.tagIDs, known, field, "The project has no such tag.")
            try check.finish()
            do {
                _ = try await TaskStore.options(
                    of: tasks.newTask(named: ""), viewer: viewer, projectID: projectID, in: transaction)
            } catch let error as WorkflowError where error.code == .invalidInput {
                throw WorkflowError(
                    problems: error.problems.map { InputProblem(["target", "tasks"] + $0.field, $0.code, $0.message) })
            }
            return target
        case .items(let items):
            var check = InputCheck()
            let description = check.text(items.description, ["target", "items", "description"])
            let tags = check.tags(items.tags, ["target", "items", "tags"])
            try check.finish()
            return .items(NewItems(description: description, tags: tags))
        }
    }

    /// Checks the files: of this project, complete, each once; and says which of them go together.
    static func checked(
        _ files: [File], _ target: Target, projectID: UUID, in transaction: Transaction
    ) async throws -> [Entry] {
        var check = InputCheck()
        if files.isEmpty { check.fail(["files"], .required, "Name at least one file.") }
        if files.count > maximumFiles { check.fail(["files"], .tooLong, "At most \(maximumFiles) files are allowed.") }
        try check.finish()
        let rows = try await transaction.query(
            """
            select id, file_name, media_type, state = 'READY'
            from assets
            where project_id = \(projectID)
            and id = any(\(files.map(\.assetID)))
            """)
        let assets = Dictionary(uniqueKeysWithValues: rows.map { ($0.uuid(0), $0) })
        var seen: Swift.Set<UUID> = []
        var folders: [String: Int] = [:]
        var entries: [Entry] = []
        for (index, file) in files.enumerated() {
            let field = ["files", String(index)]
            guard let asset = assets[file.assetID] else {
                check.fail(field + ["assetId"], .notFound, "This project has no such file.")
                continue
            }
            if !asset.bool(3) { check.fail(field + ["assetId"], .assetNotReady, "The file has not been checked.") }
            if !seen.insert(file.assetID).inserted {
                check.fail(field + ["assetId"], .duplicate, "The file stands here twice.")
            }
            let path =
                file.path.map { ImportPath($0, field + ["path"], &check) }
                ?? ImportPath(folder: nil, name: asset.string(1))
            guard let path else { continue }
            var unit = index + 1
            if case .tasks = target, let folder = path.folder, isMedium(asset.string(2)) {
                unit = folders[folder] ?? unit
                folders[folder] = unit
            }
            entries.append(Entry(assetID: file.assetID, path: path, unit: unit))
        }
        try check.finish()
        return entries
    }

    /// Whether a file of this type is one of several materials of a task, if it lies in a folder.
    static func isMedium(_ mediaType: String) -> Bool {
        FilePurpose.pictures.contains(mediaType) || MediaInspector.covers(mediaType)
    }

    /// Makes the import's row, unless the request has made one.
    static func insert(
        _ target: Target, source: String = "UPLOAD", viewer: UUID, projectID: UUID, requestKey: UUID?,
        in transaction: Transaction
    ) async throws -> (id: UUID, isNew: Bool) {
        var tasks = NewTasks()
        var items = NewItems()
        switch target {
        case .tasks(let new): tasks = new
        case .items(let new): items = new
        }
        let inserted = try await transaction.queryFirst(
            """
            insert into imports (
                project_id, target, source, status_id, priority_id, assignee_id, description, tags, request_key,
                created_by
            )
            values (
                \(projectID), \(target.name), \(source), \(tasks.statusID), \(tasks.priorityID), \(tasks.assigneeID),
                \(items.description), \(items.tags), \(requestKey), \(viewer)
            )
            on conflict (project_id, request_key) where request_key is not null do nothing
            returning id
            """)
        guard let inserted else {
            let row = try await transaction.queryFirst(
                "select id from imports where project_id = \(projectID) and request_key = \(requestKey)")
            guard let row else { throw WorkflowError(.inconsistentData, "An import vanished.") }
            return (row.uuid(0), false)
        }
        _ = try await transaction.query(
            """
            insert into import_tags (import_id, tag_id, project_id)
            select distinct \(inserted.uuid(0))::uuid, tag, \(projectID)::uuid
            from unnest(\(tasks.tagIDs)) as tag
            """)
        return (inserted.uuid(0), true)
    }

    /// Writes the files down.
    static func insert(
        _ entries: [Entry], importID: UUID, projectID: UUID, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            insert into import_items (project_id, import_id, position, unit, name, folder, asset_id)
            select \(projectID), \(importID), entries.position, entries.unit, entries.name,
                nullif(entries.folder, ''), entries.asset_id
            from unnest(
                \(entries.map(\.unit)), \(entries.map(\.path.name)), \(entries.map { $0.path.folder ?? "" }),
                \(entries.map(\.assetID))
            ) with ordinality as entries (unit, name, folder, asset_id, position)
            """)
    }
}

extension ImportStore.NewTasks {
    /// A task of this sort.
    func newTask(named name: String, description: String = "") -> TaskStore.NewTask {
        TaskStore.NewTask(
            name: name, description: description, statusID: statusID, priorityID: priorityID, assigneeID: assigneeID)
    }
}
