import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The fields of `Mutation`: they translate; the work and its rules are in `Workflows`.
enum MutationResolvers {
    static let fields = MutationFields(
        signInWithGoogle: { arguments, call in try await SignInMutations.signInWithGoogle(arguments.input, call) },
        refreshSession: { call in try await SignInMutations.refreshSession(call) },
        signOut: { call in try await SignInMutations.signOut(call) },
        signOutEverywhere: { call in try await SignInMutations.signOutEverywhere(call) },
        createServiceToken: { arguments, call in
            try await SignInMutations.createServiceToken(arguments.input, call)
        },
        revokeServiceToken: { arguments, call in
            try await SignInMutations.revokeServiceToken(arguments.input, call)
        },
        createProject: { arguments, call in try await createProject(arguments.input, call) },
        updateProject: { arguments, call in try await updateProject(arguments.input, call) },
        createRpd: { arguments, call in try await createRpd(arguments.input, call) },
        createRpdVersion: { arguments, call in try await createRpdVersion(arguments.input, call) },
        setRpdActive: { arguments, call in try await setRpdActive(arguments.input, call) },
        createTask: { arguments, call in try await createTask(arguments.input, call) },
        updateTask: { arguments, call in try await TaskMutations.update(arguments.input, call) },
        deleteTask: { arguments, call in try await TaskMutations.delete(arguments.input, call) },
        restoreTask: { arguments, call in try await TaskMutations.restore(arguments.input, call) },
        createSubtask: { arguments, call in try await createSubtask(arguments.input, call) },
        updateSubtask: { arguments, call in try await SubtaskMutations.update(arguments.input, call) },
        decideSubtask: { arguments, call in try await SubtaskMutations.decide(arguments.input, call) },
        addSubtaskContent: { arguments, call in try await SubtaskMutations.addContent(arguments.input, call) },
        restoreSubtaskContent: { arguments, call in try await SubtaskMutations.restoreContent(arguments.input, call) },
        moveSubtask: { arguments, call in try await SubtaskMutations.move(arguments.input, call) },
        copySubtask: { arguments, call in try await SubtaskMutations.copy(arguments.input, call) },
        deleteSubtask: { arguments, call in try await SubtaskMutations.delete(arguments.input, call) },
        restoreSubtask: { arguments, call in try await SubtaskMutations.restore(arguments.input, call) },
        createAnnotation: { arguments, call in try await AnnotationMutations.create(arguments.input, call) },
        updateAnnotation: { arguments, call in try await AnnotationMutations.update(arguments.input, call) },
        setAnnotationSolved: { arguments, call in try await AnnotationMutations.setSolved(arguments.input, call) },
        deleteAnnotation: { arguments, call in try await AnnotationMutations.delete(arguments.input, call) },
        createUpload: { arguments, call in try await createUpload(arguments.input, call) },
        completeUpload: { arguments, call in try await completeUpload(arguments.input, call) },
        startReview: { arguments, call in try await startReview(arguments.input, call) },
        cancelReview: { arguments, call in try await cancelReview(arguments.input, call) },
        holdFinding: { arguments, call in try await holdFinding(arguments.input, call) },
        startExport: { arguments, call in try await startExport(arguments.input, call) },
        cancelExport: { arguments, call in try await cancelExport(arguments.input, call) })

    // MARK: Projects and tasks

    private static func createProject(
        _ input: CreateProjectInput, _ call: FieldCall
    ) async throws -> Objects<CreateProjectPayloadType> {
        let viewer = try call.request.requireViewer()
        let organization = try call.key(input.organizationId, OrganizationType.self)
        return try await call.payload {
            try await call.request.services.projects.create(
                viewer: viewer, organizationID: organization, name: input.name, description: input.description)
        }
    }

    private static func updateProject(
        _ input: UpdateProjectInput, _ call: FieldCall
    ) async throws -> Objects<UpdateProjectPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        return try await call.payload {
            try await call.request.services.projects.update(
                viewer: viewer, projectID: project, name: input.name, description: input.description)
            return project
        }
    }

    private static func createTask(
        _ input: CreateTaskInput, _ call: FieldCall
    ) async throws -> Objects<CreateTaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        return try await call.payload {
            let task = TaskStore.NewTask(
                name: input.name, description: input.description,
                statusID: try call.optionalKey(input.statusId, TaskStatusType.self, field: ["statusId"]),
                priorityID: try call.optionalKey(input.priorityId, TaskPriorityType.self, field: ["priorityId"]),
                assigneeID: try call.optionalKey(input.assigneeId, UserType.self, field: ["assigneeId"]),
                dueAt: input.dueAt.map { Timestamp($0) })
            return try await call.request.services.tasks.create(viewer: viewer, projectID: project, task: task)
        }
    }

    private static func createSubtask(
        _ input: CreateSubtaskInput, _ call: FieldCall
    ) async throws -> Objects<CreateSubtaskPayloadType> {
        let viewer = try call.request.requireViewer()
        let task = try call.key(input.taskId, TaskType.self)
        return try await call.payload {
            let asset = try call.chosenKey(input.assetId, AssetType.self, field: ["assetId"])
            return try await call.request.services.tasks.createPicture(
                viewer: viewer, taskID: task, name: input.name, description: input.description, assetID: asset)
        }
    }

    // MARK: Review points

    private static func createRpd(
        _ input: CreateRpdInput, _ call: FieldCall
    ) async throws -> Objects<CreateRpdPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        return try await call.payload {
            try await call.request.services.rpds.create(
                viewer: viewer, projectID: project, kind: input.kind.rawValue,
                content: try content(input.content, call), isActive: input.isActive
            ).rpdID
        }
    }

    private static func createRpdVersion(
        _ input: CreateRpdVersionInput, _ call: FieldCall
    ) async throws -> Objects<CreateRpdVersionPayloadType> {
        let viewer = try call.request.requireViewer()
        let rpd = try call.key(input.rpdId, ReviewPointDefinitionType.self)
        return try await call.payload {
            try await call.request.services.rpds.createVersion(
                viewer: viewer, rpdID: rpd, content: try content(input.content, call)
            ).versionID
        }
    }

    private static func setRpdActive(
        _ input: SetRpdActiveInput, _ call: FieldCall
    ) async throws -> Objects<SetRpdActivePayloadType> {
        let viewer = try call.request.requireViewer()
        let rpd = try call.key(input.rpdId, ReviewPointDefinitionType.self)
        return try await call.payload {
            try await call.request.services.rpds.setActive(viewer: viewer, rpdID: rpd, isActive: input.isActive)
            return rpd
        }
    }

    private static func content(_ input: RpdContentInput, _ call: FieldCall) throws -> RpdContent {
        RpdContent(
            title: input.title, instruction: input.instruction, tags: input.tags,
            ngSubcategory: input.ngSubcategory?.rawValue,
            referenceAssetIDs: try call.keys(
                input.referenceAssetIds, AssetType.self, field: ["content", "referenceAssetIds"]))
    }

    // MARK: Files

    private static func createUpload(
        _ input: CreateUploadInput, _ call: FieldCall
    ) async throws -> Objects<CreateUploadPayloadType> {
        let viewer = try call.request.requireViewer()
        let services = call.request.services
        let project = try call.key(input.projectId, ProjectType.self)
        guard let purpose = FilePurpose(rawValue: input.purpose.rawValue) else {
            preconditionFailure("Every UploadPurpose is a FilePurpose")
        }
        do {
            let ticket = try await services.uploads.create(
                viewer: viewer, projectID: project, purpose: purpose, fileName: input.fileName,
                mediaType: input.mediaType, byteCount: Int(input.byteCount))
            return .one(CreateUploadPayloadSource(ticket: UploadTicketSource(ticket, services.urls), problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateUploadPayloadSource(ticket: nil, problems: error.problems))
        }
    }

    private static func completeUpload(
        _ input: CompleteUploadInput, _ call: FieldCall
    ) async throws -> Objects<CompleteUploadPayloadType> {
        let viewer = try call.request.requireViewer()
        let asset = try call.key(input.assetId, AssetType.self)
        do {
            try await call.request.services.uploads.complete(viewer: viewer, assetID: asset)
            return .one(Payload<CompleteUploadPayloadType>(key: asset))
        } catch let error as WorkflowError where error.code == .invalidInput {
            // The file exists all the same, and says itself that it has failed.
            return .one(Payload<CompleteUploadPayloadType>(key: asset, problems: error.problems))
        }
    }

    // MARK: Reviews

    private static func startReview(
        _ input: StartReviewInput, _ call: FieldCall
    ) async throws -> Objects<StartReviewPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        do {
            let started = try await call.request.services.reviews.start(
                viewer: viewer, subtaskID: subtask, selection: try selection(input.selection, call),
                mode: input.mode.rawValue, requestKey: input.requestKey?.uuid)
            guard case .blocked(let active) = started else {
                return .one(Payload<StartReviewPayloadType>(key: started.reviewID))
            }
            let problem = InputProblem(["subtaskId"], .reviewActive, "The subtask has an active review already.")
            return .one(Payload<StartReviewPayloadType>(key: active, problems: [problem]))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Payload<StartReviewPayloadType>(problems: error.problems))
        }
    }

    private static func selection(_ input: ReviewSelectionInput, _ call: FieldCall) throws -> ReviewSelection {
        switch input {
        case .rpdIds(let ids):
            return .rpds(
                try call.keys(ids, ReviewPointDefinitionType.self, field: ["selection", "rpdIds"]))
        case .copyrightCheck(let isWanted):
            guard isWanted else {
                throw WorkflowError(problems: [
                    InputProblem(["selection", "copyrightCheck"], .invalid, "The value has to be true.")
                ])
            }
            return .copyrightCheck
        }
    }

    private static func cancelReview(
        _ input: CancelReviewInput, _ call: FieldCall
    ) async throws -> Objects<CancelReviewPayloadType> {
        let viewer = try call.request.requireViewer()
        let review = try call.key(input.reviewId, ReviewType.self)
        return try await call.payload {
            try await call.request.services.reviews.cancel(viewer: viewer, reviewID: review)
            return review
        }
    }

    private static func holdFinding(
        _ input: HoldFindingInput, _ call: FieldCall
    ) async throws -> Objects<HoldFindingPayloadType> {
        let viewer = try call.request.requireViewer()
        let finding = try call.key(input.findingId, FindingType.self)
        return try await call.payload {
            try await call.request.services.reviews.hold(viewer: viewer, findingID: finding, isHeld: input.isHeld)
            return finding
        }
    }

    // MARK: Exports

    private static func startExport(
        _ input: StartExportInput, _ call: FieldCall
    ) async throws -> Objects<StartExportPayloadType> {
        let viewer = try call.request.requireViewer()
        let task = try call.key(input.taskId, TaskType.self)
        return try await call.payload {
            try await call.request.services.exports.start(
                viewer: viewer, taskID: task, format: input.format.rawValue, requestKey: input.requestKey?.uuid
            ).exportID
        }
    }

    private static func cancelExport(
        _ input: CancelExportInput, _ call: FieldCall
    ) async throws -> Objects<CancelExportPayloadType> {
        let viewer = try call.request.requireViewer()
        let export = try call.key(input.exportId, ExportType.self)
        return try await call.payload {
            try await call.request.services.exports.cancel(viewer: viewer, exportID: export)
            return export
        }
    }
}
