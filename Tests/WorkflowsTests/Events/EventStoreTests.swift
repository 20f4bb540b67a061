import Database
import EventLoop
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Workflows

@Suite struct EventStoreTests {
    private let topic = Topic(name: "test")

    @Test func readingGoesOnAfterAnIdInOrder() async throws {
        try await withTestDatabase { pool in
            let store = EventStore(pool: pool)
            let ids = try await pool.withTransaction { transaction in
                var ids: [Int] = []
                for number in 0..<5 {
                    let payload: JSONValue = ["number": .int(Int64(number))]
                    ids.append(
                        try await EventStore.append(.reviewStatusChanged, payload, to: topic, in: transaction))
                }
                return ids
            }
            let events = try await store.read(topic, after: ids[1])
            #expect(events.map(\.id) == Array(ids[2...]))
            #expect(events.map { $0.payload["number"]?.int } == [2, 3, 4])
            #expect(try await store.read(topic, after: ids[1], limit: 2).count == 2)
            #expect(try await store.newestID(of: topic) == ids[4])
            #expect(try await store.newestID(of: Topic(name: "nothing")) == 0)
        }
    }

    /// Without the lock of `append_event` the second transaction would commit the higher id first, and a reader that
    /// has seen it would never come back for the lower one.
    @Test func aTransactionWaitsForAnEarlierOneOfTheSameTopicAndSoIdsAppearInOrder() async throws {
        try await withTestDatabase { pool in
            let store = EventStore(pool: pool)
            let (firstAppended, firstHasAppended) = AsyncStream.makeStream(of: Void.self)
            let (mayCommit, letCommit) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    try await pool.withTransaction { transaction in
                        let id = try await EventStore.append(.reviewStatusChanged, [:], to: topic, in: transaction)
                        firstHasAppended.yield()
                        for await _ in mayCommit { break }
                        return id
                    }
                }
                for await _ in firstAppended { break }
                group.addTask {
                    try await pool.withTransaction { transaction in
                        try await EventStore.append(.reviewStatusChanged, [:], to: topic, in: transaction)
                    }
                }
                // The second one is seen waiting for the advisory lock of the first.
                while try await pool.query("select 1 from pg_locks where locktype = 'advisory' and not granted").isEmpty
                {
                    try await pool.loop.sleep(for: .milliseconds(1))
                }
                #expect(try await store.read(topic, after: 0).isEmpty)
                letCommit.yield()
                let ids = try await group.reduce(into: []) { $0.append($1) }
                #expect(ids == ids.sorted())
            }
        }
    }

    @Test func areaderThatFollowsManyWritersMissesNothing() async throws {
        try await withListener { pool, listener in
            let store = EventStore(pool: pool)
            let (signals, signal) = AsyncStream.makeStream(of: Int.self)
            let subscription = listener.subscribe { heard in
                if case .event(let id, topic) = heard { signal.yield(id) }
            }
            let seen = try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for number in 0..<20 {
                            try await pool.withTransaction { transaction in
                                _ = try await EventStore.append(
                                    .reviewStatusChanged, ["n": .int(Int64(writer * 100 + number))], to: topic,
                                    in: transaction)
                            }
                        }
                    }
                }
                var seen: [Event] = []
                for await _ in signals {
                    seen += try await store.read(topic, after: seen.last?.id ?? 0)
                    if seen.count >= 120 { break }
                }
                try await group.waitForAll()
                return seen
            }
            listener.unsubscribe(subscription)
            #expect(seen.count == 120)
            #expect(Swift.Set(seen.compactMap { $0.payload["n"]?.int }).count == 120)
            #expect(seen.map(\.id) == seen.map(\.id).sorted())
        }
    }

    @Test func aTransactionThatIsRolledBackTellsNobody() async throws {
        struct Stop: Error {}
        try await withTestDatabase { pool in
            await #expect(throws: Stop.self) {
                try await pool.withTransaction { transaction in
                    try await EventStore.append(.reviewStatusChanged, [:], to: topic, in: transaction)
                    throw Stop()
                }
            }
            let events = try await EventStore(pool: pool).read(topic, after: 0)
            #expect(events.isEmpty)
        }
    }

    @Test func afterALostConnectionEveryReceiverIsToldToLookAgain() async throws {
        try await withListener { pool, listener in
            let (signals, signal) = AsyncStream.makeStream(of: EventListener.Signal.self)
            let subscription = listener.subscribe { signal.yield($0) }
            _ = try await pool.query(
                """
                select pg_terminate_backend(pid)
                from pg_stat_activity
                where datname = current_database()
                and query ilike 'listen%'
                """)
            for await heard in signals {
                #expect(heard == .resync)
                break
            }
            // The new connection listens again.
            try await pool.withTransaction { transaction in
                _ = try await EventStore.append(.reviewStatusChanged, [:], to: topic, in: transaction)
            }
            for await heard in signals {
                guard case .event(_, topic) = heard else { Issue.record("heard \(heard)"); break }
                break
            }
            listener.unsubscribe(subscription)
        }
    }
}
