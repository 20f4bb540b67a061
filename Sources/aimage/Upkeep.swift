import Database
import EventLoop
import Logging
import Server
import Workflows

/// What is done regularly beside jobs, at once and every hour, by each process that runs jobs: on the pool's loop.
struct Upkeep: Sendable {
    private static let interval: Duration = .seconds(3600)
    private static let pauseAfterFailure: Duration = .seconds(60)

    let pool: ConnectionPool
    let uploads: UploadStore
    /// How long what people have deleted can be brought back; nil: for ever.
    let retention: Duration?
    let counters: PurgeCounters?
    let logger: Logger

    /// Goes on until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await regularly("what has expired stays") { try await deleteExpired() } }
            if let retention {
                let purge = Purge(pool: pool, retention: retention)
                group.addTask { await regularly("what was deleted stays") { try await self.purge(purge) } }
            }
        }
    }

    /// Files that were announced and never came, and tokens that have ended.
    private func deleteExpired() async throws {
        try await uploads.deleteExpired()
        try await ImportTokens.deleteExpired(pool)
        try await InvitationTokens.deleteExpired(pool)
    }

    private func purge(_ purge: Purge) async throws {
        for count in try await purge.run() {
            counters?.record(table: count.table, rows: count.rows)
            logger.info("deleted for good", metadata: ["table": "\(count.table)", "rows": "\(count.rows)"])
        }
    }

    private func regularly(_ failure: String, _ body: () async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await body()
                try await pool.loop.sleep(for: Self.interval)
            } catch {
                guard !Task.isCancelled else { return }
                logger.warning("\(failure)", metadata: ["error": "\(String(reflecting: error))"])
                // Cancelling ends the wait; that is seen above.
                try? await pool.loop.sleep(for: Self.pauseAfterFailure)
            }
        }
    }
}
