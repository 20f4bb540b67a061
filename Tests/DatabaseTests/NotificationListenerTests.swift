import Database
import EventLoop
import TestSupport
import Testing

@Suite("Notification listener")
struct NotificationListenerTests {
    /// What a listener said, as words; on one loop.
    private final class Log {
        var words: [String] = []

        func add(_ event: NotificationListener.Event) {
            switch event {
            case .connected(let isReconnection): words.append(isReconnection ? "reconnected" : "connected")
            case .notification(let notification): words.append("\(notification.channel)=\(notification.payload)")
            case .disconnected: words.append("disconnected")
            }
        }
    }

    private static func withListener(
        _ body: @escaping @Sendable (ConnectionPool, NotificationListener, LoopBound<Log>) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.create()
        try await withPool(database) { pool in
            let log = LoopBound(Log(), loop: pool.loop)
            let listener = NotificationListener(
                loop: pool.loop, configuration: database, channels: ["events", "Odd \"name\""],
                backoff: Backoff(initial: .milliseconds(1), maximum: .milliseconds(10))
            ) { log.value.add($0) }
            try await listener.start()
            do {
                try await body(pool, listener, log)
            } catch {
                await listener.stop()
                throw error
            }
            await listener.stop()
        }
    }

    private static func wait(_ pool: ConnectionPool, until isTrue: () -> Bool) async throws {
        while !isTrue() { try await pool.loop.sleep(for: .milliseconds(1)) }
    }

    @Test("Notifications arrive in order, from odd channels too, and none from others")
    func arrive() async throws {
        try await Self.withListener { pool, _, log in
            for number in 1...3 { try await pool.query("select pg_notify('events', \("\(number)"))") }
            try await pool.query("notify elsewhere, 'no'")
            try await pool.query("notify \"Odd \"\"name\"\"\"")
            try await Self.wait(pool) { log.value.words.count >= 5 }
            #expect(log.value.words == ["connected", "events=1", "events=2", "events=3", "Odd \"name\"="])
        }
    }

    @Test("A notification comes at the commit, and never after a rollback")
    func transactional() async throws {
        try await Self.withListener { pool, _, log in
            _ = try? await pool.withTransaction { transaction in
                try await transaction.query("select pg_notify('events', 'lost')")
                throw Refused()
            }
            try await pool.withTransaction { try await $0.query("select pg_notify('events', 'kept')") }
            try await Self.wait(pool) { log.value.words.count >= 2 }
            #expect(log.value.words == ["connected", "events=kept"])
        }
    }

    @Test("After its session was ended it listens again and says so, so that what was missed can be read")
    func reconnects() async throws {
        try await Self.withListener { pool, _, log in
            for round in 1...3 {
                try await pool.query(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and query like 'listen %'
                    """)
                try await Self.wait(pool) { log.value.words.filter { $0 == "reconnected" }.count == round }
                try await pool.query("select pg_notify('events', \("after \(round)"))")
                try await Self.wait(pool) { log.value.words.last == "events=after \(round)" }
            }
            let round = ["disconnected", "reconnected"]
            #expect(
                log.value.words == ["connected"] + round + ["events=after 1"] + round + ["events=after 2"] + round
                    + ["events=after 3"])
        }
    }

    @Test("After a stop nothing is said any more, and the session is gone")
    func stops() async throws {
        try await Self.withListener { pool, listener, log in
            await listener.stop()
            try await pool.query("select pg_notify('events', 'late')")
            let sessions: SQL =
                "select 1 from pg_stat_activity where datname = current_database() and query like 'listen %'"
            while try await !pool.query(sessions).isEmpty {}
            #expect(log.value.words == ["connected"])
        }
    }

    @Test("A start without a server fails with place and reason")
    func failedStart() async throws {
        try await withLoop { loop in
            let listener = NotificationListener(
                loop: loop, configuration: try ConnectionConfiguration(url: "postgres://127.0.0.1:1/d"),
                channels: ["x"]
            ) { _ in }
            await #expect {
                try await listener.start()
            } throws: {
                ($0 as? DatabaseError)?.message.contains("127.0.0.1:1") == true
            }
        }
    }
}
