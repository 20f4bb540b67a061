import Clients
import Database
import EventLoop
import FoundationEssentials
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite struct ReviewRunTests {
    @Test func aReviewGoesFromPendingToCompletedAndTellsOfEachStep() async throws {
        try await withReview(titles: ["Eyes", "Cross"]) { stage in
            let model = ScriptedModel { request in
                .ok([finding("\(request.title) one", .risk), finding("\(request.title) two", .safe)])
            }
            try await stage.run(model)
            #expect(try await stage.status() == "COMPLETED")
            let steps = try await stage.events().map(stage.step)
            #expect(steps.first == "review PENDING")
            #expect(steps.dropFirst().first == "review PROCESSING")
            #expect(steps.last == "review COMPLETED")
            #expect(steps.filter { $0 == "finding" }.count == 4)
            #expect(steps.filter { $0.hasPrefix("outcome RUNNING") }.count == 2)
            #expect(steps.contains("outcome OK 2/2"))
            #expect(try await stage.outcomes() == ["Eyes OK", "Cross OK"])
            let box = try await stage.world.text(
                """
                select concat_ws(' ', area_x, area_y, area_width, area_height, image_width, image_height)
                from findings
                where severity = 'RISK'
                limit 1
                """)
            #expect(box == "0.25 0.5 0.5 0.25 640 480")
            #expect(try await stage.world.text("select kind from notifications") == "REVIEW_COMPLETED")
        }
    }

    @Test("rule 21: a check that fails is an error with a reason, and never safe")
    func aFailingCheckIsAnErrorWithAReasonAndNeverSafe() async throws {
        try await withReview(titles: ["Broken", "Fine"]) { stage in
            let model = ScriptedModel { request in
                request.title == "Broken"
                    ? .failed(code: "pictureUnreadable", "no picture") : .ok([finding("fine", .safe)])
            }
            try await stage.run(model)
            #expect(try await stage.status() == "COMPLETED")
            #expect(try await stage.outcomes() == ["Broken ERROR pictureUnreadable", "Fine OK"])
            let count = try await stage.world.count(
                """
                select count(*)
                from findings
                join review_outcomes as outcomes on outcomes.id = findings.outcome_id
                where outcomes.status = 'ERROR'
                """)
            #expect(count == 0)
        }
    }

    @Test("rule 21: a check that takes too long is a timeout")
    func aCheckThatTakesTooLongIsATimeout() async throws {
        try await withReview(titles: ["Slow", "Quick"]) { stage in
            let loop = stage.world.pool.loop
            let model = ScriptedModel { request in
                if request.title == "Slow" { try await loop.sleep(for: .seconds(3600)) }
                return .ok([finding("fine", .safe)])
            }
            try await stage.run(model, budget: RunBudget(checkTimeout: .milliseconds(50)))
            #expect(try await stage.outcomes() == ["Slow TIMEOUT TIMEOUT", "Quick OK"])
            #expect(try await stage.status() == "COMPLETED")
        }
    }

    /// What `kill -9` leaves behind: some checks ended, one in the middle with a finding stored, the lease running out.
    @Test func aRunAfterAKilledOneDoesOnlyWhatIsLeftAndStoresEveryFindingOnce() async throws {
        try await withReview(titles: ["One", "Two", "Three"]) { stage in
            let asked = Mutex<[String]>([])
            let findings = [finding("a", .risk), finding("b", .safe)]
            try await stage.dieAfterOneCheckAndHalfOfTheSecond(findings)
            let model = ScriptedModel { request in
                asked.withLock { $0.append(request.title) }
                return .ok(findings)
            }
            try await stage.run(model)
            #expect(asked.withLock { $0.sorted() } == ["Three", "Two"])
            #expect(try await stage.status() == "COMPLETED")
            let perOutcome = try await stage.world.pool.query("select count(*) from findings group by outcome_id")
            #expect(perOutcome.map { $0.int(0) } == [2, 2, 2])
            let told = try await stage.events().filter { $0.kind == .reviewFindingStored }
            #expect(told.count == 6)
            #expect(Swift.Set(told.compactMap { $0.uuid("findingId") }).count == 6)
        }
    }

    @Test("rule 23: a cancelled review is not revived by its run")
    func aCancelledReviewIsNotRevivedByItsRun() async throws {
        try await withReview(titles: ["One", "Two"]) { stage in
            let reviews = ReviewStore(pool: stage.world.pool)
            let cancelled = Mutex(false)
            // The model answers after the cancellation as if nothing had happened: the worst that a run can do.
            let model = ScriptedModel { _ in
                let isFirst = cancelled.withLock { isCancelled in
                    defer { isCancelled = true }
                    return !isCancelled
                }
                if isFirst {
                    try await reviews.cancel(viewer: stage.world.member, reviewID: stage.reviewID)
                }
                return .ok([finding("late", .risk)])
            }
            await #expect(throws: WorkflowError.self) {
                try await stage.run(model, budget: RunBudget(concurrentChecks: 1))
            }
            #expect(try await stage.status() == "CANCELLED")
            #expect(try await stage.outcomes() == ["One CANCELLED", "Two CANCELLED"])
            #expect(try await stage.world.count("select count(*) from findings") == 0)
            #expect(try await stage.events().map(stage.step).last == "review CANCELLED")
            // And a job that is claimed once more finds nothing to do.
            try await stage.run(model)
            #expect(try await stage.status() == "CANCELLED")
        }
    }

    @Test("rule 17: the latest review is the newest completed one, whatever comes after")
    func theLatestReviewIsTheNewestCompletedOneWhateverComesAfter() async throws {
        try await withReview(titles: ["One"]) { stage in
            let model = ScriptedModel { _ in .ok([finding("fine", .safe)]) }
            try await stage.run(model)
            let next = try await stage.startAgain()
            try await ReviewStore(pool: stage.world.pool).cancel(viewer: stage.world.member, reviewID: next)
            let latest = try await stage.world.pool.query(
                "select id from reviews where status = 'COMPLETED' order by version desc limit 1")
            #expect(latest.first?.uuid(0) == stage.reviewID)
        }
    }

    @Test func aRunThatWasReplacedWritesNothingMore() async throws {
        try await withReview(titles: ["One"]) { stage in
            let store = ReviewRunStore(pool: stage.world.pool)
            let oldJob = try await stage.claim(lease: .zero)
            let oldPlan = try #require(try await store.begin(oldJob, reviewID: stage.reviewID))
            let newJob = try await stage.claim()
            _ = try await store.begin(newJob, reviewID: stage.reviewID)
            let check = try #require(oldPlan.checks.first)
            #expect(await code { _ = try await store.begin(check, of: oldPlan) } == .runLost)
            #expect(
                await code { try await store.store(finding("old", .risk), ordinal: 1, of: check, in: oldPlan) }
                    == .runLost)
            #expect(
                await code { try await store.end(check, as: OutcomeResult(state: .ok), of: oldPlan) } == .runLost)
            #expect(await code { try await store.complete(oldPlan, annotatedScript: nil) } == .runLost)
            #expect(
                await code {
                    try await store.fail(oldJob, reviewID: stage.reviewID, errorCode: "X", errorMessage: "x")
                } == .runLost)
            #expect(await code { _ = try await store.begin(oldJob, reviewID: stage.reviewID) } == .runLost)
            #expect(try await stage.status() == "PROCESSING")
        }
    }

    @Test func aReviewWithoutItsFileFailsForGoodAndSaysSo() async throws {
        try await withReview(titles: ["One"], hasFile: false) { stage in
            let model = ScriptedModel { _ in .ok([finding("never", .safe)]) }
            let job = try await stage.claim()
            let run = stage.handler(model)
            await #expect(throws: JobFailure.self) { try await run.run(job) }
            try await run.bury(job, reason: "gone")
            #expect(try await stage.status() == "FAILED")
            #expect(try await stage.outcomes() == ["One ERROR REVIEW_FAILED"])
            #expect(try await stage.world.text("select error_code from reviews") == "REVIEW_FAILED")
            // Who started it is told.
            let told = try await stage.world.text(
                """
                select kind
                from notifications
                join reviews on reviews.id = notifications.review_id
                where user_id = reviews.created_by
                """)
            #expect(told == "REVIEW_FAILED")
        }
    }

    @Test("rule 18: a copyright check without review points is completed without findings")
    func aCopyrightCheckWithoutReviewPointsIsCompletedWithoutFindings() async throws {
        try await withReview(titles: [], selection: .copyrightCheck) { stage in
            let model = ScriptedModel { _ in .ok([finding("never", .safe)]) }
            try await stage.run(model)
            #expect(try await stage.status() == "COMPLETED")
            #expect(try await stage.world.count("select count(*) from findings") == 0)
        }
    }

    @Test func noMoreChecksRunAtOnceThanTheBudgetAllows() async throws {
        try await withReview(titles: (1...9).map { "Check \($0)" }) { stage in
            let loop = stage.world.pool.loop
            let counts = Mutex((now: 0, most: 0))
            let model = ScriptedModel { _ in
                counts.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                // The first ones wait for each other, so that as many run at once as may.
                while counts.withLock({ $0.most }) < 3 { try await loop.sleep(for: .milliseconds(1)) }
                try await loop.sleep(for: .milliseconds(3))
                counts.withLock { $0.now -= 1 }
                return .ok([finding("fine", .safe)])
            }
            try await stage.run(model, budget: RunBudget(concurrentChecks: 3))
            #expect(counts.withLock { $0.most } == 3)
            #expect(try await stage.status() == "COMPLETED")
        }
    }
}
