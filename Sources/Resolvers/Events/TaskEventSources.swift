import GraphQL
import JSON
import Schema
import Workflows

/// The object of `TaskChanged`.
struct TaskChangedSource: EventSource {
    typealias Object = TaskChangedType
    let event: Event

    static let fields = TaskChangedFields<TaskChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        change: { $0.value("change") })
}

/// The object of `SubtaskChanged`.
struct SubtaskChangedSource: EventSource {
    typealias Object = SubtaskChangedType
    let event: Event

    static let fields = SubtaskChangedFields<SubtaskChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        change: { $0.value("change") })
}

/// The object of `AnnotationChanged`.
struct AnnotationChangedSource: EventSource {
    typealias Object = AnnotationChangedType
    let event: Event

    static let fields = AnnotationChangedFields<AnnotationChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        annotationId: { source in
            guard let key = source.event.uuid("annotationId") else {
                preconditionFailure("Event \(source.event.id) has no annotation")
            }
            return AnnotationType.id(UUIDScalar(key))
        },
        annotation: { sources, call in
            try await call.one(sources, { $0.event.uuid("annotationId") }, as: AnnotationRow.self)
        },
        change: { $0.value("change") })
}

/// The object of `FindingChanged`.
struct FindingChangedSource: EventSource {
    typealias Object = FindingChangedType
    let event: Event

    static let fields = FindingChangedFields<FindingChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        finding: { sources, call in
            try await call.one(sources, { $0.event.uuid("findingId") }, as: FindingRow.self)
        },
        change: { $0.value("change") })
}

/// The object of `SubtaskDecided`.
struct SubtaskDecidedSource: EventSource {
    typealias Object = SubtaskDecidedType
    let event: Event

    static let fields = SubtaskDecidedFields<SubtaskDecidedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        decision: { sources, call in
            try await call.one(sources, { $0.event.uuid("decisionId") }, as: SubtaskDecisionRow.self)
        })
}

/// The object of `PictureAnalysisChanged`.
struct PictureAnalysisChangedSource: EventSource {
    typealias Object = PictureAnalysisChangedType
    let event: Event

    static let fields = PictureAnalysisChangedFields<PictureAnalysisChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        analysis: { sources, call in
            try await call.one(sources, { $0.event.uuid("analysisId") }, as: PictureAnalysisRow.self)
        },
        kind: { $0.value("kind") },
        status: { $0.value("status") })
}

/// The object of `SceneDetectionChanged`.
struct SceneDetectionChangedSource: EventSource {
    typealias Object = SceneDetectionChangedType
    let event: Event

    static let fields = SceneDetectionChangedFields<SceneDetectionChangedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        task: { sources, call in try await call.one(sources, { $0.event.uuid("taskId") }, as: TaskRow.self) },
        subtask: { sources, call in
            try await call.one(sources, { $0.event.uuid("subtaskId") }, as: SubtaskRow.self)
        },
        content: { sources, call in
            try await call.one(sources, { $0.event.uuid("contentId") }, as: SubtaskContentRow.self)
        },
        status: { $0.value("status") },
        progress: { $0.event.payload["progress"]?.double ?? 0 })
}
