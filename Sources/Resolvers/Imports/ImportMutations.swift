import GraphQL
import Schema
import Workflows

/// The mutations of imports.
enum ImportMutations {
    static func start(_ input: StartImportInput, _ call: FieldCall) async throws -> Objects<StartImportPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.imports.start(
                viewer: viewer, projectID: project, target: try target(input.target, call),
                files: try input.files.enumerated().map { index, file in
                    ImportStore.File(
                        assetID: try call.chosenKey(
                            file.assetId, AssetType.self, field: ["files", String(index), "assetId"]),
                        path: file.path)
                }, requestKey: input.requestKey?.uuid)
        }
    }

    static func start(
        _ input: StartDriveImportInput, _ call: FieldCall
    ) async throws -> Objects<StartDriveImportPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.imports.startDrive(
                viewer: viewer, projectID: project, target: try target(input.target, call),
                accessToken: input.accessToken,
                files: input.files.map { ImportStore.DriveEntry(fileID: $0.fileId, resourceKey: $0.resourceKey) },
                requestKey: input.requestKey?.uuid)
        }
    }

    static func cancel(_ input: CancelImportInput, _ call: FieldCall) async throws -> Objects<CancelImportPayloadType> {
        try await call.change(input.importId, ImportType.self) { viewer, key in
            try await call.request.services.imports.cancel(viewer: viewer, importID: key)
        }
    }

    static func retry(_ input: RetryImportInput, _ call: FieldCall) async throws -> Objects<RetryImportPayloadType> {
        try await call.change(input.importId, ImportType.self) { viewer, key in
            try await call.request.services.imports.retry(
                viewer: viewer, importID: key, accessToken: input.accessToken)
        }
    }

    private static func target(_ input: ImportTargetInput, _ call: FieldCall) throws -> ImportStore.Target {
        switch input {
        case .tasks(let tasks):
            let field = ["target", "tasks"]
            return .tasks(
                ImportStore.NewTasks(
                    tagIDs: try call.keys(tasks.taskTagIds, TaskTagType.self, field: field + ["taskTagIds"]),
                    statusID: try call.optionalKey(tasks.statusId, TaskStatusType.self, field: field + ["statusId"]),
                    priorityID: try call.optionalKey(
                        tasks.priorityId, TaskPriorityType.self, field: field + ["priorityId"]),
                    assigneeID: try call.optionalKey(tasks.assigneeId, UserType.self, field: field + ["assigneeId"])))
        case .items(let items):
            return .items(ImportStore.NewItems(description: items.description, tags: items.tags))
        }
    }
}
