import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

/// A review that has been started and waits for a worker.
struct ReviewStage: Sendable {
    let world: World
    let objects: DirectoryObjectStore
    let subtaskID: UUID
    let rpdIDs: [UUID]
    let reviewID: UUID

    /// The review's job, claimed, whoever had it before.
    func claim(lease: Duration = .seconds(60)) async throws -> Job {
        _ = try await world.pool.query(
            """
            update jobs
            set status = 'QUEUED', finished_at = null, cancel_requested_at = null, worker = null, lease_token = null,
                lease_until = null
            where key = \(reviewID.text)
            and status in ('RUNNING', 'CANCELLED', 'COMPLETED')
            """)
        let jobs = try await JobStore(pool: world.pool).claim(
            kinds: [.review], worker: "test/1", lease: lease, limit: 1)
        return try #require(jobs.first)
    }

    func handler(_ model: any ReviewModel, budget: RunBudget = RunBudget()) -> ReviewRun {
        ReviewRun(pool: world.pool, objects: objects, model: model, budget: budget)
    }

    /// Claims the job and does it as a worker would.
    func run(_ model: any ReviewModel, budget: RunBudget = RunBudget()) async throws {
        let job = try await claim()
        try await handler(model, budget: budget).run(job)
        try await JobStore(pool: world.pool).end(job, as: .completed)
    }

    /// Starts another review of the same subtask.
    func startAgain() async throws -> UUID {
        try await ReviewStore(pool: world.pool).start(
            viewer: world.member, subtaskID: subtaskID, selection: .rpds(rpdIDs), mode: "SPEED"
        ).reviewID
    }

    /// Leaves the review as a process does that was killed during its second check.
    func dieAfterOneCheckAndHalfOfTheSecond(_ findings: [FindingDraft]) async throws {
        let store = ReviewRunStore(pool: world.pool)
        let job = try await claim(lease: .zero)
        let plan = try #require(try await store.begin(job, reviewID: reviewID))
        for (index, check) in plan.checks.prefix(2).enumerated() {
            _ = try await store.begin(check, of: plan)
            for (number, finding) in findings.prefix(index == 0 ? findings.count : 1).enumerated() {
                try await store.store(finding, ordinal: number + 1, of: check, in: plan)
            }
            if index == 0 { try await store.end(check, as: OutcomeResult(state: .ok), of: plan) }
        }
    }

    func status() async throws -> String? { try await world.text("select status from reviews where id = \(reviewID)") }

    /// Title, status and error code of each outcome, in order.
    func outcomes() async throws -> [String] {
        try await world.pool.query(
            """
            select concat_ws(' ', versions.title, outcomes.status, outcomes.error_code)
            from review_outcomes as outcomes
            join rpd_versions as versions on versions.id = outcomes.rpd_version_id
            where outcomes.review_id = \(reviewID)
            order by outcomes.position
            """
        ).map { $0.string(0) }
    }

    func events() async throws -> [Event] {
        try await EventStore(pool: world.pool).read(.review(reviewID), after: 0)
    }

    /// An event in short.
    func step(_ event: Event) -> String {
        let status = event.payload["status"]?.string ?? ""
        switch event.kind {
        case .reviewStatusChanged: return "review \(status)"
        case .reviewFindingStored: return "finding"
        default:
            let finished = event.payload["outcomesFinished"]?.int ?? -1
            let total = event.payload["outcomesTotal"]?.int ?? -1
            return "outcome \(status) \(finished)/\(total)"
        }
    }
}

/// Runs a test with a started review of a picture of 640 × 480 pixels.
func withReview(
    titles: [String], selection: ReviewSelection? = nil, hasFile: Bool = true,
    _ body: @escaping @Sendable (ReviewStage) async throws -> Void
) async throws {
    try await withTestDatabase { pool in
        try await withObjects { objects in
            let world = try await World.make(pool)
            let key = "pictures/\(UUID().text)"
            if hasFile { try await objects.put(.bytes(try pngBytes()), at: try ObjectKey(key)) }
            let subtaskID = try await world.subtask(key: key)
            var rpdIDs: [UUID] = []
            for title in titles { rpdIDs.append(try await world.rpd(title)) }
            let started = try await ReviewStore(pool: pool).start(
                viewer: world.member, subtaskID: subtaskID, selection: selection ?? .rpds(rpdIDs), mode: "SPEED")
            try await body(
                ReviewStage(
                    world: world, objects: objects, subtaskID: subtaskID, rpdIDs: rpdIDs, reviewID: started.reviewID))
        }
    }
}

/// A finding with a box.
func finding(_ description: String, _ severity: FindingSeverity) -> FindingDraft {
    FindingDraft(
        description: description, severity: severity,
        area: BoundingBox(x: 0.25, y: 0.5, width: 0.5, height: 0.25), confidence: 0.75)
}

/// A model that answers what the test says.
struct ScriptedModel: ReviewModel {
    let answer: @Sendable (ReviewRequest) async throws -> ReviewVerdict

    init(_ answer: @escaping @Sendable (ReviewRequest) async throws -> ReviewVerdict) { self.answer = answer }

    var provider: String { "scripted" }
    var capabilities: ModelCapabilities {
        ModelCapabilities(automatedKinds: ReviewKind.allCases, readsText: false, understandsMeaning: false)
    }
    func modelName(for mode: ReviewMode) -> String { "scripted-\(mode.rawValue.lowercased())" }
    func review(_ request: ReviewRequest) async throws -> ReviewVerdict { try await answer(request) }
}
