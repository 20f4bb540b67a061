import Database
import FoundationEssentials
import JSON

/// The record of who changed what about rights and people.
public enum AuditLog {
    /// What was done; the names are those of the API's `AuditAction`.
    public enum Action: String, Sendable, CaseIterable {
        /// The organisation was made.
        case organizationCreated = "ORGANIZATION_CREATED"
        /// Its name, description or domain changed.
        case organizationUpdated = "ORGANIZATION_UPDATED"
        /// Somebody became a member.
        case memberAdded = "MEMBER_ADDED"
        /// Somebody is no member any more.
        case memberRemoved = "MEMBER_REMOVED"
        /// A member became an admin.
        case adminGranted = "ADMIN_GRANTED"
        /// An admin became a plain member.
        case adminRevoked = "ADMIN_REVOKED"
        /// Somebody was invited.
        case invitationCreated = "INVITATION_CREATED"
        /// An invitation was taken back.
        case invitationRevoked = "INVITATION_REVOKED"
        /// A project was put out of the way.
        case projectArchived = "PROJECT_ARCHIVED"
        /// A project was brought back from the archive.
        case projectUnarchived = "PROJECT_UNARCHIVED"
        /// A project was deleted.
        case projectDeleted = "PROJECT_DELETED"
        /// A deleted project was brought back.
        case projectRestored = "PROJECT_RESTORED"
        /// An individual takes part in a project.
        case projectMemberAdded = "PROJECT_MEMBER_ADDED"
        /// An individual takes part no more.
        case projectMemberRemoved = "PROJECT_MEMBER_REMOVED"
        /// An organisation takes part in a project.
        case projectOrganizationAdded = "PROJECT_ORGANIZATION_ADDED"
        /// An organisation takes part no more.
        case projectOrganizationRemoved = "PROJECT_ORGANIZATION_REMOVED"
    }

    /// Writes an entry as part of the change that it tells of.
    static func record(
        _ action: Action, organizationID: UUID, projectID: UUID? = nil, userID: UUID? = nil,
        details: JSONObject = JSONObject(), by viewer: UUID?, in transaction: Transaction
    ) async throws {
        _ = try await transaction.query(
            """
            insert into audit_entries (organization_id, project_id, action, user_id, details, created_by)
            values (
                \(organizationID), \(projectID), \(action.rawValue), \(userID),
                \(JSONB(JSONValue.object(details).encoded())), \(viewer)
            )
            """)
    }
}
