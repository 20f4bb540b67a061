/// Where spans go and how (OpenTelemetry's environment variables).
public struct OTLPConfiguration: Sendable {
    /// The address that batches are posted to.
    public var url: String
    /// More header fields, for a collector that asks for a key.
    public var headers: [(name: String, value: String)] = []
    /// How long one attempt may take.
    public var timeout: Duration = .seconds(10)
    /// Spans per request at most.
    public var batchSize = 512
    /// Spans that wait at most; more are dropped and counted.
    public var queueLimit = 2_048
    /// How long a span waits for others at most.
    public var interval: Duration = .seconds(5)
    /// How often a batch is tried.
    public var attempts = 5
    /// `service.name` and the like.
    public var resource: [(String, String)] = [("service.name", "aimage")]
    /// Which traces are recorded.
    public var sampling = TraceSampling.all

    /// Defaults for all but the address.
    public init(url: String) { self.url = url }

    /// Reads `OTEL_EXPORTER_OTLP_ENDPOINT` and its relatives; nil when no endpoint is set: then nothing is traced.
    public init?(environment: (String) -> String?) {
        if let url = environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
            self.init(url: url)
        } else if let base = environment("OTEL_EXPORTER_OTLP_ENDPOINT") {
            self.init(url: base.hasSuffix("/") ? "\(base)v1/traces" : "\(base)/v1/traces")
        } else {
            return nil
        }
        headers = Self.pairs(environment("OTEL_EXPORTER_OTLP_HEADERS")).map { (name: $0, value: $1) }
        if let text = environment("OTEL_EXPORTER_OTLP_TIMEOUT"), let milliseconds = Int(text), milliseconds > 0 {
            timeout = .milliseconds(milliseconds)
        }
        resource = Self.pairs(environment("OTEL_RESOURCE_ATTRIBUTES")).filter { $0.0 != "service.name" }
        resource.insert(("service.name", environment("OTEL_SERVICE_NAME") ?? "aimage"), at: 0)
        if environment("OTEL_TRACES_SAMPLER")?.hasSuffix("traceidratio") == true,
            let ratio = environment("OTEL_TRACES_SAMPLER_ARG").flatMap(Double.init), (0...1).contains(ratio)
        {
            sampling = .ratio(ratio)
        }
    }

    /// `a=b,c=d`.
    private static func pairs(_ text: String?) -> [(String, String)] {
        (text ?? "").split(separator: ",").compactMap { item in
            let parts = item.split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? (trimmed(parts[0]), trimmed(parts[1])) : nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
