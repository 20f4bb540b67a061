import Database
import GraphQL
import Schema

/// The fields of every payload type: the changed object, read anew under the viewer's rights, and `userErrors`.
enum Payloads {
    static let createProject = CreateProjectPayloadFields<Payload<CreateProjectPayloadType>>(
        project: { payloads, call in try await call.one(payloads, { $0.key }, as: ProjectRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let updateProject = UpdateProjectPayloadFields<Payload<UpdateProjectPayloadType>>(
        project: { payloads, call in try await call.one(payloads, { $0.key }, as: ProjectRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let createRpd = CreateRpdPayloadFields<Payload<CreateRpdPayloadType>>(
        rpd: { payloads, call in try await call.one(payloads, { $0.key }, as: RpdRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let setRpdActive = SetRpdActivePayloadFields<Payload<SetRpdActivePayloadType>>(
        rpd: { payloads, call in try await call.one(payloads, { $0.key }, as: RpdRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let createTask = CreateTaskPayloadFields<Payload<CreateTaskPayloadType>>(
        task: { payloads, call in try await call.one(payloads, { $0.key }, as: TaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let createSubtask = CreateSubtaskPayloadFields<Payload<CreateSubtaskPayloadType>>(
        subtask: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let updateTask = UpdateTaskPayloadFields<Payload<UpdateTaskPayloadType>>(
        task: { payloads, call in try await call.one(payloads, { $0.key }, as: TaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let restoreTask = RestoreTaskPayloadFields<Payload<RestoreTaskPayloadType>>(
        task: { payloads, call in try await call.one(payloads, { $0.key }, as: TaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let updateSubtask = UpdateSubtaskPayloadFields<Payload<UpdateSubtaskPayloadType>>(
        subtask: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let addSubtaskContent = AddSubtaskContentPayloadFields<Payload<AddSubtaskContentPayloadType>>(
        content: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskContentRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let restoreSubtaskContent = RestoreSubtaskContentPayloadFields<Payload<RestoreSubtaskContentPayloadType>>(
        content: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskContentRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let moveSubtask = MoveSubtaskPayloadFields<Payload<MoveSubtaskPayloadType>>(
        subtask: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let copySubtask = CopySubtaskPayloadFields<Payload<CopySubtaskPayloadType>>(
        subtask: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let restoreSubtask = RestoreSubtaskPayloadFields<Payload<RestoreSubtaskPayloadType>>(
        subtask: { payloads, call in try await call.one(payloads, { $0.key }, as: SubtaskRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let deleteTask = DeleteTaskPayloadFields<Payload<DeleteTaskPayloadType>>(
        deletedTaskId: { $0.key.map { TaskType.id(UUIDScalar($0)) } },
        userErrors: { Payload.userErrors($0) })

    static let deleteSubtask = DeleteSubtaskPayloadFields<Payload<DeleteSubtaskPayloadType>>(
        deletedSubtaskId: { $0.key.map { SubtaskType.id(UUIDScalar($0)) } },
        userErrors: { Payload.userErrors($0) })

    static let createAnnotation = CreateAnnotationPayloadFields<Payload<CreateAnnotationPayloadType>>(
        annotation: { payloads, call in try await call.one(payloads, { $0.key }, as: AnnotationRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let updateAnnotation = UpdateAnnotationPayloadFields<Payload<UpdateAnnotationPayloadType>>(
        annotation: { payloads, call in try await call.one(payloads, { $0.key }, as: AnnotationRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let setAnnotationSolved = SetAnnotationSolvedPayloadFields<Payload<SetAnnotationSolvedPayloadType>>(
        annotation: { payloads, call in try await call.one(payloads, { $0.key }, as: AnnotationRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let deleteAnnotation = DeleteAnnotationPayloadFields<Payload<DeleteAnnotationPayloadType>>(
        deletedAnnotationId: { $0.key.map { AnnotationType.id(UUIDScalar($0)) } },
        userErrors: { Payload.userErrors($0) })

    static let completeUpload = CompleteUploadPayloadFields<Payload<CompleteUploadPayloadType>>(
        asset: { payloads, call in try await call.one(payloads, { $0.key }, as: AssetRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let startReview = StartReviewPayloadFields<Payload<StartReviewPayloadType>>(
        review: { payloads, call in try await call.one(payloads, { $0.key }, as: ReviewRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let cancelReview = CancelReviewPayloadFields<Payload<CancelReviewPayloadType>>(
        review: { payloads, call in try await call.one(payloads, { $0.key }, as: ReviewRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let holdFinding = HoldFindingPayloadFields<Payload<HoldFindingPayloadType>>(
        finding: { payloads, call in try await call.one(payloads, { $0.key }, as: FindingRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let startExport = StartExportPayloadFields<Payload<StartExportPayloadType>>(
        export: { payloads, call in try await call.one(payloads, { $0.key }, as: ExportRow.self) },
        userErrors: { Payload.userErrors($0) })

    static let cancelExport = CancelExportPayloadFields<Payload<CancelExportPayloadType>>(
        export: { payloads, call in try await call.one(payloads, { $0.key }, as: ExportRow.self) },
        userErrors: { Payload.userErrors($0) })

    /// The payload's key is the version's; the review point is the version's.
    static let createRpdVersion = CreateRpdVersionPayloadFields<Payload<CreateRpdVersionPayloadType>>(
        rpdVersion: { payloads, call in try await call.one(payloads, { $0.key }, as: RpdVersionRow.self) },
        rpd: { payloads, call in
            let keys = payloads.compactMap(\.key)
            let versions = try await call.request.loader(of: RpdVersionRow.self).load(keys)
            let rpds = Dictionary(
                zip(keys, versions).map { ($0, $1?.row.uuid(1)) }, uniquingKeysWith: { first, _ in first })
            return try await call.one(payloads, { $0.key.flatMap { rpds[$0] ?? nil } }, as: RpdRow.self)
        },
        userErrors: { Payload.userErrors($0) })
}
