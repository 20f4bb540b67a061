// Every family of metrics that this program has: one table, so that a name, its unit and its buckets are said once.

/// A family of the Prometheus exposition: all samples that have one name.
struct MetricFamily: Sendable {
    /// What a family measures.
    enum Kind: String {
        case counter, gauge, histogram
    }

    let name: String
    let kind: Kind
    let help: String
    /// Upper bounds of a histogram's buckets in the family's unit, without the infinite one.
    var buckets: [Double] = []

    /// Seconds, as the OpenTelemetry conventions advise for `http.server.request.duration`.
    private static let seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
    /// Seconds, for what is over before a request is.
    private static let shortSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
    /// Seconds, for jobs.
    private static let longSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800]
    private static let counts: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]

    private static func histogram(_ name: String, _ help: String, _ buckets: [Double]) -> MetricFamily {
        MetricFamily(name: name, kind: .histogram, help: help, buckets: buckets)
    }

    private static func counter(_ name: String, _ help: String) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help)
    }

    private static func gauge(_ name: String, _ help: String) -> MetricFamily {
        MetricFamily(name: name, kind: .gauge, help: help)
    }

    /// The families in the order in which they are shown.
    static let all: [MetricFamily] = [
        histogram(
            "http_server_request_duration_seconds",
            "Duration of HTTP requests, from the head to the answer's last byte.",
            seconds),
        gauge("http_server_active_requests", "HTTP requests that are being answered."),
        gauge("http_server_connections", "Open connections by protocol."),
        histogram("graphql_request_duration_seconds", "Duration of GraphQL operations by type.", seconds),
        counter("graphql_errors_total", "GraphQL errors by code."),
        counter("graphql_client_requests_total", "GraphQL requests of the clients that are named at the start."),
        histogram("graphql_loader_batch_size", "Keys per batch of a data loader.", counts),
        gauge("graphql_active_subscriptions", "Subscriptions of clients."),
        gauge("graphql_subscription_streams", "Source streams, each shared by equal subscriptions."),
        counter("graphql_subscription_events_total", "Events that were sent to subscriptions."),
        histogram(
            "db_client_operation_duration_seconds", "Duration of SQL statements, from the call to the answer.",
            shortSeconds),
        histogram(
            "db_pool_wait_seconds", "How long statements and transactions waited for a connection.", shortSeconds),
        gauge("db_client_connections_usage", "Database connections by state."),
        gauge("db_client_pending_requests", "Statements and transactions that wait for a connection."),
        gauge("job_queue_depth", "Jobs by kind and state."),
        histogram("job_run_duration_seconds", "Duration of one attempt of a job, by kind and outcome.", longSeconds),
        counter("purged_rows_total", "Rows that went for good some time after people had deleted them, by table."),
        histogram("event_loop_lag_seconds", "How late a timer of the event loop fires.", shortSeconds),
        counter("event_loop_holds_total", "How often something held an event loop for too long."),
        counter("process_cpu_seconds_total", "User and system CPU time of the process."),
        gauge("process_resident_memory_bytes", "Resident memory of the process."),
        gauge("process_virtual_memory_bytes", "Virtual memory of the process."),
        gauge("process_open_fds", "Open file descriptors."),
        gauge("process_max_fds", "The limit of open file descriptors."),
        gauge("process_start_time_seconds", "When the process started, in seconds since 1970."),
        gauge("build_info", "Always 1; the labels tell the version."),
    ]
}
