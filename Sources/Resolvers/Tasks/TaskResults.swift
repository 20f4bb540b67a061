import Foundation
import GraphQL
import Schema
import Workflows

/// What a mutation of many tasks answers: a result for each of them.
struct TaskResults<Tag: ObjectTypeTag>: ObjectSource {
    typealias Object = Tag

    var results: [TaskResultSource] = []
    var problems: [InputProblem] = []

    static func results(_ payloads: [TaskResults]) -> Objects<TaskResultType> {
        Objects(lists: payloads.map(\.results))
    }

    static func userErrors(_ payloads: [TaskResults]) -> Objects<UserErrorType> {
        Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) })
    }
}

/// The object of `TaskResult`.
struct TaskResultSource: ObjectSource {
    typealias Object = TaskResultType

    let id: ID
    /// Nil if the identifier is none of a task.
    let key: UUID?
    let problems: [InputProblem]

    static let fields = TaskResultFields<TaskResultSource>(
        taskId: { $0.id },
        task: { results, call in try await call.one(results, { $0.key }, as: TaskRow.self) },
        userErrors: { results in Objects(lists: results.map { $0.problems.map(UserErrorSource.init) }) })
}

extension FieldCall {
    /// The most tasks that one mutation changes.
    private static var maximumTasks: Int { 100 }

    /// Does something with each of many tasks, each in a transaction of its own: what fails for one fails for no other.
    func eachTask<Tag: ObjectTypeTag>(
        of ids: [ID], _ change: (_ viewer: UUID, _ task: UUID) async throws -> Void
    ) async throws -> Objects<Tag> {
        let viewer = try request.requireViewer()
        guard ids.count <= Self.maximumTasks else {
            let problem = InputProblem(
                ["taskIds"], .tooLong, "At most \(Self.maximumTasks) tasks can be changed at once.")
            return .one(TaskResults<Tag>(problems: [problem]))
        }
        var results: [TaskResultSource] = []
        var seen: Set<ID> = []
        for id in ids where seen.insert(id).inserted {
            let key = TaskType.uuid(in: id)?.uuid
            results.append(TaskResultSource(id: id, key: key, problems: try await problems(viewer, key, change)))
        }
        return .one(TaskResults<Tag>(results: results))
    }

    private func problems(
        _ viewer: UUID, _ key: UUID?, _ change: (_ viewer: UUID, _ task: UUID) async throws -> Void
    ) async throws -> [InputProblem] {
        let missing = [InputProblem([], .notFound, "A task with this id does not exist.")]
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
            // The tasks before it are changed; whoever asked must learn which.
            return [InputProblem([], .failed, request.mask(error).message)]
        }
    }
}
