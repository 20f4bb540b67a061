import Clients
import EventLoop
import Foundation
import Logging
import Tracing

/// Traces of the process, on their way to a collector: on when `OTEL_EXPORTER_OTLP_ENDPOINT` is set.
///
/// It has a loop of its own, so that nothing it does delays a request.
struct TraceExport: Sendable {
    let tracer: OTLPTracer
    private let loop: Loop
    private let exporter: OTLPExporter
    private let client: HTTPClient

    /// Begins; nil when the environment names no collector.
    static func start(logger: Logger) async throws -> TraceExport? {
        guard let configuration = OTLPConfiguration(environment: Environment.value) else { return nil }
        let loop = try Loop(name: "traces")
        try loop.start()
        let client = try await loop.run {
            var options = HTTPClientConfiguration()
            // A collector is usually on the same machine, without a certificate.
            options.allowsPlainHTTP = true
            return try HTTPClient(loop: loop, configuration: options)
        }
        let exporter = OTLPExporter(
            loop: loop, configuration: configuration,
            post: { body in
                let answer = try await client.send(
                    HTTPClientRequest(
                        "POST", configuration.url,
                        headers: [("Content-Type", "application/json")] + configuration.headers, body: body,
                        deadline: configuration.timeout))
                return OTLPExporter.Answer(
                    status: answer.status, retryAfter: answer.header("retry-after"), body: answer.body)
            },
            problem: { logger.warning("traces were not exported", metadata: ["reason": "\($0)"]) })
        exporter.start()
        let tracer = OTLPTracer(sampling: configuration.sampling, exporter: exporter)
        InstrumentationSystem.bootstrap(tracer)
        return TraceExport(tracer: tracer, loop: loop, exporter: exporter, client: client)
    }

    /// Sends what waits and ends.
    func stop() async {
        await exporter.stop()
        // The body throws nothing.
        try? await loop.run { client.shutDown() }
        await loop.stop()
    }
}
