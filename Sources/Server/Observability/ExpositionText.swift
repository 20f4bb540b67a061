/// Writes the text format of Prometheus, version 0.0.4.
struct ExpositionText {
    private(set) var bytes: [UInt8] = []

    /// The two lines above a family's samples.
    mutating func begin(_ family: MetricFamily) {
        line("# HELP \(family.name) \(Self.escapedHelp(family.help))")
        line("# TYPE \(family.name) \(family.kind.rawValue)")
    }

    /// One sample; `labels` with their braces, or empty.
    mutating func sample(_ name: String, _ labels: String, _ value: Double) {
        line("\(name)\(labels) \(Self.number(value))")
    }

    /// A histogram's cumulative buckets, its sum and its count.
    mutating func histogram(
        _ family: MetricFamily, _ labels: [(String, String)], _ snapshot: HistogramCell.Snapshot
    ) {
        let bounds = family.buckets.map(Self.number) + ["+Inf"]
        for (bound, count) in zip(bounds, snapshot.cumulative) {
            sample("\(family.name)_bucket", Self.labels(labels + [("le", bound)]), Double(count))
        }
        sample("\(family.name)_sum", Self.labels(labels), snapshot.sum)
        sample("\(family.name)_count", Self.labels(labels), Double(snapshot.cumulative.last ?? 0))
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
    }

    /// `{name="value",…}`, or nothing.
    static func labels(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.0)=\"\(escapedValue($0.1))\"" }.joined(separator: ",") + "}"
    }

    /// A number without a needless fraction; the format writes infinities as `+Inf` and `-Inf`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int(exactly: value) { return String(whole) }
        return String(value)
    }

    private static func escapedValue(_ text: String) -> String {
        escapedHelp(text).replacing("\"", with: "\\\"")
    }

    private static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }
}
