import Database
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite struct JobStoreTests {
    private let kind = JobKind(rawValue: "test")

    private func enqueue(_ key: String, in pool: ConnectionPool) async throws -> UUID {
        try await pool.withTransaction { transaction in
            try await JobStore.enqueue(kind, key: key, payload: ["for": .string(key)], in: transaction)
        }
    }

    @Test func aKindAndKeyMakeOneJobHoweverOftenTheyAreAskedFor() async throws {
        try await withTestDatabase { pool in
            let first = try await enqueue("a", in: pool)
            let second = try await enqueue("a", in: pool)
            #expect(first == second)
            let other = try await enqueue("b", in: pool)
            #expect(other != first)
        }
    }

    @Test func workersThatClaimAtOnceShareTheJobs() async throws {
        try await withTestDatabase { pool in
            for number in 0..<20 { _ = try await enqueue(String(number), in: pool) }
            let store = JobStore(pool: pool)
            let claimed = try await withThrowingTaskGroup(of: [Job].self) { group in
                for worker in 0..<5 {
                    group.addTask {
                        try await store.claim(
                            kinds: [kind], worker: "w/\(worker)", lease: .seconds(10), limit: 6)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 20)
            #expect(Swift.Set(claimed.map(\.id)).count == 20)
            #expect(claimed.allSatisfy { $0.payload["for"]?.string == $0.key && $0.attempt == 1 })
        }
    }

    @Test func onlyTheHolderOfTheLeaseWritesTheEnd() async throws {
        try await withTestDatabase { pool in
            _ = try await enqueue("a", in: pool)
            let store = JobStore(pool: pool)
            let first = try #require(
                try await store.claim(kinds: [kind], worker: "w/1", lease: .zero, limit: 1).first)
            // The lease is over at once: another worker takes the job.
            let second = try #require(
                try await store.claim(kinds: [kind], worker: "w/2", lease: .seconds(10), limit: 1).first)
            #expect(second.id == first.id && second.attempt == 2 && second.leaseToken != first.leaseToken)
            let isWrittenByTheFirst = try await store.end(first, as: .completed)
            #expect(!isWrittenByTheFirst)
            let isRequeuedByTheFirst = try await store.requeue(
                first, after: .zero, reason: "late", countsAttempt: true)
            #expect(!isRequeuedByTheFirst)
            let held = try await store.extend(leases: [first.leaseToken, second.leaseToken], by: .seconds(10))
            #expect(held == [second.leaseToken: false])
            let isWrittenByTheSecond = try await store.end(second, as: .completed)
            #expect(isWrittenByTheSecond)
        }
    }

    @Test func aWaitingJobIsCancelledAtOnceAndARunningOneIsAsked() async throws {
        try await withTestDatabase { pool in
            let waiting = try await enqueue("waiting", in: pool)
            try await pool.withTransaction { try await JobStore.requestCancel(kind, key: "waiting", in: $0) }
            let status = try await pool.query("select status from jobs where id = \(waiting)")
            #expect(status.first?.string(0) == "CANCELLED")

            _ = try await enqueue("running", in: pool)
            let store = JobStore(pool: pool)
            let job = try #require(
                try await store.claim(kinds: [kind], worker: "w/1", lease: .seconds(10), limit: 1).first)
            try await pool.withTransaction { try await JobStore.requestCancel(kind, key: "running", in: $0) }
            let held = try await store.extend(leases: [job.leaseToken], by: .seconds(10))
            #expect(held == [job.leaseToken: true])
            // A worker that gives the job back after that ends it instead.
            try await store.requeue(job, after: .zero, reason: nil, countsAttempt: true)
            let left = try await store.claim(kinds: [kind], worker: "w/2", lease: .seconds(10), limit: 1)
            #expect(left.isEmpty)
        }
    }

    @Test func whatAnEarlierProcessOfTheSameNodeHeldIsTakenOverAtOnce() async throws {
        try await withTestDatabase { pool in
            _ = try await enqueue("mine", in: pool)
            let store = JobStore(pool: pool)
            _ = try await store.claim(kinds: [kind], worker: "node/before", lease: .seconds(600), limit: 1)
            _ = try await enqueue("other", in: pool)
            _ = try await store.claim(kinds: [kind], worker: "another/one", lease: .seconds(600), limit: 1)
            let count = try await store.reclaim(node: "node", except: "node/now")
            #expect(count == 1)
            let claimed = try await store.claim(kinds: [kind], worker: "node/now", lease: .seconds(10), limit: 9)
            #expect(claimed.map(\.key) == ["mine"])
            #expect(claimed.first?.attempt == 2)
        }
    }
}
