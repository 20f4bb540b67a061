import Clients
import Database
import Foundation
import GraphQL
import Schema

/// A row of `annotations`.
struct AnnotationRow: Entity {
    typealias Object = AnnotationType
    static let table = "annotations"
    static let columns = [
        "id", "subtask_id", "content_id", "parent_id", "is_by_ai", "body", "shape", "area_x", "area_y", "area_width",
        "area_height", "color", "drawing", "start_seconds", "end_seconds", "attachment_id", "solved_at", "solved_by",
        "created_by", "created_at", "updated_at", "sampled_color", "reference_color", "opacity",
        "finding_id", "deleted_at",
    ]
    static let accessColumn = "project_id"
    static let existence: String? = "entity.deleted_at is null"
    static let ancestry: String? = Ancestry.subtask

    let row: Row

    static let fields = AnnotationFields<AnnotationRow>(
        id: { $0.id },
        subtask: { annotations, call in
            try await call.enclosing(annotations, { $0.row.uuid(1) }, as: SubtaskRow.self)
        },
        content: { annotations, call in
            try await call.enclosing(annotations, { $0.row.uuid(2) }, as: SubtaskContentRow.self)
        },
        parent: { annotations, call in
            try await call.one(annotations, { $0.row.optionalUUID(3) }, as: AnnotationRow.self)
        },
        replies: { annotations, arguments, call in
            try await call.pages(AnnotationRow.ofParent, of: annotations, arguments)
        },
        text: { $0.row.leaf(5) },
        shape: { $0.row.optionalEnumeration(6) },
        area: { annotations, _ in Objects(annotations.map(\.area)) },
        color: { $0.row.optionalLeaf(11) },
        sampledColor: { $0.row.optionalLeaf(21) },
        referenceColor: { $0.row.optionalLeaf(22) },
        opacity: { $0.row.optionalDouble(23) },
        drawing: { $0.row.optionalJSONB(12).map { JSONScalar(owner: $0.owner, uncheckedText: $0.bytes) } },
        startSeconds: { $0.row.optionalDouble(13) },
        endSeconds: { $0.row.optionalDouble(14) },
        attachment: { annotations, call in
            try await call.one(annotations, { $0.row.optionalUUID(15) }, as: AssetRow.self)
        },
        isSolved: { !$0.row.isNull(16) },
        solvedAt: { $0.row.optionalDateTime(16) },
        solvedBy: { annotations, call in
            try await call.one(annotations, { $0.row.optionalUUID(17) }, as: UserRow.self)
        },
        isByAi: { $0.row.bool(4) },
        finding: { annotations, call in
            try await call.one(annotations, { $0.row.optionalUUID(24) }, as: FindingRow.self)
        },
        createdBy: { annotations, call in
            try await call.one(annotations, { $0.row.optionalUUID(18) }, as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(19) },
        updatedAt: { $0.row.dateTime(20) },
        deletedAt: { $0.row.optionalDateTime(25) })

    /// Authors may bring back what they wrote: answers not before their thread, with which they may come back anyway.
    static func isVisibleDeleted(to viewer: UUID) -> SQL {
        isAccessible(to: viewer)
            + """
             and entity.deleted_at is not null
            and entity.created_by = \(viewer)
            and not entity.is_by_ai
            and not exists (
                select 1
                from annotations as threads
                where threads.id = entity.parent_id
                and threads.deleted_at is not null
            )
            """
    }

    private var area: NormalizedAreaSource? {
        guard let x = row.optionalDouble(7),
            let box = BoundingBox(x: x, y: row.double(8), width: row.double(9), height: row.double(10))
        else { return nil }
        return NormalizedAreaSource(box: box)
    }

    /// The annotations of a material that begin a thread, oldest first.
    static let ofSubtask = ListDefinition<AnnotationRow>.oldestFirst(
        of: "subtask_id", condition: "entity.parent_id is null")

    /// The answers of a thread, oldest first.
    static let ofParent = ListDefinition<AnnotationRow>.oldestFirst(of: "parent_id")

    /// What is said about findings, with the finding's key.
    static func discussing(_ findings: [UUID], viewer: UUID) -> SQL {
        """
        select \(unsafeSQL: selection), entity.finding_id
        from annotations as entity
        where entity.finding_id = any(\(findings))
        and \(isVisible(to: viewer))
        """
    }

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: AnnotationFilter) -> SQL? {
        var parts: [SQL] = []
        if let isSolved = filter.isSolved { parts.append("(entity.solved_at is not null) = \(isSolved)") }
        if let isByAI = filter.isByAi { parts.append("entity.is_by_ai = \(isByAI)") }
        if let version = filter.contentVersion {
            parts.append(
                """
                exists (
                    select 1
                    from subtask_contents as contents
                    where contents.id = entity.content_id
                    and contents.version = \(Int(version))
                )
                """)
        }
        if let shapes = filter.shapes { parts.append("entity.shape = any(\(shapes.map(\.rawValue)))") }
        return SQL.all(parts)
    }
}
