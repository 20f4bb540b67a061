public import Tracing

/// The tracer of the process: makes spans, reads and writes `traceparent`, and gives what is over to an exporter.
public final class OTLPTracer: Tracer {
    private let sampling: TraceSampling
    private let sink: @Sendable (FinishedSpan) -> Void

    init(sampling: TraceSampling, sink: @escaping @Sendable (FinishedSpan) -> Void) {
        self.sampling = sampling
        self.sink = sink
    }

    /// A tracer whose spans go to an exporter.
    public convenience init(sampling: TraceSampling = .all, exporter: OTLPExporter) {
        self.init(sampling: sampling) { exporter.add($0) }
    }

    /// Begins a span, below the context's span or as a new trace.
    public func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> TraceSpan {
        let parent = context()
        let trace = parent.trace?.child() ?? sampling.root()
        return TraceSpan(
            name: operationName, parent: parent, trace: trace, parentID: parent.trace?.spanID, kind: kind,
            began: instant().nanosecondsSinceEpoch, sink: trace.isSampled ? sink : nil)
    }

    /// Begins a span for those who do not know this type.
    public func startAnySpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> any Span {
        startSpan(
            operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID,
            line: line)
    }

    /// Nothing: the exporter has a rhythm of its own, and its `stop` sends the rest.
    public func forceFlush() {}

    /// Reads the context of a request; a malformed one begins a new trace.
    public func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let parent = extractor.extract(key: "traceparent", from: carrier) else { return }
        context.trace = TraceContext(
            traceparent: parent, tracestate: extractor.extract(key: "tracestate", from: carrier))
    }

    /// Writes the context into a request that goes out.
    public func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
        if !trace.state.isEmpty { injector.inject(trace.state, forKey: "tracestate", into: &carrier) }
    }
}

/// Which traces are recorded; a caller's decision is always followed.
public enum TraceSampling: Sendable, Hashable {
    /// All.
    case all
    /// About this part of those that begin here, from 0 to 1.
    case ratio(Double)

    func root() -> TraceContext {
        switch self {
        case .all: .root(isSampled: true)
        case .ratio(let part): .root(isSampled: Double.random(in: 0..<1) < part)
        }
    }
}
