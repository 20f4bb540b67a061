import Clients
import Database
import EventLoop
import FoundationEssentials
import Imaging

extension ReviewRun {
    /// Does one check and writes what came of it, each finding as soon as it is known.
    func perform(
        _ check: ReviewPlan.Check, of plan: ReviewPlan, _ ask: @Sendable () async throws -> Answer
    ) async throws {
        guard try await store.begin(check, of: plan) else { return }
        let started = ContinuousClock.now
        let answer = try await ask()
        var result = OutcomeResult(state: .ok)
        result.duration = started.duration(to: .now)
        switch answer {
        case .timeout:
            result.state = .timeout
            result.errorCode = "TIMEOUT"
            result.errorMessage = "The check took longer than \(budget.checkTimeout)."
        case .unaskable(let code, let message):
            result.state = .error
            result.errorCode = code
            result.errorMessage = message
        case .verdict(let verdict):
            for (index, finding) in verdict.findings.enumerated() {
                try await store.store(finding, ordinal: index + 1, of: check, in: plan)
            }
            result.measurements = verdict.measurements
            result.apply(verdict.status)
        }
        result.modelName =
            plan.imageWidth == nil ? "dialogue-1" : ReviewMode(rawValue: plan.mode).map(model.modelName(for:))
        try await store.end(check, as: result, of: plan)
    }

    /// What came of asking the model.
    enum Answer: Sendable {
        case verdict(ReviewVerdict)
        case timeout
        case unaskable(code: String, message: String)
    }

    func answer(
        to check: ReviewPlan.Check, of plan: ReviewPlan, on picture: PictureSource
    ) async throws -> Answer {
        guard let kind = ReviewKind(rawValue: check.kind), let mode = ReviewMode(rawValue: plan.mode) else {
            throw WorkflowError(.inconsistentData, "A review has a kind or mode that does not exist.")
        }
        var references: [PictureSource] = []
        for key in check.referenceKeys {
            guard let source = try await ReviewFile.source(key, in: objects) else {
                return .unaskable(
                    code: "REFERENCE_UNREADABLE", message: "A reference picture is gone from the store.")
            }
            references.append(source)
        }
        let request = ReviewRequest(
            kind: kind, title: check.title, instruction: check.instruction, tags: check.tags,
            ngSubcategory: check.ngSubcategory.flatMap(NGSubcategory.init(rawValue:)), references: references,
            picture: picture, mode: mode, language: language)
        return try await withDeadline(request)
    }

    /// Asks the model; whichever comes first, the answer or the end of the time, ends the other.
    private func withDeadline(_ request: ReviewRequest) async throws -> Answer {
        let loop = store.pool.loop
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { .verdict(try await model.review(request)) }
            group.addTask {
                try await loop.sleep(for: budget.checkTimeout)
                return .timeout
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

extension OutcomeResult {
    fileprivate mutating func apply(_ status: ReviewVerdict.Status) {
        switch status {
        case .ok:
            state = .ok
        case .skippedIrrelevant(let reason):
            state = .skippedIrrelevant
            errorMessage = reason
        case .error(let failure):
            state = .error
            errorCode = failure.code
            errorMessage = failure.message
        }
    }
}
