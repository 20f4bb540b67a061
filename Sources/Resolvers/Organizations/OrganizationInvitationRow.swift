import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// A row of `organization_invitations`.
struct OrganizationInvitationRow: Entity {
    typealias Object = OrganizationInvitationType
    static let table = "organization_invitations"
    static let columns = [
        "id", "organization_id", "email", "is_admin", "created_by", "created_at", "expires_at", "accepted_at",
        "revoked_at", "project_id", "can_bring_organization", "delivery", "sent_at",
    ]
    static let accessColumn = "organization_id"

    let row: Row

    static let fields = OrganizationInvitationFields<OrganizationInvitationRow>(
        id: { $0.id },
        organization: { invitations, call in
            try await call.one(invitations, { $0.row.uuid(1) }, as: OrganizationRow.self)
        },
        project: { invitations, call in
            try await call.one(invitations, { $0.row.optionalUUID(9) }, as: ProjectRow.self)
        },
        email: { $0.row.leaf(2) },
        isAdmin: { $0.row.bool(3) },
        canBringOrganization: { $0.row.bool(10) },
        status: { $0.status },
        delivery: { $0.row.enumeration(11) },
        sentAt: { $0.row.optionalDateTime(12) },
        createdBy: { invitations, call in
            try await call.one(invitations, { $0.row.optionalUUID(4) }, as: UserRow.self)
        },
        createdAt: { $0.row.dateTime(5) },
        expiresAt: { $0.row.dateTime(6) })

    private var status: InvitationStatus {
        if !row.isNull(7) { return .accepted }
        if !row.isNull(8) { return .revoked }
        return row.timestamp(6) <= .now() ? .expired : .open
    }

    /// An organisation's invitations, newest first.
    static let ofOrganization = ListDefinition<OrganizationInvitationRow>.newestFirst(of: "organization_id")

    /// A filter as a condition; nil if it filters nothing.
    static func condition(_ filter: OrganizationInvitationFilter) -> SQL? {
        // The same as `status` says of a row.
        let status = """
            case
                when entity.accepted_at is not null then 'ACCEPTED'
                when entity.revoked_at is not null then 'REVOKED'
                when entity.expires_at <= now() then 'EXPIRED'
                else 'OPEN'
            end
            """
        return SQL.filter(
            SQL.column(status, isOneOf: filter.statuses), filter.email.map { "entity.email = lower(\($0))" })
    }
}

/// What was made by inviting somebody: the token is shown this once.
struct InvitedSource<Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    var invitation: UUID?
    var token: String?
    var problems: [InputProblem] = []

    static func invitation(
        _ payloads: [InvitedSource], _ call: FieldCall
    ) async throws -> Objects<OrganizationInvitationType> {
        try await call.one(payloads, { $0.invitation }, as: OrganizationInvitationRow.self)
    }

    static func token(_ payload: InvitedSource) -> Text? { payload.token.map { Text($0) } }

    static func userErrors(_ payloads: [InvitedSource]) -> Objects<UserErrorType> {
        Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
    }
}

extension InvitedSource<InviteToOrganizationPayloadType> {
    static let fields = InviteToOrganizationPayloadFields<InvitedSource>(
        invitation: { try await invitation($0, $1) }, token: { token($0) }, userErrors: { userErrors($0) })
}

extension InvitedSource<InviteToProjectPayloadType> {
    static let fields = InviteToProjectPayloadFields<InvitedSource>(
        invitation: { try await invitation($0, $1) }, token: { token($0) }, userErrors: { userErrors($0) })
}

/// The object of `AcceptInvitationPayload`.
struct AcceptInvitationPayloadSource: ObjectSource {
    typealias Object = AcceptInvitationPayloadType

    var accepted: InvitationStore.Accepted?
    var problems: [InputProblem] = []

    static let fields = AcceptInvitationPayloadFields<AcceptInvitationPayloadSource>(
        organization: { payloads, call in
            try await call.one(
                payloads, { if case .organization(let key) = $0.accepted { key } else { nil } },
                as: OrganizationRow.self)
        },
        project: { payloads, call in
            try await call.one(
                payloads, { if case .project(let key) = $0.accepted { key } else { nil } }, as: ProjectRow.self)
        },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}
