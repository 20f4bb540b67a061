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
                viewer: viewer, projectID: project, name: input.name, description: input.description)
        }
    }
}
