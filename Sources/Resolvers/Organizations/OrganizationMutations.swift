import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The mutations of organisations and their members.
enum OrganizationMutations {
    static func create(
        _ input: CreateOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<CreateOrganizationPayloadType> {
        try await call.make { viewer in
            try await call.request.services.organizations.create(
                viewer: viewer, name: input.name, description: input.description, domain: input.domain)
        }
    }

    static func update(
        _ input: UpdateOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<UpdateOrganizationPayloadType> {
        try await call.change(input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.organizations.update(
                viewer: viewer, organizationID: organization,
                OrganizationStore.OrganizationChange(
                    name: input.name, description: input.description,
                    domain: input.isPresent(.domain) ? .set(input.domain) : .keep,
                    expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) }))
        }
    }

    static func delete(
        _ input: DeleteOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<DeleteOrganizationPayloadType> {
        try await call.delete(input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.organizations.delete(viewer: viewer, organizationID: organization)
        }
    }

    static func addMember(
        _ input: AddOrganizationMemberInput, _ call: FieldCall
    ) async throws -> Objects<AddOrganizationMemberPayloadType> {
        try await call.change(input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.organizations.addMember(
                viewer: viewer, organizationID: organization, userID: try user(input.userId, call),
                isAdmin: input.isAdmin)
        }
    }

    static func removeMember(
        _ input: RemoveOrganizationMemberInput, _ call: FieldCall
    ) async throws -> Objects<RemoveOrganizationMemberPayloadType> {
        try await call.change(input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.organizations.removeMember(
                viewer: viewer, organizationID: organization, userID: try user(input.userId, call))
        }
    }

    static func setAdmin(
        _ input: SetOrganizationAdminInput, _ call: FieldCall
    ) async throws -> Objects<SetOrganizationAdminPayloadType> {
        try await call.change(input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.organizations.setAdmin(
                viewer: viewer, organizationID: organization, userID: try user(input.userId, call),
                isAdmin: input.isAdmin)
        }
    }

    private static func user(_ id: ID, _ call: FieldCall) throws -> UUID {
        try call.chosenKey(id, UserType.self, field: ["userId"])
    }
}

/// The mutations of invitations.
enum InvitationMutations {
    static func create(
        _ input: InviteToOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<InviteToOrganizationPayloadType> {
        let viewer = try call.request.requireViewer()
        let organization = try call.key(input.organizationId, OrganizationType.self)
        return try await invited {
            try await call.request.services.invitations.create(
                viewer: viewer, organizationID: organization, email: input.email, isAdmin: input.isAdmin)
        }
    }

    static func create(
        _ input: InviteToProjectInput, _ call: FieldCall
    ) async throws -> Objects<InviteToProjectPayloadType> {
        let viewer = try call.request.requireViewer()
        let project = try call.key(input.projectId, ProjectType.self)
        return try await invited {
            try await call.request.services.invitations.create(
                viewer: viewer, projectID: project, email: input.email,
                canBringOrganization: input.canBringOrganization)
        }
    }

    private static func invited<Tag: ObjectTypeTag>(
        _ workflow: () async throws -> (id: UUID, token: String)
    ) async throws -> Objects<Tag> {
        do {
            let made = try await workflow()
            return .one(InvitedSource<Tag>(invitation: made.id, token: made.token))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(InvitedSource<Tag>(problems: error.problems))
        }
    }

    static func revoke(
        _ input: RevokeInvitationInput, _ call: FieldCall
    ) async throws -> Objects<RevokeInvitationPayloadType> {
        try await call.change(input.invitationId, OrganizationInvitationType.self) { viewer, invitation in
            try await call.request.services.invitations.revoke(viewer: viewer, invitationID: invitation)
        }
    }

    static func accept(
        _ input: AcceptInvitationInput, _ call: FieldCall
    ) async throws -> Objects<AcceptInvitationPayloadType> {
        let viewer = try call.request.requireViewer()
        do {
            let accepted = try await call.request.services.invitations.accept(
                viewer: viewer, token: input.token,
                for: try call.optionalKey(input.organizationId, OrganizationType.self, field: ["organizationId"]))
            return .one(AcceptInvitationPayloadSource(accepted: accepted))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(AcceptInvitationPayloadSource(problems: error.problems))
        }
    }
}
