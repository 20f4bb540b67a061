import Database
import Foundation
import GraphQL
import JSON
import Schema
import Workflows

/// A row of `audit_entries` that means something to the people of its project.
struct ActivityRow: Entity {
    typealias Object = ActivityType
    static let table = "audit_entries"
    static let columns = [
        "id", "project_id", "activity", "entity_type", "entity_id", "title", "task_id", "subtask_id", "user_id",
        "after",
        "created_by", "created_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.activity is not null"

    let row: Row

    static let fields = ActivityFields<ActivityRow>(
        id: { $0.id },
        kind: { $0.kind },
        subject: { rows, call in try await call.nodes(rows.map(\.subject)) },
        subjectName: { $0.row.optionalLeaf(5) },
        task: { rows, call in try await call.one(rows, { $0.row.optionalUUID(6) }, as: TaskRow.self) },
        subtask: { rows, call in try await call.one(rows, { $0.row.optionalUUID(7) }, as: SubtaskRow.self) },
        user: { rows, call in try await call.one(rows, { $0.row.optionalUUID(8) }, as: UserRow.self) },
        taskStatus: { rows, call in try await call.one(rows, { $0.statusID }, as: TaskStatusRow.self) },
        project: { rows, call in try await call.one(rows, { $0.row.uuid(1) }, as: ProjectRow.self) },
        createdBy: { rows, call in try await call.one(rows, { $0.row.optionalUUID(10) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(11) })

    private var kind: ActivityKind { row.enumeration(2) }

    private var subject: GlobalID {
        GlobalID(typeName: row.enumeration(3, AuditedEntity.self).typeName, uuid: UUIDScalar(row.uuid(4)))
    }

    private var statusID: UUID? {
        guard kind == .taskStatusChanged, !row.isNull(9) else { return nil }
        // The trigger has written an object; what it lacks is nothing to show.
        let after = try? JSONReader.read(Array(row.jsonb(9).bytes))
        return after?["statusId"]?.string.flatMap(UUID.init(uuidString:))
    }

    /// What happened in a project, newest first.
    static let ofProject = ListDefinition<ActivityRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    ///
    /// Identifiers of nothing fit nothing.
    static func condition(_ filter: ActivityFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.activity", isOneOf: filter.kinds),
            SQL.column("entity.task_id", isOneOf: filter.taskId.map { [$0] }, TaskType.self),
            SQL.column("entity.created_by", isOneOf: filter.createdById.map { [$0] }, UserType.self),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }
}

/// The object of `ActivityRecorded`.
struct ActivityRecordedSource: EventSource {
    typealias Object = ActivityRecordedType
    let event: Event

    static let fields = ActivityRecordedFields<ActivityRecordedSource>(
        eventId: { $0.eventID },
        occurredAt: { $0.occurredAt },
        activity: { sources, call in
            try await call.one(sources, { $0.event.uuid("activityId") }, as: ActivityRow.self)
        })
}
