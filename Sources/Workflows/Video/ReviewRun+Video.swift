import Clients
import Database
import EventLoop
import FoundationEssentials
import Imaging

// Reviews of videos: every review point looks at the middle frame of every scene, through the same pipeline as a picture.
// What came of a scene is stored at once, so that a run that goes on looks at none twice; when all scenes of a review point
// are known, its findings are put together and its outcome is written.
extension ReviewRun {
    /// One look: a review point at a scene.
    private struct Look: Sendable {
        let check: ReviewPlan.Check
        let scene: ReviewScene
    }

    /// Checks a video; without its scenes all outcomes are errors.
    func review(video assetID: UUID, of plan: ReviewPlan) async throws {
        switch try await scenes(of: assetID) {
        case .missing(let code, let message):
            for check in plan.checks {
                try await perform(check, of: plan) { .unaskable(code: code, message: message) }
            }
        case .found(let scenes):
            try await look(at: scenes, of: plan)
        }
    }

    /// The scenes of a video, or why there are none.
    enum Scenes {
        case found([ReviewScene])
        case missing(code: String, message: String)
    }

    /// Waits until the scenes are found or cannot be; gives up after the budget's time.
    ///
    /// Jobs are taken in the order in which they were made, so the search is under way when a review asks for it.
    func scenes(of assetID: UUID) async throws -> Scenes {
        let deadline = ContinuousClock.now + budget.scenesTimeout
        var pause = Duration.milliseconds(20)
        while true {
            switch try await SceneStore.status(of: assetID, in: store.pool) {
            case .completed:
                return .found(try await store.scenes(of: assetID))
            case .failed, nil:
                return .missing(
                    code: "SCENES_NOT_FOUND",
                    message: "The scenes of the video could not be found. See why, and start again.")
            case .pending, .running:
                if ContinuousClock.now >= deadline {
                    return .missing(
                        code: "SCENES_NOT_READY",
                        message: "The scenes of the video were not found within \(budget.scenesTimeout).")
                }
            }
            try await store.pool.loop.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// Makes all looks that have not been made, at most `budget.concurrentChecks` at once.
    private func look(at scenes: [ReviewScene], of plan: ReviewPlan) async throws {
        var progress = SceneProgress(scenes: scenes, known: try await store.sceneResults(of: plan, scenes: scenes))
        // One after the other here, so that the looks share nothing.
        try await withThrowingTaskGroup(of: (check: ReviewPlan.Check, scene: ReviewScene, answer: Answer).self) {
            group in
            var waiting = plan.checks.flatMap { check in scenes.map { Look(check: check, scene: $0) } }.makeIterator()
            var running = 0
            while true {
                while running < budget.concurrentChecks, let look = waiting.next() {
                    if progress.isFirst(look.check) {
                        guard try await store.begin(look.check, of: plan) else {
                            progress.end(look.check)
                            continue
                        }
                        // All of them may be known from an earlier run.
                        try await finish(look.check, &progress, of: plan)
                    }
                    guard progress.isOpen(look.check, look.scene) else { continue }
                    group.addTask {
                        (look.check, look.scene, try await answer(to: look.check, of: plan, on: look.scene))
                    }
                    running += 1
                }
                guard let (check, scene, answer) = try await group.next() else { break }
                running -= 1
                guard !progress.hasEnded(check) else { continue }
                try await take(answer, to: check, in: scene, &progress, of: plan)
            }
        }
    }

    /// Asks the model about the middle frame of a scene.
    func answer(
        to check: ReviewPlan.Check, of plan: ReviewPlan, on scene: ReviewScene
    ) async throws -> Answer {
        guard let frame = try await ReviewFile.source(scene.frameKey, in: objects) else {
            return .verdict(.failed(code: "FRAME_UNREADABLE", "The frame of the scene is gone from the store."))
        }
        return try await answer(to: check, of: plan, on: frame)
    }

    /// What came of a scene; nil when the review point cannot be executed at all.
    func sceneResult(of answer: Answer, in scene: ReviewScene) -> SceneResult? {
        switch answer {
        case .verdict(let verdict):
            SceneResult(verdict, of: scene)
        case .timeout:
            SceneResult(
                scene: scene, state: .timeout, errorCode: "TIMEOUT",
                message: "The check took longer than \(budget.checkTimeout).", measurements: nil, findings: [])
        case .notReady, .unaskable:
            nil
        }
    }

    /// Stores what came of a scene, or ends the outcome if the review point cannot be executed at all.
    private func take(
        _ answer: Answer, to check: ReviewPlan.Check, in scene: ReviewScene, _ progress: inout SceneProgress,
        of plan: ReviewPlan
    ) async throws {
        guard let result = sceneResult(of: answer, in: scene) else {
            progress.end(check)
            return try await end(check, of: plan, with: answer, after: nil)
        }
        try await store.store(result, of: check, scenesTotal: progress.scenes.count, in: plan)
        progress.add(result, to: check)
        try await finish(check, &progress, of: plan)
    }

    /// Writes the outcome once all scenes are known.
    private func finish(
        _ check: ReviewPlan.Check, _ progress: inout SceneProgress, of plan: ReviewPlan
    ) async throws {
        guard let results = progress.complete(check) else { return }
        progress.end(check)
        var outcome = OutcomeResult(results)
        outcome.duration = progress.duration(of: check)
        outcome.modelName = modelName(of: plan)
        for (index, finding) in outcome.kept(SceneFinding.merged(results)).enumerated() {
            try await store.store(finding.draft, ordinal: index + 1, of: check, in: plan, span: finding)
        }
        try await store.end(check, as: outcome, of: plan)
    }
}

/// How far the looks at a video are.
private struct SceneProgress {
    let scenes: [ReviewScene]
    private var results: [UUID: [UUID: SceneResult]]
    private var started: [UUID: ContinuousClock.Instant] = [:]
    private var ended: Swift.Set<UUID> = []

    init(scenes: [ReviewScene], known: [UUID: [UUID: SceneResult]]) {
        self.scenes = scenes
        results = known
    }

    /// Whether nothing has been done for a review point; from now on something has.
    mutating func isFirst(_ check: ReviewPlan.Check) -> Bool {
        guard started[check.outcomeID] == nil else { return false }
        started[check.outcomeID] = .now
        return true
    }

    func isOpen(_ check: ReviewPlan.Check, _ scene: ReviewScene) -> Bool {
        !hasEnded(check) && results[check.outcomeID]?[scene.id] == nil
    }

    func hasEnded(_ check: ReviewPlan.Check) -> Bool { ended.contains(check.outcomeID) }

    mutating func end(_ check: ReviewPlan.Check) { ended.insert(check.outcomeID) }

    mutating func add(_ result: SceneResult, to check: ReviewPlan.Check) {
        results[check.outcomeID, default: [:]][result.scene.id] = result
    }

    /// The results of all scenes in their order; nil as long as one is missing.
    func complete(_ check: ReviewPlan.Check) -> [SceneResult]? {
        let known = results[check.outcomeID] ?? [:]
        let ordered = scenes.compactMap { known[$0.id] }
        return ordered.count == scenes.count && !hasEnded(check) ? ordered : nil
    }

    func duration(of check: ReviewPlan.Check) -> Duration? { started[check.outcomeID]?.duration(to: .now) }
}
