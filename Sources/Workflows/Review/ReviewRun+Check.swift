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
        try await end(check, of: plan, with: answer, after: started.duration(to: .now))
    }

    /// Writes what came of a check.
    func end(
        _ check: ReviewPlan.Check, of plan: ReviewPlan, with answer: Answer, after duration: Duration?
    ) async throws {
        let (result, findings) = result(of: answer, modelName: modelName(of: plan), duration: duration)
        for (index, finding) in findings.enumerated() {
            try await store.store(finding, ordinal: index + 1, of: check, in: plan)
        }
        try await store.end(check, as: result, of: plan)
    }

    /// What is stored of an answer: how the check ended, and its findings.
    func result(
        of answer: Answer, modelName: String?, duration: Duration?
    ) -> (result: OutcomeResult, findings: [FindingDraft]) {
        var result = OutcomeResult(state: .ok)
        result.duration = duration
        result.modelName = modelName
        var findings: [FindingDraft] = []
        switch answer {
        case .timeout:
            result.state = .timeout
            result.errorCode = "TIMEOUT"
            result.errorMessage = "The check took longer than \(budget.checkTimeout)."
        case .notReady:
            result.state = .timeout
            result.errorCode = "RPD_NOT_READY"
            result.errorMessage = "The review point was not prepared within \(budget.readinessTimeout)."
        case .unaskable(let code, let message):
            result.state = .error
            result.errorCode = code
            result.errorMessage = message
        case .verdict(let verdict):
            findings = verdict.findings
            result.measurements = verdict.measurements
            result.apply(verdict.status)
        }
        return (result, findings)
    }

    /// What looks at a material; nil for a recording, to which nobody listens.
    func modelName(of plan: ReviewPlan) -> String? {
        switch plan.medium {
        case .script: "dialogue-1"
        case .recording: nil
        case .picture, .video: ReviewMode(rawValue: plan.mode).map(model.modelName(for:))
        }
    }

    /// What came of asking the model.
    enum Answer: Sendable {
        case verdict(ReviewVerdict)
        case timeout
        case notReady
        case unaskable(code: String, message: String)
    }

    func answer(
        to check: ReviewPlan.Check, of plan: ReviewPlan, on picture: PictureSource
    ) async throws -> Answer {
        guard let kind = ReviewKind(rawValue: check.kind), let mode = ReviewMode(rawValue: plan.mode) else {
            throw WorkflowError(.inconsistentData, "A review has a kind or mode that does not exist.")
        }
        let (readiness, visualCheck) = try await preparation(of: check)
        switch readiness {
        case .ready: break
        case .pending, .running: return .notReady
        case .failed:
            return .unaskable(
                code: "RPD_NOT_READY",
                message: "The review point could not be prepared. See why, and have it tried again.")
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
            ngSubcategory: check.ngSubcategory.flatMap(NGSubcategory.init(rawValue:)), visualCheck: visualCheck,
            references: references, picture: picture, mode: mode, language: language)
        return try await withDeadline(request)
    }

    /// Waits until the version is prepared or cannot be; gives up after the budget's time.
    ///
    /// Jobs are taken in the order in which they were made, so a preparation is under way when a review asks for it.
    private func preparation(
        of check: ReviewPlan.Check
    ) async throws -> (readiness: RpdReadiness, visualCheck: VisualCheck?) {
        if check.readiness == .ready { return (.ready, check.visualCheck) }
        let preparations = PreparationStore(pool: store.pool)
        let deadline = ContinuousClock.now + budget.readinessTimeout
        var pause = Duration.milliseconds(20)
        while true {
            // A version that is gone takes its review with it; the next write says so.
            guard let state = try await preparations.state(of: check.versionID) else { return (.failed, nil) }
            if state.readiness == .ready || state.readiness == .failed || ContinuousClock.now >= deadline {
                return state
            }
            try await store.pool.loop.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
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
