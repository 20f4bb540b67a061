// What lies below the server and is told by the program: connections, jobs, and what went for good.

/// The connections of one loop's pool.
public struct PoolGauges: Sendable {
    private let idle, used, pending: GaugeCell

    /// The gauges of a loop.
    public init(registry: MetricsRegistry, loop: String) {
        let loop = ("loop", loop)
        idle = registry.gauge("db_client_connections_usage", [loop, ("state", "idle")])
        used = registry.gauge("db_client_connections_usage", [loop, ("state", "used")])
        pending = registry.gauge("db_client_pending_requests", [loop])
    }

    /// Connections that are open and lent to nobody, those that a transaction has, and who waits for one.
    public func show(idle: Int, used: Int, waiting: Int) {
        self.idle.set(Int64(idle))
        self.used.set(Int64(used))
        pending.set(Int64(waiting))
    }
}

/// The queue of jobs, and how long jobs run.
public struct JobGauges: Sendable {
    private let registry: MetricsRegistry
    private static let kinds = ["review", "export"]
    private static let states = ["QUEUED", "RUNNING", "DEAD"]

    /// The gauges.
    public init(registry: MetricsRegistry) { self.registry = registry }

    /// Shows how many jobs there are; nil: nobody knows.
    public func show(_ depths: [(kind: String, state: String, count: Int)]?) {
        let known = Dictionary((depths ?? []).map { ("\($0.kind) \($0.state)", $0.count) }) { $1 }
        // All of them every time: a series that vanishes keeps its last value on dashboards.
        for kind in Set(Self.kinds + (depths ?? []).map(\.kind)).sorted() {
            for state in Self.states {
                let gauge = registry.gauge("job_queue_depth", [("kind", kind), ("state", state.lowercased())])
                gauge.set(depths == nil ? Double.nan : Double(known["\(kind) \(state)"] ?? 0))
            }
        }
    }

    /// One attempt of a job ended.
    public func recordRun(kind: String, outcome: String, duration: Duration) {
        registry.histogram("job_run_duration_seconds", [("kind", kind), ("outcome", outcome)])
            .record(duration.inSeconds)
    }
}

/// What went for good because it had been deleted for long enough.
public struct PurgeCounters: Sendable {
    private let registry: MetricsRegistry

    /// The counters.
    public init(registry: MetricsRegistry) { self.registry = registry }

    /// Rows of a table are gone.
    public func record(table: String, rows: Int) {
        registry.counter("purged_rows_total", [("table", table)]).increment(by: Int64(rows))
    }
}
