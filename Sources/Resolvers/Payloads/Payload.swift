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

extension FieldCall {
    /// Runs a workflow that gives the key of what it made.
    ///
    /// Faults of the input become `userErrors`.
    func payload<Tag: ObjectTypeTag>(_ workflow: () async throws -> UUID) async throws -> Objects<Tag> {
        do {
            return .one(Payload<Tag>(key: try await workflow()))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Payload<Tag>(problems: error.problems))
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
