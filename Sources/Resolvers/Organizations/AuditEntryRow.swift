import Database
import Foundation
import GraphQL
import Schema

/// A row of `audit_entries`.
struct AuditEntryRow: Entity {
    typealias Object = AuditEntryType
    static let table = "audit_entries"
    static let columns = [
        "id", "action", "user_id", "before", "created_by", "created_at", "project_id", "after", "entity_type",
        "entity_id",
    ]
    static let accessColumn = "organization_id"

    let row: Row

    static let fields = AuditEntryFields<AuditEntryRow>(
        id: { $0.id },
        action: { $0.row.enumeration(1) },
        entityType: { $0.entityType },
        entityKey: { UUIDScalar($0.row.uuid(9)) },
        entity: { entries, call in try await call.nodes(entries.map(\.entity)) },
        user: { entries, call in try await call.one(entries, { $0.row.optionalUUID(2) }, as: UserRow.self) },
        project: { entries, call in try await call.one(entries, { $0.row.optionalUUID(6) }, as: ProjectRow.self) },
        before: { $0.object(3) },
        after: { $0.object(7) },
        createdBy: { entries, call in try await call.one(entries, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        createdByName: { entries, call in try await actorNames(of: entries, call) },
        createdAt: { $0.row.dateTime(5) })

    private var entityType: AuditedEntity { row.enumeration(8) }

    private var entity: GlobalID { GlobalID(typeName: entityType.typeName, uuid: UUIDScalar(row.uuid(9))) }

    /// The names of who did it; of somebody who was deleted, the name that the entry of that has.
    private static func actorNames(of entries: [AuditEntryRow], _ call: FieldCall) async throws -> Leaves<Text?> {
        let actors = Array(Set(entries.compactMap { $0.row.optionalUUID(4) }))
        guard !actors.isEmpty else { return Leaves(entries.map { _ in nil }) }
        let rows = try await call.request.services.pool.query(
            """
            select id, name
            from users
            where id = any(\(actors))
            union all
            select entity_id, title
            from audit_entries
            where entity_id = any(\(actors))
            and entity_type = 'USER'
            and action = 'DELETED'
            """)
        var names: [UUID: Text] = [:]
        for row in rows { names[row.uuid(0)] = row.optionalLeaf(1) }
        return Leaves(entries.map { entry in entry.row.optionalUUID(4).flatMap { names[$0] } })
    }

    private func object(_ column: Int) -> JSONScalar? {
        guard !row.isNull(column) else { return nil }
        let text = row.jsonb(column)
        return JSONScalar(owner: text.owner, uncheckedText: text.bytes)
    }

    /// Everything, newest first.
    static let all = ListDefinition<AuditEntryRow>.newestFirst(of: nil)

    /// What was done in an organisation and its projects, newest first.
    static let ofOrganization = ListDefinition<AuditEntryRow>.newestFirst(of: "organization_id")

    /// What was done in a project, newest first.
    static let ofProject = ListDefinition<AuditEntryRow>.newestFirst(of: "project_id")

    /// A filter as a condition; nil if it filters nothing.
    ///
    /// Identifiers of nothing fit nothing.
    static func condition(_ filter: AuditEntryFilter) -> SQL? {
        SQL.filter(
            SQL.column("entity.action", isOneOf: filter.actions),
            SQL.column("entity.entity_type", isOneOf: filter.entityTypes),
            filter.entityKey.map { "entity.entity_id = \($0.uuid)" },
            SQL.column("entity.created_by", isOneOf: filter.createdById.map { [$0] }, UserType.self),
            SQL.column("entity.user_id", isOneOf: filter.userId.map { [$0] }, UserType.self),
            SQL.moment("entity.created_at", isFrom: filter.createdFrom),
            SQL.moment("entity.created_at", isBefore: filter.createdBefore))
    }
}

extension AuditedEntity {
    /// The type of the object whose key an entry about such a thing has.
    var typeName: String {
        switch self {
        case .user, .organizationMember, .projectMember: UserType.typeName
        case .serviceToken: "ServiceToken"
        case .organization: OrganizationType.typeName
        case .organizationInvitation: OrganizationInvitationType.typeName
        case .taskStatus, .projectStatusCandidate: TaskStatusType.typeName
        case .taskPriority, .projectPriorityCandidate: TaskPriorityType.typeName
        case .project: ProjectType.typeName
        case .projectCooperation: ProjectCooperationType.typeName
        case .task, .taskTagLink: TaskType.typeName
        case .taskTag: TaskTagType.typeName
        case .subtask, .subtaskCharacter: SubtaskType.typeName
        case .subtaskContent: SubtaskContentType.typeName
        case .subtaskDecision: SubtaskDecisionType.typeName
        case .pictureAnalysis: PictureAnalysisType.typeName
        case .annotation: AnnotationType.typeName
        case .asset: AssetType.typeName
        case .document: DocumentType.typeName
        case .ip, .projectIp: IntellectualPropertyType.typeName
        case .character, .characterPicture, .characterRpd: CharacterType.typeName
        case .item: ItemType.typeName
        case .rpd: ReviewPointDefinitionType.typeName
        case .rpdVersion, .rpdVersionGroup, .rpdVersionAsset: ReviewPointDefinitionVersionType.typeName
        case .reviewSet, .reviewSetRpd, .reviewSetCharacter, .reviewSetTag: ReviewSetType.typeName
        case .review: ReviewType.typeName
        case .finding: FindingType.typeName
        case .promotedFinding: PromotedFindingType.typeName
        case .batchJob: BatchJobType.typeName
        case .import: ImportType.typeName
        case .export: ExportType.typeName
        case .rpdTest: RpdTestType.typeName
        }
    }
}
