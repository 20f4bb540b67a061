public import Clients
public import Database
import EventLoop
import FoundationEssentials

/// Tries review points: the same checks as in a review, of one wording on one material.
public struct RpdTestRun: JobHandler {
    private let store: RpdTestRunStore
    let review: ReviewRun

    /// Makes a handler for the jobs of kind `rpd-test`.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, model: any ReviewModel, budget: RunBudget = RunBudget(),
        language: ReviewLanguage = .japanese
    ) {
        store = RpdTestRunStore(pool: pool)
        review = ReviewRun(pool: pool, objects: objects, model: model, budget: budget, language: language)
    }

    /// Jobs of kind `rpd-test`.
    public var kind: JobKind { .rpdTest }

    /// Makes the try that the job is about, unless that is done or nobody wants it any more.
    public func run(_ job: Job) async throws {
        guard let plan = try await store.begin(job, testID: try job.keyID()) else { return }
        let started = ContinuousClock.now
        var result: TryResult
        if let material = plan.review, case .video(let assetID) = material.medium {
            result = try await self.result(of: plan.check, onVideo: assetID, as: material)
        } else {
            result = self.result(of: try await answer(to: plan))
        }
        result.outcome.duration = started.duration(to: .now)
        result.outcome.modelName =
            if let material = plan.review { review.modelName(of: material) } else { "dialogue-1" }
        try await store.complete(plan, as: result.outcome, findings: result.findings)
    }

    /// How a try ended, and what it has found, the worst first.
    struct TryResult: Sendable {
        var outcome: OutcomeResult
        let findings: [RpdTestRunStore.Finding]
    }

    /// What is stored of an answer.
    func result(of answer: ReviewRun.Answer) -> TryResult {
        let (outcome, findings) = review.result(of: answer, modelName: nil, duration: nil)
        return TryResult(outcome: outcome, findings: findings.map { RpdTestRunStore.Finding(draft: $0) })
    }

    /// Makes the try `FAILED`.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(job, testID: try job.keyID())
    }

    private func answer(to plan: RpdTestRunStore.Plan) async throws -> ReviewRun.Answer {
        let check = plan.check
        let gone = ReviewRun.Answer.unaskable(
            code: "CONTENT_UNREADABLE", message: "The file is gone from the store, or cannot be read.")
        if let line = plan.line {
            let script = DialogueScript(lines: [line])
            return .verdict(ReviewRun.verdict(about: .script(script), by: check))
        }
        guard let material = plan.review else { return gone }
        if material.medium == .script {
            do {
                let script = try await review.script(of: material)
                return .verdict(
                    try await BlockingPool.shared.run("dialogue") { ReviewRun.verdict(about: script, by: check) })
            } catch let error as WorkflowError where error.code == .contentUnreadable {
                return gone
            }
        }
        guard let picture = try await ReviewFile.source(material.contentKey, in: review.objects) else { return gone }
        return try await review.answer(to: check, of: material, on: picture)
    }
}
