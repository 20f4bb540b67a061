import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// A row of `subtasks`.
struct SubtaskRow: Entity {
    typealias Object = SubtaskType
    static let table = "subtasks"
    static let columns = [
        "id", "task_id", "position", "kind", "status", "name", "description", "created_at", "updated_at",
        "slide_number", "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let goesInParts = true
    static let existence: String? = "entity.deleted_at is null"
    static let ancestry: String? = Ancestry.task

    let row: Row

    static let fields = SubtaskFields<SubtaskRow>(
        id: { $0.id },
        name: { $0.row.leaf(5) },
        description: { $0.row.leaf(6) },
        position: { $0.row.optionalInt32(2) ?? 0 },
        kind: { $0.row.enumeration(3) },
        status: { $0.row.enumeration(4) },
        slideNumber: { $0.row.optionalInt32(9) },
        task: { subtasks, call in try await call.enclosing(subtasks, { $0.row.uuid(1) }, as: TaskRow.self) },
        characters: { subtasks, call in
            try await call.many(subtasks, as: CharacterRow.self) {
                CharacterRow.linked(
                    by: "effective_subtask_characters", "subtask_id", "character_id", of: $0, viewer: $1)
            }
        },
        selectedCharacters: { subtasks, call in
            try await call.many(subtasks, as: CharacterRow.self) {
                CharacterRow.shown(by: $0, isPredicted: false, viewer: $1)
            }
        },
        predictedCharacters: { subtasks, call in
            try await call.many(subtasks, as: CharacterRow.self) {
                CharacterRow.shown(by: $0, isPredicted: true, viewer: $1)
            }
        },
        characterPrediction: { subtasks, call in
            try await call.first(subtasks, as: PictureAnalysisRow.self) {
                PictureAnalysisRow.newest(.characters, of: $0, viewer: $1)
            }
        },
        objectDetection: { subtasks, call in
            try await call.first(subtasks, as: PictureAnalysisRow.self) {
                PictureAnalysisRow.newest(.objects, of: $0, viewer: $1)
            }
        },
        content: { subtasks, call in
            try await call.first(subtasks, as: SubtaskContentRow.self) { SubtaskContentRow.newest(of: $0, viewer: $1) }
        },
        contents: { subtasks, arguments, call in
            try await call.pages(SubtaskContentRow.ofSubtask, of: subtasks, arguments)
        },
        decisions: { subtasks, arguments, call in
            try await call.pages(SubtaskDecisionRow.ofSubtask, of: subtasks, arguments)
        },
        annotations: { subtasks, arguments, call in
            try await call.pages(
                AnnotationRow.ofSubtask.among(arguments.filter?.deleted).ordered(by: arguments.orderBy), of: subtasks,
                arguments, filter: arguments.filter.flatMap(AnnotationRow.condition))
        },
        latestReview: { subtasks, call in
            try await call.first(subtasks, as: ReviewRow.self) { ReviewRow.latest(of: $0, viewer: $1) }
        },
        activeReview: { subtasks, call in
            try await call.first(subtasks, as: ReviewRow.self) { ReviewRow.active(of: $0, viewer: $1) }
        },
        heldFindings: { subtasks, arguments, call in
            try await call.pages(
                FindingRow.heldOfSubtask.ordered(by: arguments.orderBy), of: subtasks, arguments,
                filter: arguments.filter.flatMap(FindingRow.condition))
        },
        reviews: { subtasks, arguments, call in
            try await call.pages(
                ReviewRow.ofSubtask.ordered(by: arguments.orderBy), of: subtasks, arguments,
                filter: arguments.filter.flatMap(ReviewRow.condition))
        },
        previous: { subtasks, arguments, call in
            try await beside(subtasks, isNext: false, arguments.filter, arguments.orderBy, call)
        },
        next: { subtasks, arguments, call in
            try await beside(subtasks, isNext: true, arguments.filter, arguments.orderBy, call)
        },
        createdAt: { $0.row.dateTime(7) },
        updatedAt: { $0.row.dateTime(8) },
        deletedAt: { $0.row.optionalDateTime(10) })

    /// A task's subtasks in their order.
    private static let ofTask = ListDefinition<SubtaskRow>(
        of: "task_id", order: [.integer("position")], isDescending: false)

    /// A task's subtasks in the order that a client chose, or the deleted ones, which have no places.
    static func ofTask(_ filter: SubtaskFilter?, in order: SubtaskOrder?) -> ListDefinition<SubtaskRow> {
        let list = ofTask.among(filter?.deleted)
        return list.isOfDeleted && order?.field == .position ? list : list.ordered(by: order)
    }

    /// The first pictures of each task, at most so many, with the task's key.
    static func pictures(of tasks: [UUID], count: Int, viewer: UUID) -> SQL {
        """
        select page.*, parent.id as parent_id
        from unnest(\(tasks)) as parent (id)
        cross join lateral (
            select \(unsafeSQL: selection)
            from subtasks as entity
            where entity.task_id = parent.id
            and entity.kind = 'PICTURE'
            and \(isVisible(to: viewer))
            order by entity.position
            limit \(unsafeSQL: String(count))
        ) as page
        """
    }

    /// The material before or behind each of some among those of its task that fit.
    private static func beside(
        _ subtasks: [SubtaskRow], isNext: Bool, _ filter: SubtaskFilter?, _ order: SubtaskOrder?, _ call: FieldCall
    ) async throws -> Objects<SubtaskType> {
        try await call.first(subtasks, as: SubtaskRow.self) { keys, viewer in
            ofTask(filter, in: order).beside(
                keys, parentColumn: "task_id", isNext: isNext, filter: filter.flatMap(condition), viewer: viewer)
        }
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: SubtaskFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.status", isOneOf: filter.statuses), SQL.column("entity.kind", isOneOf: filter.kinds),
            SQL.text("entity.name || ' ' || entity.description", has: filter.text))
    }
}

/// A row of `subtask_contents`.
struct SubtaskContentRow: Entity {
    typealias Object = SubtaskContentType
    static let table = "subtask_contents"
    static let columns = ["id", "subtask_id", "version", "asset_id", "created_by", "created_at"]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.subtask

    let row: Row

    static let fields = SubtaskContentFields<SubtaskContentRow>(
        id: { $0.id },
        version: { $0.row.int32(2) },
        asset: { contents, call in try await call.one(contents, { $0.row.uuid(3) }, as: AssetRow.self) },
        sceneDetection: { contents, call in try await SceneDetectionSource.of(contents, call) },
        scenes: { contents, arguments, call in
            try await call.pages(VideoSceneRow.ofFile, of: contents, owner: { $0.row.uuid(3) }, arguments)
        },
        subtask: { contents, call in try await call.enclosing(contents, { $0.row.uuid(1) }, as: SubtaskRow.self) },
        createdBy: { contents, call in try await call.one(contents, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(5) })

    /// All versions of a material, newest first.
    static let ofSubtask = ListDefinition<SubtaskContentRow>(
        of: "subtask_id", order: [.integer("version")], isDescending: true)

    /// The newest version of each subtask's material, with the subtask's key.
    static func newest(of subtasks: [UUID], viewer: UUID) -> SQL {
        """
        select distinct on (entity.subtask_id) \(unsafeSQL: selection), entity.subtask_id
        from subtask_contents as entity
        where entity.subtask_id = any(\(subtasks))
        and \(isVisible(to: viewer))
        order by entity.subtask_id, entity.version desc
        """
    }
}
