import GraphQL
import Schema
import Workflows

/// The mutations of reviews.
enum ReviewMutations {
    static func start(_ input: StartReviewInput, _ call: FieldCall) async throws -> Objects<StartReviewPayloadType> {
        let viewer = try call.request.requireViewer()
        let subtask = try call.key(input.subtaskId, SubtaskType.self)
        do {
            let started = try await call.request.services.reviews.start(
                viewer: viewer, subtaskID: subtask, selection: try selection(input.selection, call),
                mode: input.mode.rawValue, requestKey: input.requestKey?.uuid)
            guard case .blocked(let active) = started else {
                return .one(Payload<StartReviewPayloadType>(key: started.reviewID))
            }
            let problem = InputProblem(["subtaskId"], .reviewActive, "The subtask has an active review already.")
            return .one(Payload<StartReviewPayloadType>(key: active, problems: [problem]))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(Payload<StartReviewPayloadType>(problems: error.problems))
        }
    }

    static func cancel(_ input: CancelReviewInput, _ call: FieldCall) async throws -> Objects<CancelReviewPayloadType> {
        try await call.change(input.reviewId, ReviewType.self) { viewer, review in
            try await call.request.services.reviews.cancel(viewer: viewer, reviewID: review)
        }
    }

    static func selection(_ input: ReviewSelectionInput, _ call: FieldCall) throws -> ReviewSelection {
        switch input {
        case .rpdIds(let ids):
            return .rpds(
                try call.keys(ids, ReviewPointDefinitionType.self, field: ["selection", "rpdIds"]))
        case .reviewSetIds(let ids):
            return .reviewSets(try call.keys(ids, ReviewSetType.self, field: ["selection", "reviewSetIds"]))
        case .copyrightCheck(let isWanted):
            guard isWanted else {
                throw WorkflowError(problems: [
                    InputProblem(["selection", "copyrightCheck"], .invalid, "The value has to be true.")
                ])
            }
            return .copyrightCheck
        }
    }
}
