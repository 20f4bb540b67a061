import Database
import GraphQL
import Schema
import Workflows

/// The mutations of projects.
enum ProjectMutations {
    static func create(
        _ input: CreateProjectInput, _ call: FieldCall
    ) async throws -> Objects<CreateProjectPayloadType> {
        try await call.make(in: input.organizationId, OrganizationType.self) { viewer, organization in
            try await call.request.services.projects.create(
                viewer: viewer, organizationID: organization, name: input.name, description: input.description)
        }
    }

    static func update(
        _ input: UpdateProjectInput, _ call: FieldCall
    ) async throws -> Objects<UpdateProjectPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.update(
                viewer: viewer, projectID: project, name: input.name, description: input.description,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func setArchived(
        _ input: SetProjectArchivedInput, _ call: FieldCall
    ) async throws -> Objects<SetProjectArchivedPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.setArchived(
                viewer: viewer, projectID: project, isArchived: input.isArchived)
        }
    }

    static func delete(
        _ input: DeleteProjectInput, _ call: FieldCall
    ) async throws -> Objects<DeleteProjectPayloadType> {
        try await call.delete(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.delete(viewer: viewer, projectID: project)
        }
    }

    static func restore(
        _ input: RestoreProjectInput, _ call: FieldCall
    ) async throws -> Objects<RestoreProjectPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.restore(viewer: viewer, projectID: project)
        }
    }

    static func addMember(
        _ input: AddProjectMemberInput, _ call: FieldCall
    ) async throws -> Objects<AddProjectMemberPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.addMember(
                viewer: viewer, projectID: project,
                userID: try call.chosenKey(input.userId, UserType.self, field: ["userId"]))
        }
    }

    static func removeMember(
        _ input: RemoveProjectMemberInput, _ call: FieldCall
    ) async throws -> Objects<RemoveProjectMemberPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.removeMember(
                viewer: viewer, projectID: project,
                userID: try call.chosenKey(input.userId, UserType.self, field: ["userId"]))
        }
    }

    static func addOrganization(
        _ input: AddProjectOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<AddProjectOrganizationPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.projects.addOrganization(
                viewer: viewer, projectID: project,
                organizationID: try call.chosenKey(
                    input.organizationId, OrganizationType.self, field: ["organizationId"]))
        }
    }

    static func removeOrganization(
        _ input: RemoveProjectOrganizationInput, _ call: FieldCall
    ) async throws -> Objects<RemoveProjectOrganizationPayloadType> {
        try await call.delete(input.projectCooperationId, ProjectCooperationType.self) { viewer, cooperation in
            try await call.request.services.projects.removeOrganization(viewer: viewer, cooperationID: cooperation)
        }
    }

    static func setCandidates(
        _ input: SetProjectCandidatesInput, _ call: FieldCall
    ) async throws -> Objects<SetProjectCandidatesPayloadType> {
        try await call.change(input.projectId, ProjectType.self) { viewer, project in
            let statuses = try input.taskStatusIds.map {
                try call.keys($0, TaskStatusType.self, field: ["taskStatusIds"])
            }
            let priorities = try input.taskPriorityIds.map {
                try call.keys($0, TaskPriorityType.self, field: ["taskPriorityIds"])
            }
            try await call.request.services.projects.setCandidates(
                viewer: viewer, projectID: project, statusIDs: statuses, priorityIDs: priorities,
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }
}
