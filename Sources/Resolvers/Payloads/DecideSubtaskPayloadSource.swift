import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `DecideSubtaskPayload`: two objects beside the user errors.
struct DecideSubtaskPayloadSource: ObjectSource {
    typealias Object = DecideSubtaskPayloadType

    var subtask: UUID?
    var decision: UUID?
    var problems: [InputProblem] = []

    static let fields = DecideSubtaskPayloadFields<DecideSubtaskPayloadSource>(
        subtask: { payloads, call in try await call.one(payloads, { $0.subtask }, as: SubtaskRow.self) },
        decision: { payloads, call in try await call.one(payloads, { $0.decision }, as: SubtaskDecisionRow.self) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}
