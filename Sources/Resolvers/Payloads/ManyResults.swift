import Foundation
import GraphQL
import Schema
import Workflows

/// What a mutation of many objects answers: a result for each of them.
struct ManyResults<Tag: ObjectTypeTag, Entry: ManyResult>: ObjectSource {
    typealias Object = Tag

    var results: [Entry] = []
    var problems: [InputProblem] = []

    static func results(_ payloads: [ManyResults]) -> Objects<Entry.Object> {
        Objects(lists: payloads.map(\.results))
    }

    static func userErrors(_ payloads: [ManyResults]) -> Objects<UserErrorType> {
        Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
    }
}

/// What became of one object of many.
protocol ManyResult: ObjectSource where Object: ObjectTypeTag {
    /// What the objects are.
    associatedtype Node: NodeTypeTag
    /// What people call them, one and several.
    static var names: (one: String, several: String) { get }
    /// The field of the input that names them.
    static var field: String { get }

    /// `key` is nil if the identifier is none of such an object.
    init(id: ID, key: UUID?, problems: [InputProblem])
}

/// The object of `TaskResult`.
struct TaskResultSource: ManyResult {
    typealias Object = TaskResultType
    typealias Node = TaskType
    static let names = (one: "A task", several: "tasks")
    static let field = "taskIds"

    let id: ID
    let key: UUID?
    let problems: [InputProblem]

    static let fields = TaskResultFields<TaskResultSource>(
        taskId: { $0.id },
        task: { results, call in try await call.one(results, { $0.key }, as: TaskRow.self) },
        userErrors: { results in Objects(lists: results.map { $0.problems.map(UserErrorSource.init) }) })
}

/// The object of `RpdResult`.
struct RpdResultSource: ManyResult {
    typealias Object = RpdResultType
    typealias Node = ReviewPointDefinitionType
    static let names = (one: "A review point", several: "review points")
    static let field = "rpdIds"

    let id: ID
    let key: UUID?
    let problems: [InputProblem]

    static let fields = RpdResultFields<RpdResultSource>(
        rpdId: { $0.id },
        rpd: { results, call in try await call.one(results, { $0.key }, as: RpdRow.self) },
        userErrors: { results in Objects(lists: results.map { $0.problems.map(UserErrorSource.init) }) })
}

extension FieldCall {
    /// The most objects that one mutation changes.
    private static var maximumObjects: Int { 100 }

    /// Does something with each of many objects, each in a transaction of its own: what fails for one fails for no other.
    func changeEach<Tag: ObjectTypeTag, Entry: ManyResult>(
        of ids: [ID], as _: Entry.Type, _ change: (_ viewer: UUID, _ key: UUID) async throws -> Void
    ) async throws -> Objects<Tag> {
        let viewer = try request.requireViewer()
        guard ids.count <= Self.maximumObjects else {
            let problem = InputProblem(
                [Entry.field], .tooLong,
                "At most \(Self.maximumObjects) \(Entry.names.several) can be changed at once.")
            return .one(ManyResults<Tag, Entry>(problems: [problem]))
        }
        var results: [Entry] = []
        var seen: Set<ID> = []
        for id in ids where seen.insert(id).inserted {
            let key = Entry.Node.uuid(in: id)?.uuid
            let problems = try await problems(viewer, key, Entry.names.one, change)
            results.append(Entry(id: id, key: key, problems: problems))
        }
        return .one(ManyResults<Tag, Entry>(results: results))
    }

    private func problems(
        _ viewer: UUID, _ key: UUID?, _ name: String, _ change: (_ viewer: UUID, _ key: UUID) async throws -> Void
    ) async throws -> [InputProblem] {
        let missing = [InputProblem([], .notFound, "\(name) with this id does not exist.")]
        guard let key else { return missing }
        do {
            try await change(viewer, key)
            return []
        } catch let error as WorkflowError where error.code == .invalidInput {
            return error.problems
        } catch let error as WorkflowError where error.code == .notFound {
            return missing
        } catch let error as CancellationError {
            throw error
        } catch {
            // The objects before it are changed; whoever asked must learn which.
            return [InputProblem([], .failed, request.mask(error).message)]
        }
    }
}
