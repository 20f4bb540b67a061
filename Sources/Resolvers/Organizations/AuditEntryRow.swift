import Database
import GraphQL
import Schema

/// A row of `audit_entries`.
struct AuditEntryRow: Entity {
    typealias Object = AuditEntryType
    static let table = "audit_entries"
    static let columns = ["id", "action", "user_id", "details", "created_by", "created_at", "project_id"]
    static let accessColumn = "organization_id"

    let row: Row

    static let fields = AuditEntryFields<AuditEntryRow>(
        id: { $0.id },
        action: { $0.row.enumeration(1) },
        user: { entries, call in try await call.one(entries, { $0.row.optionalUUID(2) }, as: UserRow.self) },
        project: { entries, call in try await call.one(entries, { $0.row.optionalUUID(6) }, as: ProjectRow.self) },
        details: { entry in
            let details = entry.row.jsonb(3)
            return JSONScalar(owner: details.owner, uncheckedText: details.bytes)
        },
        createdBy: { entries, call in try await call.one(entries, { $0.row.optionalUUID(4) }, as: UserRow.self) },
        createdAt: { $0.row.dateTime(5) })

    /// What was done in an organisation, newest first.
    static let ofOrganization = ListDefinition<AuditEntryRow>.newestFirst(of: "organization_id")
}
