import CoreMetrics
import Testing

@testable import Server

@Suite("Metrics and their text for Prometheus")
struct MetricsRegistryTests {
    @Test("A counter, a gauge and a histogram of swift-metrics become lines with their labels")
    func kinds() async {
        let registry = MetricsRegistry()
        Counter(label: "graphql_errors_total", dimensions: [("code", "NOT_FOUND")], factory: registry).increment(by: 3)
        Meter(label: "http_server_active_requests", factory: registry).set(2)
        let timer = Timer(
            label: "http_server_request_duration_seconds", dimensions: [("http_route", "/graphql")], factory: registry)
        timer.recordNanoseconds(4_000_000)
        timer.recordNanoseconds(300_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let lines = await lines(of: registry)
        #expect(lines.contains(#"graphql_errors_total{code="NOT_FOUND"} 3"#))
        #expect(lines.contains("http_server_active_requests 2"))
        let name = "http_server_request_duration_seconds"
        #expect(lines.contains(#"\#(name)_bucket{http_route="/graphql",le="0.005"} 1"#))
        #expect(lines.contains(#"\#(name)_bucket{http_route="/graphql",le="0.25"} 1"#))
        #expect(lines.contains(#"\#(name)_bucket{http_route="/graphql",le="0.5"} 2"#))
        #expect(lines.contains(#"\#(name)_bucket{http_route="/graphql",le="+Inf"} 3"#))
        #expect(lines.contains(#"\#(name)_count{http_route="/graphql"} 3"#))
        #expect(lines.contains { $0.hasPrefix(#"\#(name)_sum{http_route="/graphql"} 60.30"#) })
    }

    @Test("A value on a bucket's bound belongs to the bucket")
    func bounds() {
        let cell = HistogramCell(bounds: [1, 2])
        for value in [1.0, 1.5, 2, 2.1] { cell.record(value) }
        #expect(cell.snapshot.cumulative == [1, 3, 4])
        #expect(cell.snapshot.sum == 6.6)
    }

    @Test("Handles with the same labels count together, and a family is shown once with its type")
    func sharing() async {
        let registry = MetricsRegistry()
        for _ in 0..<3 {
            Counter(label: "graphql_errors_total", dimensions: [("code", "A")], factory: registry).increment()
        }
        Counter(label: "graphql_errors_total", dimensions: [("code", "B")], factory: registry).increment()
        let lines = await lines(of: registry)
        #expect(lines.filter { $0.hasPrefix("# TYPE graphql_errors_total") } == ["# TYPE graphql_errors_total counter"])
        #expect(lines.filter { $0.hasPrefix("graphql_errors_total") }.count == 2)
        #expect(lines.contains(#"graphql_errors_total{code="A"} 3"#))
    }

    @Test("Label values cannot break out of their quotes or their line")
    func escaping() {
        #expect(ExpositionText.labels([("a", "x\"\\\n")]) == #"{a="x\"\\\n"}"#)
        #expect(ExpositionText.labels([]).isEmpty)
    }

    @Test(
        "Numbers are written as the format wants them",
        arguments: [(1.0, "1"), (0.5, "0.5"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN")])
    func numbers(value: Double, text: String) {
        #expect(ExpositionText.number(value) == text)
    }

    @Test("Labels that clients choose cannot fill the memory")
    func cardinality() async {
        let registry = MetricsRegistry()
        for number in 0..<(MetricsRegistry.maximumSeries + 500) {
            Counter(label: "graphql_errors_total", dimensions: [("code", "\(number)")], factory: registry).increment()
        }
        let lines = await lines(of: registry)
        #expect(lines.filter { $0.hasPrefix("graphql_errors_total") }.count == MetricsRegistry.maximumSeries + 1)
        #expect(lines.contains(#"graphql_errors_total{code="other"} 500"#))
    }

    @Test("Increments from many threads are all counted")
    func concurrency() async {
        let counter = CounterCell()
        let histogram = HistogramCell(bounds: [1])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.increment(by: Int64(1))
                        histogram.record(0.5)
                    }
                }
            }
        }
        #expect(counter.value == 80_000)
        #expect(histogram.snapshot.sum == 40_000)
    }

    @Test("Collectors run before the text is made")
    func collectors() async {
        let registry = MetricsRegistry()
        let gauge = registry.gauge("http_server_active_requests")
        registry.collect { gauge.set(Int64(7)) }
        #expect(await lines(of: registry).contains("http_server_active_requests 7"))
    }

    @Test("The process shows its memory, its descriptors and its start")
    func process() async throws {
        let registry = MetricsRegistry()
        registry.observeProcess(version: "1.2.3")
        let lines = await lines(of: registry)
        #expect(lines.contains(#"build_info{version="1.2.3"} 1"#))
        func value(_ name: String) throws -> Double {
            let line = try #require(lines.first { $0.hasPrefix("\(name) ") })
            return try #require(Double(line.dropFirst(name.count + 1)))
        }
        #expect(try value("process_resident_memory_bytes") > 1_000_000)
        #expect(try value("process_open_fds") > 2)
        #expect(try value("process_max_fds") > 10)
        #expect(try value("process_start_time_seconds") > 1_600_000_000)
        #expect(try value("process_cpu_seconds_total") > 0)
    }

    @Test(
        "Paths become as many labels as there are routes",
        arguments: [
            ("/graphql", "/graphql"), ("/files/a/b", "/files/{key}"), ("/uploads/x", "/uploads/{ticket}"),
            ("/wp-admin", "other"), ("/graphiql/a.js", "/graphiql/{file}"),
        ])
    func routes(path: String, label: String) {
        #expect(HTTPRoute.name(of: path) == label)
    }

    @Test(
        "Statements are named by their first word",
        arguments: [("select 1", "select"), ("\n  with a as (", "with"), ("vacuum", "other"), ("commit", "commit")])
    func statements(text: String, name: String) {
        #expect(StatementName.of(text) == name)
    }

    private func lines(of registry: MetricsRegistry) async -> [Substring] {
        String(decoding: await registry.exposition(), as: UTF8.self).split(separator: "\n")
    }
}
