public import EventLoop
import Synchronization

/// A Postgres of this program's own: made, started and stopped with it, reachable over a socket in its directory only.
///
/// The first process that starts it starts the server; others that come meanwhile join it, and the last one stops it. If
/// that is killed, the server runs on, and the next start takes it over. All methods may be called from any thread.
public final class EmbeddedPostgres: Sendable {
    /// Where it lives and how it runs.
    public struct Configuration: Sendable {
        /// Everything lies below: `cluster/`, `socket/`, `postgres.log`, two locks.
        ///
        /// An absolute path.
        public var directory: String
        /// The database superuser.
        public var superuser = "postgres"
        /// The system's user that Postgres runs as when this process is root.
        public var systemUser = "postgres"
        /// Settings of `postgresql.conf` beyond the built-in ones, which they replace.
        public var settings: [String: String] = [:]
        /// How long a start may take, crash recovery included.
        public var startTimeout: Duration = .seconds(120)
        /// Nothing is synced to disk: for tests.
        public var isThrowaway = false

        /// Takes defaults for all but the place.
        public init(directory: String) { self.directory = directory }
    }

    /// How a start went.
    public enum Start: String, Sendable {
        /// A new, empty cluster was made and started.
        case created
        /// The cluster was there and was started.
        case started
        /// Its server was still running, left by a process that was killed.
        case adopted
        /// Another live process uses the server; this one uses it too.
        case joined
    }

    /// As given.
    public let configuration: Configuration
    private let running = Mutex<Running?>(nil)

    /// What must be remembered between start and stop.
    private struct Running {
        let cluster: PostgresCluster
        let use: SharedUse
    }

    /// Makes an object that does nothing before `start`.
    public init(configuration: Configuration) { self.configuration = configuration }

    /// Makes the cluster if there is none and starts its server, or takes over or joins one that runs.
    @discardableResult
    public func start() async throws -> Start {
        let configuration = configuration
        let (start, started) = try await BlockingPool.shared.run("EmbeddedPostgres.start") {
            let cluster = try PostgresCluster(configuration)
            let (use, start) = try cluster.beginUse()
            return (start, Running(cluster: cluster, use: use))
        }
        running.withLock { $0 = started }
        return start
    }

    /// Stops the server, unless other processes use it: then the last of them does.
    ///
    /// Idempotent.
    public func stop() async throws {
        guard
            let running = running.withLock({ running in
                defer { running = nil }
                return running
            })
        else { return }
        // A cancelled task must stop its server too.
        try await Task {
            try await BlockingPool.shared.run("EmbeddedPostgres.stop") {
                try running.use.end(stop: running.cluster.stop)
            }
        }.value
    }

    /// How to connect to one of its databases.
    public func connectionConfiguration(database: String) throws -> ConnectionConfiguration {
        try ConnectionConfiguration(
            socketDirectory: PostgresCluster.socketDirectory(for: configuration.directory),
            user: configuration.superuser, database: database)
    }

    /// Creates a database unless it exists.
    public func ensureDatabase(_ name: String, loop: Loop) async throws {
        let administration = try connectionConfiguration(database: "postgres")
        try await loop.run {
            try await Connection.with(loop: loop, configuration: administration) { connection in
                let known = try await connection.query("select 1 from pg_database where datname = \(name)")
                guard known.isEmpty else { return }
                do {
                    try await connection.query("create database \(identifier: name)")
                } catch let error as DatabaseError where error.sqlState == .duplicateDatabase {
                    // Another process was faster.
                    return
                }
            }
        }
    }
}
