import GraphQL
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
