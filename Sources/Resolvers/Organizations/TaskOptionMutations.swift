import Database
import GraphQL
import Schema
import Workflows

/// The mutations of one of the two lists from which an organisation's tasks choose: statuses, or priorities.
struct TaskOptionMutations<Option: NodeTypeTag>: Sendable {
    /// The list's store among the services.
    private let store: @Sendable (Services) -> TaskOptionStore

    func create<Tag: ObjectTypeTag>(
        in organization: ID, name: String, position: Int32?, _ call: FieldCall
    ) async throws -> Objects<Tag> {
        try await call.make(in: organization, OrganizationType.self) { viewer, organization in
            try await store(call.request.services).create(
                viewer: viewer, organizationID: organization, name: name, position: position.map(Int.init))
        }
    }

    func update<Tag: ObjectTypeTag>(
        _ id: ID, name: String?, position: Int32?, expectedUpdatedAt: DateTimeScalar?, _ call: FieldCall
    ) async throws -> Objects<Tag> {
        try await call.change(id, Option.self) { viewer, option in
            try await store(call.request.services).update(
                viewer: viewer, id: option, name: name, position: position.map(Int.init),
                expectedUpdatedAt: expectedUpdatedAt.map { Timestamp($0) })
        }
    }

    func delete<Tag: ObjectTypeTag>(_ id: ID, replacement: ID?, _ call: FieldCall) async throws -> Objects<Tag> {
        try await call.delete(id, Option.self) { viewer, option in
            try await store(call.request.services).delete(
                viewer: viewer, id: option,
                replacementID: try call.optionalKey(replacement, Option.self, field: ["replacementId"]))
        }
    }
}

extension TaskOptionMutations<TaskStatusType> {
    /// Those of statuses.
    static let statuses = TaskOptionMutations { $0.taskStatuses }
}

extension TaskOptionMutations<TaskPriorityType> {
    /// Those of priorities.
    static let priorities = TaskOptionMutations { $0.taskPriorities }
}
