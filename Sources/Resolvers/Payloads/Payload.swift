import Foundation
import GraphQL
import Schema
import Workflows

/// What a mutation answers: the object that it changed, or what a person has to correct.
struct Payload<Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    /// The changed object's key.
    var key: UUID?
    var problems: [InputProblem] = []

    static func userErrors(_ payloads: [Payload]) -> Objects<UserErrorType> {
        Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
    }
}

extension ChangePayloadFields {
    /// The changed object, read anew under the viewer's rights, and `userErrors`.
    static func changed<E: Entity>(_: E.Type) -> ChangePayloadFields where E.Object == Tag.Changed {
        ChangePayloadFields(
            changed: { (payloads: [Payload<Tag>], call) in try await call.one(payloads, { $0.key }, as: E.self) },
            userErrors: { Payload<Tag>.userErrors($0) })
    }
}

extension DeletionPayloadFields {
    /// The identifier of what is gone, and `userErrors`.
    static func deleted<Node: NodeTypeTag>(_: Node.Type) -> DeletionPayloadFields {
        DeletionPayloadFields(
            deletedID: { (payload: Payload<Tag>) in payload.key.map { Node.id(UUIDScalar($0)) } },
            userErrors: { Payload<Tag>.userErrors($0) })
    }
}

/// The object of `UserError`.
struct UserErrorSource: ObjectSource {
    typealias Object = UserErrorType

    let problem: InputProblem

    init(_ problem: InputProblem) {
        self.problem = problem
    }

    static let fields = UserErrorFields<UserErrorSource>(
        field: { source in
            source.problem.field.isEmpty ? nil : (["input"] + source.problem.field).map { Text($0) }
        },
        code: { source in UserErrorCode(rawValue: source.problem.code.name) ?? .invalid },
        message: { Text($0.problem.message) })
}

// A mutation acts on one object, which its input names. Faults of the input become `userErrors`.
extension FieldCall {
    /// Changes the object with an identifier and gives it as it is then.
    ///
    /// It stands beside the faults, too: whoever was too late needs the present state.
    func change<Node: NodeTypeTag, Tag: ObjectTypeTag>(
        _ id: ID, _: Node.Type, _ workflow: (_ viewer: UUID, _ key: UUID) async throws -> Void
    ) async throws -> Objects<Tag> {
        let viewer = try request.requireViewer()
        let key = try key(id, Node.self)
        do {
            try await workflow(viewer, key)
            return .one(Payload<Tag>(key: key))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Payload<Tag>(key: key, problems: error.problems))
        }
    }

    /// Makes something in or from the object with an identifier; the workflow gives the new object's key.
    func make<Node: NodeTypeTag, Tag: ObjectTypeTag>(
        in id: ID, _: Node.Type, _ workflow: (_ viewer: UUID, _ key: UUID) async throws -> UUID
    ) async throws -> Objects<Tag> {
        // Who is not signed in learns that first.
        _ = try request.requireViewer()
        let key = try key(id, Node.self)
        return try await make { viewer in try await workflow(viewer, key) }
    }

    /// Makes something that lies in nothing; the workflow gives the new object's key.
    func make<Tag: ObjectTypeTag>(_ workflow: (_ viewer: UUID) async throws -> UUID) async throws -> Objects<Tag> {
        let viewer = try request.requireViewer()
        do {
            return .one(Payload<Tag>(key: try await workflow(viewer)))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Payload<Tag>(problems: error.problems))
        }
    }

    /// Deletes the object with an identifier.
    func delete<Node: NodeTypeTag, Tag: ObjectTypeTag>(
        _ id: ID, _ node: Node.Type, _ workflow: (_ viewer: UUID, _ key: UUID) async throws -> Void
    ) async throws -> Objects<Tag> {
        try await make(in: id, node) { viewer, key in
            try await workflow(viewer, key)
            return key
        }
    }

    /// The key in an identifier that the mutation acts on.
    ///
    /// An identifier of another type is one of nothing.
    func key<Tag: NodeTypeTag>(_ id: ID, _: Tag.Type) throws(FieldError) -> UUID {
        guard let uuid = Tag.uuid(in: id) else { throw .notFound("\(Tag.typeName) with this id") }
        return uuid.uuid
    }

    /// The key in an identifier that a form lets people choose: a wrong one is a fault of the input.
    func chosenKey<Tag: NodeTypeTag>(_ id: ID, _: Tag.Type, field: [String]) throws -> UUID {
        guard let uuid = Tag.uuid(in: id) else {
            throw WorkflowError(problems: [InputProblem(field, .notFound, "There is no such \(Tag.typeName).")])
        }
        return uuid.uuid
    }

    /// The keys in identifiers that a form lets people choose.
    func keys<Tag: NodeTypeTag>(_ ids: [ID], _ tag: Tag.Type, field: [String]) throws -> [UUID] {
        try ids.enumerated().map { index, id in try chosenKey(id, tag, field: field + [String(index)]) }
    }

    /// The key in an identifier that a form lets people choose, if they have chosen.
    func optionalKey<Tag: NodeTypeTag>(_ id: ID?, _ tag: Tag.Type, field: [String]) throws -> UUID? {
        try id.map { try chosenKey($0, tag, field: field) }
    }
}
