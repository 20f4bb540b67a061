import Clients
import FoundationEssentials

// Tries on videos: as in a review, the check looks at the middle frame of every scene, and what came of all of them is one
// result. Nothing of a try is kept before its end: one that was killed looks at every scene anew.
extension RpdTestRun {
    /// Makes a check on a video; without its scenes that is an error.
    func result(of check: ReviewPlan.Check, onVideo assetID: UUID, as material: ReviewPlan) async throws -> TryResult {
        switch try await review.scenes(of: assetID) {
        case .missing(let code, let message):
            return result(of: .unaskable(code: code, message: message))
        case .found(let scenes):
            switch try await look(at: scenes, for: check, as: material) {
            case .ended(let answer): return result(of: answer)
            case .complete(let results):
                let outcome = OutcomeResult(results)
                let findings = outcome.kept(SceneFinding.merged(results)).sorted { first, second in
                    (second.draft.severity, first.scene.number) < (first.draft.severity, second.scene.number)
                }
                return TryResult(outcome: outcome, findings: findings.map { .init(draft: $0.draft, span: $0) })
            }
        }
    }

    private enum Looks {
        /// What came of all scenes, in their order.
        case complete([SceneResult])
        /// The check cannot be made at all.
        case ended(ReviewRun.Answer)
    }

    /// Looks at all scenes, at most `budget.concurrentChecks` at once.
    private func look(
        at scenes: [ReviewScene], for check: ReviewPlan.Check, as material: ReviewPlan
    ) async throws -> Looks {
        try await withThrowingTaskGroup(of: (ReviewScene, ReviewRun.Answer).self) { group in
            var waiting = scenes.makeIterator()
            for _ in 0..<review.budget.concurrentChecks {
                guard let scene = waiting.next() else { break }
                group.addTask { (scene, try await review.answer(to: check, of: material, on: scene)) }
            }
            var results: [SceneResult] = []
            while let (scene, answer) = try await group.next() {
                guard let result = review.sceneResult(of: answer, in: scene) else {
                    group.cancelAll()
                    return .ended(answer)
                }
                results.append(result)
                if let scene = waiting.next() {
                    group.addTask { (scene, try await review.answer(to: check, of: material, on: scene)) }
                }
            }
            return .complete(results.sorted { $0.scene.number < $1.scene.number })
        }
    }
}
