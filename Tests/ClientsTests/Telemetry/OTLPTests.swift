import EventLoop
import JSON
import Synchronization
import TestSupport
import Testing
import Tracing

@testable import Clients

@Suite("Spans on their way to a collector (OTLP over HTTP, JSON)", .timeLimit(.minutes(15)))
struct OTLPTests {
    @Test("A span is written with hexadecimal ids, integers as text and enumerations as numbers")
    func encoding() throws {
        let spans = Mutex<[FinishedSpan]>([])
        let tracer = OTLPTracer(sampling: .all) { span in spans.withLock { $0.append(span) } }
        let root = tracer.startSpan("POST /graphql", context: .topLevel, ofKind: .server)
        root.attributes["http.response.status_code"] = 500
        root.attributes["ok"] = true
        root.attributes["ratio"] = 0.5
        root.attributes["list"] = ["a", "b"]
        root.setStatus(SpanStatus(code: .error, message: "boom"))
        let child = tracer.startSpan("SELECT", context: root.context, ofKind: .client)
        child.recordError(CancellationError())
        child.end()
        root.end()
        root.end()
        let encoder = OTLPEncoder(resource: [("service.name", "test")])
        let value = try JSONReader.read(encoder.encode(spans.withLock { $0 }))
        let resource = try #require(value["resourceSpans"]?[0])
        #expect(resource["resource"]?["attributes"]?[0] == ["key": "service.name", "value": ["stringValue": "test"]])
        let list = try #require(resource["scopeSpans"]?[0]?["spans"]?.array)
        #expect(list.count == 2, "a span ends once")
        let (inner, outer) = (list[0], list[1])
        #expect(outer["traceId"]?.string?.count == 32)
        #expect(inner["traceId"] == outer["traceId"])
        #expect(inner["parentSpanId"] == outer["spanId"])
        #expect(outer["parentSpanId"] == nil)
        #expect(outer["kind"] == 2 && inner["kind"] == 3)
        #expect(outer["status"] == ["code": 2, "message": "boom"])
        #expect(outer["startTimeUnixNano"]?.string.flatMap(UInt64.init) != nil)
        let attributes = try #require(outer["attributes"]?.array)
        #expect(attributes.contains(["key": "http.response.status_code", "value": ["intValue": "500"]]))
        #expect(attributes.contains(["key": "ok", "value": ["boolValue": true]]))
        #expect(attributes.contains(["key": "ratio", "value": ["doubleValue": 0.5]]))
        #expect(
            attributes.contains([
                "key": "list", "value": ["arrayValue": ["values": [["stringValue": "a"], ["stringValue": "b"]]]],
            ]))
        #expect(inner["events"]?[0]?["name"] == "exception")
    }

    @Test("Who is asked not to record a trace does not, and passes that on")
    func unsampled() throws {
        let tracer = OTLPTracer(sampling: .all) { _ in Issue.record("a span was recorded") }
        var context = ServiceContext.topLevel
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
        tracer.extract(["traceparent": parent], into: &context, using: Fields())
        let span = tracer.startSpan("a", context: context, ofKind: .server)
        #expect(!span.isRecording)
        span.end()
        var carrier: [String: String] = [:]
        tracer.inject(span.context, into: &carrier, using: Fields())
        #expect(carrier["traceparent"]?.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") == true)
        #expect(carrier["traceparent"]?.hasSuffix("-00") == true)
    }

    @Test(
        "A batch is tried again only after answers that ask for it",
        arguments: [
            (200, nil, ExportOutcome.accepted(rejected: 0)), (400, nil, .dropped), (404, nil, .dropped),
            (500, nil, .dropped), (429, "7", .retry(after: .seconds(7))), (502, nil, .retry(after: nil)),
            (503, "soon", .retry(after: nil)), (504, nil, .retry(after: nil)),
        ] as [(Int, String?, ExportOutcome)])
    func outcomes(status: Int, retryAfter: String?, outcome: ExportOutcome) {
        #expect(ExportOutcome(status: status, retryAfter: retryAfter, rejected: 0) == outcome)
    }

    @Test("Waits grow, within limits")
    func delays() {
        #expect(ExportOutcome.delay(beforeRetry: 1, asked: nil, random: 1) == .seconds(1))
        #expect(ExportOutcome.delay(beforeRetry: 3, asked: nil, random: 0) == .seconds(2))
        #expect(ExportOutcome.delay(beforeRetry: 60, asked: nil, random: 1) == .seconds(30))
        #expect(ExportOutcome.delay(beforeRetry: 1, asked: .seconds(3_600), random: 1) == .seconds(60))
    }

    @Test("The rest is sent at the end; a full queue drops and counts")
    func flushing() async throws {
        let bodies = Mutex<[[UInt8]]>([])
        try await withLoop { loop in
            var configuration = OTLPConfiguration(url: "unused")
            configuration.queueLimit = 3
            let exporter = OTLPExporter(loop: loop, configuration: configuration) { body in
                bodies.withLock { $0.append(body) }
                return OTLPExporter.Answer(status: 200, body: Array("{}".utf8))
            }
            let tracer = OTLPTracer(exporter: exporter)
            for _ in 0..<5 { tracer.startSpan("a", context: .topLevel, ofKind: .internal).end() }
            await exporter.stop()
            #expect(exporter.counts == OTLPExporter.Counts(exported: 3, dropped: 2))
        }
        #expect(bodies.withLock { $0.count } == 1)
    }

    @Test("A full batch leaves at once, and an answer of 503 is followed by another attempt")
    func retrying() async throws {
        let statuses = Mutex<[Int]>([503, 200])
        let problems = Mutex<[String]>([])
        try await withLoop { loop in
            var configuration = OTLPConfiguration(url: "unused")
            configuration.batchSize = 2
            configuration.interval = .seconds(600)
            let (sent, signal) = AsyncStream.makeStream(of: Int.self)
            let exporter = OTLPExporter(
                loop: loop, configuration: configuration,
                post: { _ in
                    let status = statuses.withLock { $0.removeFirst() }
                    signal.yield(status)
                    return OTLPExporter.Answer(status: status, retryAfter: "0")
                }, problem: { text in problems.withLock { $0.append(text) } })
            exporter.start()
            let tracer = OTLPTracer(exporter: exporter)
            for _ in 0..<2 { tracer.startSpan("a", context: .topLevel, ofKind: .internal).end() }
            var seen: [Int] = []
            for await status in sent {
                seen.append(status)
                if seen.count == 2 { break }
            }
            #expect(seen == [503, 200])
            await exporter.stop()
        }
        #expect(problems.withLock { $0.isEmpty })
    }

    @Test("The environment's variables say where, how and how much; without an endpoint nothing is traced")
    func configuration() throws {
        #expect(OTLPConfiguration { _ in nil } == nil)
        let values = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318/", "OTEL_EXPORTER_OTLP_HEADERS": "api-key=x, b=y",
            "OTEL_SERVICE_NAME": "api", "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": "0.25", "OTEL_EXPORTER_OTLP_TIMEOUT": "2500",
            "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=test",
        ]
        let configuration = try #require(OTLPConfiguration { values[$0] })
        #expect(configuration.url == "http://127.0.0.1:4318/v1/traces")
        #expect(configuration.headers.map(\.name) == ["api-key", "b"])
        #expect(configuration.sampling == .ratio(0.25))
        #expect(configuration.timeout == .milliseconds(2_500))
        #expect(configuration.resource.map(\.0) == ["service.name", "deployment.environment"])
    }

    private struct Fields: Injector, Extractor {
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    }
}
