import Database
import FoundationEssentials

/// Makes a task of the files of a unit: of a folder's pictures, videos and recordings, or of one file.
enum ImportedTask {
    /// Makes the task, or goes on with that of the files of the folder that were imported before.
    ///
    /// Files that are no materials fail by themselves; if none is one, there is no task.
    static func make(
        _ tasks: ImportStore.NewTasks, of unit: ImportUnit, in transaction: Transaction
    ) async throws -> [UUID: ImportOutcome] {
        try await LiveRow.requireProject(unit.projectID, viewer: unit.viewer, transaction)
        var outcomes: [UUID: ImportOutcome] = [:]
        var subtasks: [TaskStore.NewSubtask] = []
        var accepted: [ImportUnit.File] = []
        for file in unit.files {
            do {
                let assetID = try file.requireAsset()
                let kind = try await SubtaskStore.material(assetID, projectID: unit.projectID, in: transaction)
                subtasks.append(.init(kind: kind, name: file.path.stem, description: "", assetID: assetID))
                accepted.append(file)
            } catch let error as WorkflowError where error.code == .invalidInput {
                outcomes[file.itemID] = ImportOutcome(error)
            }
        }
        guard let first = accepted.first else { return outcomes }
        let folder = ImportStore.isMedium(first.mediaType ?? "") ? first.path.folder : nil
        let taskID = try await task(
            tasks.newTask(named: folder ?? first.path.stem), tagIDs: tasks.tagIDs, of: unit, in: transaction)
        _ = try await TaskStore.add(
            subtasks, to: taskID, projectID: unit.projectID, viewer: unit.viewer, in: transaction)
        for file in accepted { outcomes[file.itemID] = .task(taskID, made: 1) }
        return outcomes
    }

    /// Makes the task of a presentation: a material for each slide with a main film, picture or sound.
    static func make(
        _ tasks: ImportStore.NewTasks, of deck: ImportedDeck, _ stored: [StoredFile], _ unit: ImportUnit,
        in transaction: Transaction
    ) async throws -> [UUID: ImportOutcome] {
        guard let file = unit.files.first else { return [:] }
        try await LiveRow.requireProject(unit.projectID, viewer: unit.viewer, transaction)
        let assets = try await deck.insertAssets(stored, of: unit, in: transaction)
        // Names and descriptions have a length; what a presentation says may be longer.
        let description = String(String.UnicodeScalarView(deck.title.unicodeScalars.prefix(5000)))
        var new = tasks.newTask(named: file.path.stem, description: description)
        new.sourceAssetID = try file.requireAsset()
        let taskID = try await task(new, tagIDs: tasks.tagIDs, of: unit, in: transaction)
        let subtasks = deck.slides.map { slide in
            let ending = " – slide \(slide.number)"
            let room = 255 - ending.unicodeScalars.count
            return TaskStore.NewSubtask(
                kind: deck.files[slide.file].kind,
                name: String(String.UnicodeScalarView(file.path.stem.unicodeScalars.prefix(room))) + ending,
                description: String(String.UnicodeScalarView(slide.text.unicodeScalars.prefix(5000))),
                assetID: assets[slide.file], slideNumber: slide.number)
        }
        _ = try await TaskStore.add(
            subtasks, to: taskID, projectID: unit.projectID, viewer: unit.viewer, in: transaction)
        let outcome = ImportOutcome.task(
            taskID, made: subtasks.count, skipped: deck.skipped, warnings: deck.warnings)
        return [file.itemID: outcome]
    }

    /// The task that a unit has already, locked, or a new one with its labels.
    static func task(
        _ new: TaskStore.NewTask, tagIDs: [UUID], of unit: ImportUnit, in transaction: Transaction
    ) async throws -> UUID {
        let present = try await transaction.queryFirst(
            """
            select tasks.id
            from tasks
            where id in (
                select task_id
                from import_items
                where import_id = \(unit.key.importID)
                and unit = \(unit.key.unit)
            )
            and deleted_at is null
            order by created_at desc
            limit 1
            for no key update
            """)
        if let present { return present.uuid(0) }
        let taskID = try await TaskStore.create(
            viewer: unit.viewer, projectID: unit.projectID, task: new, in: transaction)
        _ = try await transaction.query(
            """
            insert into task_tag_links (task_id, tag_id, project_id)
            select \(taskID), id, project_id
            from task_tags
            where id = any(\(tagIDs))
            and project_id = \(unit.projectID)
            """)
        return taskID
    }
}
