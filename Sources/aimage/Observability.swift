import ArgumentParser
import Clients
import Database
import EventLoop
import Server
import Synchronization
import Tracing
import Workflows

/// What the process measures and shows, wired to the parts that know it.
struct Observability: Sendable {
    let registry = MetricsRegistry()
    let page: MetricsPage
    /// Nil when nothing is traced.
    let tracing: RequestTracing?
    private let clients: Set<String>

    init(_ configuration: OperationsConfiguration, tracer: (any Tracer)? = nil) {
        tracing = tracer.map { RequestTracing(tracer: $0) }
        clients = configuration.metricsClients
        page = MetricsPage(registry: registry, allowed: configuration.metricsFrom)
        registry.observeProcess(version: Aimage.configuration.version)
    }

    /// The handles of a loop, which its pool uses from now on; on the loop.
    func observe(_ pool: ConnectionPool) -> ServerMetrics {
        let metrics = ServerMetrics(registry: registry, clients: clients)
        pool.onStatement = { metrics.recordStatement($0, duration: $1) }
        pool.onWait = { metrics.recordPoolWait($0) }
        if let tracing { pool.willRun = { Self.span(of: $0, tracing) } }
        let gauges = PoolGauges(registry: registry, loop: pool.loop.name)
        registry.collect {
            // Fails only when the scrape is given up; the gauges stay as they are then.
            guard let statistics = try? await pool.loop.run({ pool.statistics }) else { return }
            gauges.show(
                idle: statistics.openConnections - statistics.leasedConnections, used: statistics.leasedConnections,
                waiting: statistics.waiting)
        }
        return metrics
    }

    private static func span(of text: String, _ tracing: RequestTracing) -> ConnectionPool.StatementEnd? {
        // What nobody asked for in a trace (the worker's looks at its queue, for instance) would be a trace of its own.
        guard ServiceContext.current?.trace != nil else { return nil }
        let end = tracing.running(text)
        return { error in
            end(error.map { (($0 as? DatabaseError)?.sqlState?.rawValue, String(reflecting: type(of: $0))) })
        }
    }

    /// Begins to measure how late a loop is; on the loop.
    func measureLag(of loop: Loop) -> LoopLag {
        let lag = LoopLag(loop: loop, registry: registry)
        lag.start()
        return lag
    }

    /// Shows the queue of jobs; once per process, because it is the same for all.
    func observeJobs(of pool: ConnectionPool) {
        let gauges = JobGauges(registry: registry)
        registry.collect {
            // Without a database there is nothing to say about its queue.
            let depths = try? await pool.loop.run { try await JobStore(pool: pool).depths() }
            gauges.show(depths)
        }
    }

    /// A port of its own for metrics and health.
    func server(
        on loop: Loop, host: String, port: Int, sharesPort: Bool, readiness: @escaping Application.Readiness
    ) -> HTTPServer {
        var router = Router()
        MetricsPage(registry: registry, allowed: nil).add(to: &router)
        Application.addHealth(to: &router, readiness: readiness)
        var configuration = HTTPServerConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.sharesPort = sharesPort
        return router.server(loop: loop, configuration: configuration)
    }
}

/// Whether the server is about to stop; what `/readyz` says then.
final class DrainFlag: Sendable {
    private let flag = Atomic(false)

    var isDraining: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
