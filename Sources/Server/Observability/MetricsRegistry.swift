public import CoreMetrics
import Synchronization

/// All metrics of the process, as the backend of swift-metrics, and their text for Prometheus.
///
/// A handle (`Counter`, `Timer`, `Recorder`, `Meter`) is made under a lock, once per set of labels; what it records
/// afterwards are atomic additions. Labels of swift-metrics are families here, its dimensions are labels. A family that
/// `MetricFamily` does not list is taken as what the handle is.
public final class MetricsRegistry: MetricsFactory {
    fileprivate enum Cell {
        case counter(CounterCell)
        case gauge(GaugeCell)
        case histogram(HistogramCell)
    }

    fileprivate struct Series {
        let labels: [(String, String)]
        let cell: Cell
    }

    fileprivate struct Family {
        let definition: MetricFamily
        /// By the labels' text.
        var series: [String: Series] = [:]
        var order: [String] = []
    }

    private struct Families {
        var known: [String: Family] = [:]
        var order: [String] = []
        /// What brings gauges up to date before they are shown.
        var collectors: [@Sendable () async -> Void] = []
    }

    /// How many sets of labels a family may have; what is beyond shares the last one, so that no client can fill the
    /// memory with names of its own.
    static let maximumSeries = 2_000

    private let families: Mutex<Families>

    /// A registry in which every series is still to be made.
    public init() {
        var families = Families()
        for definition in MetricFamily.all {
            families.known[definition.name] = Family(definition: definition)
            families.order.append(definition.name)
        }
        self.families = Mutex(families)
    }

    /// Has `body` called before every exposition, to bring gauges up to date.
    public func collect(_ body: @escaping @Sendable () async -> Void) {
        families.withLock { $0.collectors.append(body) }
    }

    // MARK: MetricsFactory

    /// A counter of whole events.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    /// A counter of fractions.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// A histogram, or the last value if `aggregate` is false.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { histogram(label, dimensions) } else { gauge(label, dimensions) }
    }

    /// A histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    // Series live as long as the process: a counter that vanishes and comes back looks like a restart.

    /// Keeps the series.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Keeps the series.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Keeps the series.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Keeps the series.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Keeps the series.
    public func destroyTimer(_ handler: any TimerHandler) {}

    func counter(_ name: String, _ labels: [(String, String)] = []) -> CounterCell {
        let cell = cell(name, labels, .counter) { _ in .counter(CounterCell()) }
        // A second handle of another kind records into the void instead of ending the process.
        if case .counter(let counter) = cell { return counter } else { return CounterCell() }
    }

    func gauge(_ name: String, _ labels: [(String, String)] = []) -> GaugeCell {
        let cell = cell(name, labels, .gauge) { _ in .gauge(GaugeCell()) }
        if case .gauge(let gauge) = cell { return gauge } else { return GaugeCell() }
    }

    func histogram(_ name: String, _ labels: [(String, String)] = []) -> HistogramCell {
        let cell = cell(name, labels, .histogram) { .histogram(HistogramCell(bounds: $0.buckets)) }
        if case .histogram(let histogram) = cell { return histogram } else { return HistogramCell(bounds: []) }
    }

    private func cell(
        _ name: String, _ labels: [(String, String)], _ kind: MetricFamily.Kind, make: (MetricFamily) -> Cell
    ) -> Cell {
        families.withLock { families in
            if families.known[name] == nil {
                families.known[name] = Family(definition: MetricFamily(name: name, kind: kind, help: name))
                families.order.append(name)
            }
            return families.known[name, default: Family(definition: MetricFamily(name: name, kind: kind, help: name))]
                .cell(labels, make: make)
        }
    }
}

extension MetricsRegistry.Family {
    fileprivate mutating func cell(
        _ labels: [(String, String)], make: (MetricFamily) -> MetricsRegistry.Cell
    ) -> MetricsRegistry.Cell {
        var labels = labels
        var key = ExpositionText.labels(labels)
        if series[key] == nil, series.count >= MetricsRegistry.maximumSeries {
            labels = labels.map { ($0.0, "other") }
            key = ExpositionText.labels(labels)
        }
        if let known = series[key] { return known.cell }
        let cell = make(definition)
        series[key] = MetricsRegistry.Series(labels: labels, cell: cell)
        order.append(key)
        return cell
    }
}

// The text.
extension MetricsRegistry {
    /// The media type of `exposition`.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Brings gauges up to date and writes everything in the text format 0.0.4 of Prometheus.
    public func exposition() async -> [UInt8] {
        for collector in families.withLock({ $0.collectors }) { await collector() }
        return families.withLock { families in
            var text = ExpositionText()
            for name in families.order {
                guard let family = families.known[name], !family.series.isEmpty else { continue }
                text.begin(family.definition)
                for key in family.order {
                    guard let series = family.series[key] else { continue }
                    switch series.cell {
                    case .counter(let cell): text.sample(name, key, cell.value)
                    case .gauge(let cell): text.sample(name, key, cell.value)
                    case .histogram(let cell):
                        text.histogram(family.definition, series.labels, cell.snapshot)
                    }
                }
            }
            return text.bytes
        }
    }
}
