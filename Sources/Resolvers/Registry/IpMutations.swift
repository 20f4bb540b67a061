import Database
import GraphQL
import Schema
import Workflows

/// The mutations of works.
enum IpMutations {
    static func create(_ input: CreateIpInput, _ call: FieldCall) async throws -> Objects<CreateIpPayloadType> {
        try await call.make(in: input.projectId, ProjectType.self) { viewer, project in
            try await call.request.services.ips.create(
                viewer: viewer, projectID: project, name: input.name, description: input.description)
        }
    }

    static func update(_ input: UpdateIpInput, _ call: FieldCall) async throws -> Objects<UpdateIpPayloadType> {
        try await call.change(input.ipId, IntellectualPropertyType.self) { viewer, ip in
            try await call.request.services.ips.update(
                viewer: viewer, ipID: ip, name: input.name, description: input.description,
                projectIDs: try input.projectIds.map { try call.keys($0, ProjectType.self, field: ["projectIds"]) },
                expectedUpdatedAt: input.expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    static func delete(_ input: DeleteIpInput, _ call: FieldCall) async throws -> Objects<DeleteIpPayloadType> {
        try await call.delete(input.ipId, IntellectualPropertyType.self) { viewer, ip in
            try await call.request.services.ips.setDeleted(viewer: viewer, ipID: ip, isDeleted: true)
        }
    }

    static func restore(_ input: RestoreIpInput, _ call: FieldCall) async throws -> Objects<RestoreIpPayloadType> {
        try await call.change(input.ipId, IntellectualPropertyType.self) { viewer, ip in
            try await call.request.services.ips.setDeleted(viewer: viewer, ipID: ip, isDeleted: false)
        }
    }
}
