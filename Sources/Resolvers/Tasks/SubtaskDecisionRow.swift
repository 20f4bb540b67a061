import Database
import GraphQL
import Schema

/// A row of `subtask_decisions`.
struct SubtaskDecisionRow: Entity {
    typealias Object = SubtaskDecisionType
    static let table = "subtask_decisions"
    static let columns = [
        "id", "subtask_id", "content_id", "from_status", "to_status", "comment", "created_by", "created_at",
    ]
    static let accessColumn = "project_id"
    static let ancestry: String? = Ancestry.subtask

    let row: Row

    static let fields = SubtaskDecisionFields<SubtaskDecisionRow>(
        id: { $0.id },
        subtask: { decisions, call in try await call.enclosing(decisions, { $0.row.uuid(1) }, as: SubtaskRow.self) },
        content: { decisions, call in
            try await call.enclosing(decisions, { $0.row.uuid(2) }, as: SubtaskContentRow.self)
        },
        fromStatus: { $0.row.enumeration(3) },
        toStatus: { $0.row.enumeration(4) },
        comment: { $0.row.leaf(5) },
        createdBy: { decisions, call in try await call.one(decisions, { $0.row.optionalUUID(6) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(7) })

    /// The history of a material's status, newest first.
    static let ofSubtask = ListDefinition<SubtaskDecisionRow>.newestFirst(of: "subtask_id")
}
