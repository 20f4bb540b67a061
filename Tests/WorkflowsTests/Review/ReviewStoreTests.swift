import Database
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite struct ReviewStoreTests {
    @Test("rule 16: many starts at once make one active review, and versions increase")
    func manyStartsAtOnceMakeOneActiveReview() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = ReviewStore(pool: pool)
            let subtaskID = try await world.subtask()
            let rpdID = try await world.rpd()
            let started = try await withThrowingTaskGroup(of: ReviewStore.Started.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await store.start(
                            viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let ids = Swift.Set(started.map(\.reviewID))
            #expect(ids.count == 1)
            #expect(started.filter { if case .new = $0 { true } else { false } }.count == 1)
            #expect(try await world.count("select count(*) from reviews") == 1)
            #expect(try await world.count("select count(*) from jobs where kind = 'review'") == 1)
        }
    }

    /// The task is being deleted while the review starts: waiting for that is the only way not to be left over.
    @Test func noReviewStartsInATaskThatIsBeingDeleted() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let subtaskID = try await world.subtask()
            let rpdID = try await world.rpd()
            let started = try await withThrowingTaskGroup(of: WorkflowError.Code?.self) { group in
                try await pool.withTransaction { deletion in
                    _ = try await deletion.query("update tasks set deleted_at = now()")
                    group.addTask {
                        await code {
                            _ = try await ReviewStore(pool: pool).start(
                                viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
                        }
                    }
                    // Until it waits for the deletion, or has not waited and has made its review.
                    let waiting: SQL = """
                        select (
                            select count(*)
                            from pg_stat_activity
                            where datname = current_database()
                            and wait_event_type = 'Lock'
                        ) + (select count(*) from reviews)
                        """
                    while try await world.count(waiting) == 0 {}
                }
                return try await group.next() ?? nil
            }
            #expect(started == .notFound)
            #expect(try await world.count("select count(*) from reviews") == 0)
        }
    }

    @Test func theSameRequestKeyGivesTheSameReviewAlsoWhenItHasEnded() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = ReviewStore(pool: pool)
            let subtaskID = try await world.subtask()
            let rpdID = try await world.rpd()
            let key = UUID()
            func start(_ key: UUID?) async throws -> ReviewStore.Started {
                try await store.start(
                    viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED",
                    requestKey: key)
            }
            let first = try await start(key)
            #expect(try await start(key) == .existing(first.reviewID))
            #expect(try await start(UUID()) == .blocked(by: first.reviewID))
            try await store.cancel(viewer: world.member, reviewID: first.reviewID)
            #expect(try await start(key) == .existing(first.reviewID))
            guard case .new(let second) = try await start(nil) else { Issue.record("no new review"); return }
            #expect(try await world.count("select version from reviews where id = \(second)") == 2)
        }
    }

    @Test("rule 18: only active review points of the project are executed, in the order asked")
    func onlyActiveReviewPointsOfTheProjectAreExecutedInTheOrderAsked() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let first = try await world.rpd("First")
            let off = try await world.rpd("Off", isActive: false)
            let last = try await world.rpd("Last")
            let deleted = try await world.rpd("Deleted")
            _ = try await pool.query("update rpds set deleted_at = now() where id = \(deleted)")
            let store = ReviewStore(pool: pool)
            let subtaskID = try await world.subtask()
            let started = try await store.start(
                viewer: world.member, subtaskID: subtaskID, selection: .rpds([last, off, first, last]), mode: "SPEED")
            let titles = try await pool.query(
                """
                select versions.title
                from review_outcomes as outcomes
                join rpd_versions as versions on versions.id = outcomes.rpd_version_id
                where outcomes.review_id = \(started.reviewID)
                order by outcomes.position
                """)
            #expect(titles.map { $0.string(0) } == ["Last", "First"])
            let other = try await world.subtask()
            let found = await problems {
                _ = try await store.start(
                    viewer: world.member, subtaskID: other, selection: .rpds([first, deleted]), mode: "SPEED")
            }
            #expect(found == ["selection.rpdIds.1: NOT_FOUND"])
        }
    }

    @Test("rule 18: the copyright check takes only active copyright review points")
    func theCopyrightCheckTakesOnlyActiveCopyrightReviewPoints() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            _ = try await world.rpd("Eyes")
            _ = try await world.rpd("Off", kind: "COPYRIGHT_REVIEW", isActive: false)
            _ = try await world.rpd("Notice", kind: "COPYRIGHT_REVIEW")
            let started = try await ReviewStore(pool: pool).start(
                viewer: world.member, subtaskID: try await world.subtask(), selection: .copyrightCheck, mode: "SPEED")
            let titles = try await pool.query(
                """
                select versions.title
                from review_outcomes as outcomes
                join rpd_versions as versions on versions.id = outcomes.rpd_version_id
                where outcomes.review_id = \(started.reviewID)
                """)
            #expect(titles.map { $0.string(0) } == ["Notice"])
        }
    }

    @Test func startingAndCancellingTellTheReviewAndTheProject() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = ReviewStore(pool: pool)
            let started = try await store.start(
                viewer: world.member, subtaskID: try await world.subtask(),
                selection: .rpds([try await world.rpd(), try await world.rpd("Ears")]), mode: "SPEED")
            try await store.cancel(viewer: world.member, reviewID: started.reviewID)
            try await store.cancel(viewer: world.member, reviewID: started.reviewID)
            let events = EventStore(pool: pool)
            let review = try await events.read(.review(started.reviewID), after: 0)
            #expect(review.map { $0.payload["status"]?.string } == ["PENDING", "CANCELLED", "CANCELLED", "CANCELLED"])
            #expect(review.last?.kind == .reviewStatusChanged)
            #expect(review.map(\.id) == review.map(\.id).sorted())
            let project = try await events.read(.projectReviews(world.projectID), after: 0)
            #expect(project.map { $0.payload["status"]?.string } == ["PENDING", "CANCELLED"])
            #expect(try await world.text("select status from jobs") == "CANCELLED")
        }
    }

    @Test func aStrangerFindsNoSubtaskReviewOrFinding() async throws {
        try await withTestDatabase { pool in
            let world = try await World.make(pool)
            let store = ReviewStore(pool: pool)
            let subtaskID = try await world.subtask()
            let rpdID = try await world.rpd()
            let started = try await store.start(
                viewer: world.member, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
            #expect(
                await code {
                    _ = try await store.start(
                        viewer: world.stranger, subtaskID: subtaskID, selection: .rpds([rpdID]), mode: "SPEED")
                } == .notFound)
            #expect(
                await code { try await store.cancel(viewer: world.stranger, reviewID: started.reviewID) } == .notFound)
            #expect(try await world.text("select status from reviews") == "PENDING")
            #expect(
                await code {
                    try await FindingStore(pool: pool).hold(viewer: world.stranger, findingID: UUID(), isHeld: true)
                }
                    == .notFound)
        }
    }
}
