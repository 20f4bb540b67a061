public import Clients
public import Database
import EventLoop
import FoundationEssentials

/// Runs reviews: the pipeline on one page.
///
/// Take the review over, get the material, do the checks that have not ended (several at once), complete it. Whatever
/// happens to the process, the next run goes on where this one stopped; whatever happens to the review, a run that it no
/// longer belongs to writes nothing.
public struct ReviewRun: JobHandler {
    let store: ReviewRunStore
    let objects: any ObjectStore
    let model: any ReviewModel
    let budget: RunBudget
    let language: ReviewLanguage

    /// Makes a handler for the jobs of kind `review`.
    public init(
        pool: ConnectionPool, objects: any ObjectStore, model: any ReviewModel, budget: RunBudget = RunBudget(),
        language: ReviewLanguage = .japanese
    ) {
        store = ReviewRunStore(pool: pool)
        self.objects = objects
        self.model = model
        self.budget = budget
        self.language = language
    }

    /// Jobs of kind `review`.
    public var kind: JobKind { .review }

    /// Does what is left to do of the review that the job is about.
    public func run(_ job: Job) async throws {
        let reviewID = try job.keyID()
        do {
            guard let plan = try await store.begin(job, reviewID: reviewID) else { return }
            switch plan.medium {
            case .script:
                let script = try await script(of: plan)
                try await runChecks(of: plan) { check in
                    try await perform(check, of: plan) {
                        // Thousands of lines against thousands of words: not on the loop.
                        .verdict(
                            try await BlockingPool.shared.run("dialogue") { Self.verdict(about: script, by: check) })
                    }
                }
            case .picture:
                guard let picture = try await ReviewFile.source(plan.contentKey, in: objects) else {
                    throw WorkflowError(.contentUnreadable, "The reviewed file is gone from the store.")
                }
                try await runChecks(of: plan) { check in
                    try await perform(check, of: plan) { try await answer(to: check, of: plan, on: picture) }
                }
            case .video(let assetID):
                try await review(video: assetID, of: plan)
            case .recording:
                try await runChecks(of: plan) { check in
                    try await perform(check, of: plan) {
                        .verdict(.listening(check.title, instruction: check.instruction, language: language))
                    }
                }
            }
            try await complete(plan)
        } catch let error as WorkflowError where error.code == .contentUnreadable {
            throw JobFailure.permanent(reason: error.message)
        }
    }

    /// Makes the review `FAILED`, and its open checks errors.
    public func bury(_ job: Job, reason: String) async throws {
        // The reason is for the log; people get a sentence that leaks nothing.
        try await store.fail(
            job, reviewID: try job.keyID(), errorCode: "REVIEW_FAILED",
            errorMessage: "The review could not be made. Start it again, or ask the operator.")
    }

    /// Does all checks, at most `budget.concurrentChecks` at once; the first error ends the others.
    private func runChecks(
        of plan: ReviewPlan, _ perform: @escaping @Sendable (ReviewPlan.Check) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var waiting = plan.checks.makeIterator()
            for _ in 0..<budget.concurrentChecks {
                guard let check = waiting.next() else { break }
                group.addTask { try await perform(check) }
            }
            while try await group.next() != nil {
                if let check = waiting.next() { group.addTask { try await perform(check) } }
            }
        }
    }
}

extension Job {
    /// The id that the key is.
    func keyID() throws -> UUID {
        guard let id = UUID(uuidString: key) else {
            throw JobFailure.permanent(reason: "The key of a job is not an id.")
        }
        return id
    }

    /// The id and the number of the attempt that the key is.
    func keyAttempt() throws -> (id: UUID, attempt: Int) {
        let parts = key.split(separator: "/")
        guard parts.count == 2, let id = UUID(uuidString: String(parts[0])), let attempt = Int(parts[1]) else {
            throw JobFailure.permanent(reason: "The key of a job is no id with an attempt.")
        }
        return (id, attempt)
    }
}
