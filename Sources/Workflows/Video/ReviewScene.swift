import Clients
import FoundationEssentials
import JSON

/// A scene of a video under review.
struct ReviewScene: Sendable, Hashable {
    let id: UUID
    /// Its place among the scenes, from 1.
    let number: Int
    let startSeconds: Double
    let endSeconds: Double
    /// The object key of the frame that stands for it.
    let frameKey: String
}

/// What came of one review point in one scene.
struct SceneResult: Sendable {
    let scene: ReviewScene
    /// How it ended.
    let state: OutcomeState
    let errorCode: String?
    /// Why it failed or does not apply.
    let message: String?
    let measurements: JSONValue?
    let findings: [FindingDraft]
}

extension SceneResult {
    /// What a model said of a scene.
    init(_ verdict: ReviewVerdict, of scene: ReviewScene) {
        self.scene = scene
        measurements = verdict.measurements
        findings = verdict.findings
        switch verdict.status {
        case .ok: (state, errorCode, message) = (.ok, nil, nil)
        case .skippedIrrelevant(let reason): (state, errorCode, message) = (.skippedIrrelevant, nil, reason)
        case .error(let failure): (state, errorCode, message) = (.error, failure.code, failure.message)
        }
    }
}

/// A finding of a video: what is seen in one scene, or alike in scenes that follow each other.
struct SceneFinding: Sendable, Hashable {
    let draft: FindingDraft
    /// The first scene in which it is seen.
    let scene: ReviewScene
    /// When it is seen last, in seconds.
    var endSeconds: Double
    /// The number of the last scene, and where it is there.
    private var lastNumber: Int
    private var lastArea: BoundingBox?

    private init(_ draft: FindingDraft, in scene: ReviewScene) {
        self.draft = draft
        self.scene = scene
        endSeconds = scene.endSeconds
        lastNumber = scene.number
        lastArea = draft.area
    }

    /// Puts together what neighbouring scenes say alike of one review point: severity, tag, words, and places that overlap.
    ///
    /// `results` are in the order of the scenes, and so are the findings.
    static func merged(_ results: [SceneResult]) -> [SceneFinding] {
        var merged: [SceneFinding] = []
        for result in results {
            for draft in result.findings {
                if let index = merged.firstIndex(where: { $0.goesOn(with: draft, in: result.scene) }) {
                    merged[index].endSeconds = result.scene.endSeconds
                    merged[index].lastNumber = result.scene.number
                    merged[index].lastArea = draft.area
                } else {
                    merged.append(SceneFinding(draft, in: result.scene))
                }
            }
        }
        return merged
    }

    private func goesOn(with other: FindingDraft, in scene: ReviewScene) -> Bool {
        guard lastNumber + 1 == scene.number, draft.severity == other.severity, draft.tag == other.tag,
            draft.description == other.description
        else { return false }
        switch (lastArea, other.area) {
        case (nil, nil): return true
        case (let first?, let second?):
            return first.x < second.x + second.width && second.x < first.x + first.width
                && first.y < second.y + second.height && second.y < first.y + first.height
        case (nil, _?), (_?, nil): return false
        }
    }
}

extension OutcomeResult {
    /// What came of a review point in a whole video.
    ///
    /// A scene that could not be checked is an error of the whole: nobody has seen that it is fine.
    init(_ results: [SceneResult]) {
        func first(_ state: OutcomeState) -> SceneResult? { results.first { $0.state == state } }
        self.init(state: .ok)
        measurements = .object([
            "scenes": .array(
                results.map {
                    .object([
                        "number": .int(Int64($0.scene.number)), "status": .string($0.state.rawValue),
                        "measurements": $0.measurements ?? .null,
                    ])
                })
        ])
        if let bad = first(.error) ?? first(.timeout) {
            state = bad.state
            errorCode = bad.errorCode
            errorMessage = "\(bad.scene.number): \(bad.message ?? "")"
        } else if let skipped = first(.skippedIrrelevant), results.allSatisfy({ $0.state == .skippedIrrelevant }) {
            state = .skippedIrrelevant
            errorMessage = skipped.message
        }
    }

    /// The findings to keep: beside an error nothing says that all is well.
    func kept(_ findings: [SceneFinding]) -> [SceneFinding] {
        state == .ok ? findings : findings.filter { $0.draft.severity != .safe }
    }
}
