import CoreMetrics
import EventLoop

/// The handles of one loop: what its requests, operations and statements are recorded with.
///
/// Confined to the loop, so that handles are found in plain dictionaries; the numbers behind them are shared by all.
public final class ServerMetrics: @unchecked Sendable {  // Reason: confined to its loop.
    private struct HTTPLabels: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private let registry: MetricsRegistry
    /// Names of clients whose requests are counted by name and version; a stranger's name is no label.
    private let clients: Set<String>
    private var requests: [HTTPLabels: Timer] = [:]
    private var operations: [String: Timer] = [:]
    private var errors: [String: Counter] = [:]
    private var clientRequests: [String: Counter] = [:]
    private var statements: [String: Timer] = [:]
    private let poolWait: Timer
    private let batchSize: Recorder
    private let events: Counter

    /// The handles of one loop.
    public init(registry: MetricsRegistry, clients: Set<String> = []) {
        self.registry = registry
        self.clients = clients
        poolWait = Timer(label: "db_pool_wait_seconds", factory: registry)
        batchSize = Recorder(label: "graphql_loader_batch_size", factory: registry)
        events = Counter(label: "graphql_subscription_events_total", factory: registry)
    }

    /// An HTTP request was answered or abandoned; the latter counts with the status 499.
    public func recordRequest(_ access: HTTPAccess) {
        let labels = HTTPLabels(
            method: HTTPRoute.method(access.request.method), route: HTTPRoute.name(of: access.request.path),
            status: access.status ?? 499)
        let timer =
            requests[labels]
            ?? make(&requests, labels) {
                Timer(
                    label: "http_server_request_duration_seconds",
                    dimensions: [
                        ("http_request_method", labels.method), ("http_route", labels.route),
                        ("http_response_status_code", String(labels.status)),
                    ], factory: registry)
            }
        timer.recordNanoseconds(access.duration.wholeNanoseconds)
        if labels.route == "/graphql" { countClient(access.request.headers) }
    }

    /// A GraphQL operation ended.
    public func recordOperation(_ type: String, duration: Duration, errorCodes: [String]) {
        let timer =
            operations[type]
            ?? make(&operations, type) {
                Timer(
                    label: "graphql_request_duration_seconds", dimensions: [("operation_type", type)],
                    factory: registry)
            }
        timer.recordNanoseconds(duration.wholeNanoseconds)
        recordErrors(errorCodes)
    }

    /// GraphQL errors went out.
    public func recordErrors(_ codes: [String]) {
        for code in codes {
            let counter =
                errors[code]
                ?? make(&errors, code) {
                    Counter(label: "graphql_errors_total", dimensions: [("code", code)], factory: registry)
                }
            counter.increment()
        }
    }

    /// A data loader fetched a batch.
    public func recordBatch(keys: Int) { batchSize.record(keys) }

    /// An event went to this many subscriptions.
    public func recordEvent(subscriptions: Int) { events.increment(by: subscriptions) }

    /// An SQL statement was answered.
    public func recordStatement(_ text: String, duration: Duration) {
        let name = StatementName.of(text)
        let timer =
            statements[name]
            ?? make(&statements, name) {
                Timer(
                    label: "db_client_operation_duration_seconds", dimensions: [("db_operation_name", name)],
                    factory: registry)
            }
        timer.recordNanoseconds(duration.wholeNanoseconds)
    }

    /// A statement or a transaction got its connection after a wait.
    public func recordPoolWait(_ duration: Duration) { poolWait.recordNanoseconds(duration.wholeNanoseconds) }

    /// Makes a handle and keeps it; what clients can vary is bounded here as it is in the registry.
    private func make<Key, Handle>(_ known: inout [Key: Handle], _ key: Key, _ body: () -> Handle) -> Handle {
        let handle = body()
        if known.count < MetricsRegistry.maximumSeries { known[key] = handle }
        return handle
    }

    /// Apollo's header names, which other clients send too.
    private func countClient(_ headers: HTTPHeaders) {
        guard !clients.isEmpty, let name = headers["apollographql-client-name"], clients.contains(name) else { return }
        let version = headers["apollographql-client-version"].map { String($0.prefix(32)) } ?? ""
        let counter =
            clientRequests["\(name)\n\(version)"]
            ?? make(&clientRequests, "\(name)\n\(version)") {
                Counter(
                    label: "graphql_client_requests_total",
                    dimensions: [("client_name", name), ("client_version", version)], factory: registry)
            }
        counter.increment()
    }
}

/// Paths as labels: as many as there are routes, whatever clients ask for.
enum HTTPRoute {
    static func name(of path: String) -> String {
        switch path {
        case "/graphql", "/graphiql", "/healthz", "/readyz", "/metrics", "/schema", "/schema.graphql", "/": path
        case _ where path.hasPrefix("/files/"): "/files/{key}"
        case _ where path.hasPrefix("/uploads/"): "/uploads/{ticket}"
        case _ where path.hasPrefix("/graphql/"): "/graphql/{rest}"
        case _ where path.hasPrefix("/graphiql/"): "/graphiql/{file}"
        default: "other"
        }
    }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]

    static func method(_ method: String) -> String { methods.contains(method) ? method : "_OTHER" }
}

/// The first word of a statement as a label.
enum StatementName {
    private static let known: [String] = [
        "select", "insert", "update", "delete", "with", "begin", "commit", "rollback", "listen",
    ]

    static func of(_ text: String) -> String {
        // Statements are literals of ours, in lower case.
        let text = text.utf8.drop { $0 == 0x20 || $0 == 0x0A }
        return known.first { text.starts(with: $0.utf8) } ?? "other"
    }
}
