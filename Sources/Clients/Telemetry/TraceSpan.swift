import Synchronization
public import Tracing

/// A span that is recorded, or one that only carries its context on.
///
/// Any thread may touch it; `end` hands it to the exporter, once.
public final class TraceSpan: Span {
    private struct State {
        var name: String
        var attributes = SpanAttributes()
        var status: SpanStatus?
        var events: [SpanEvent] = []
        var links: [SpanLink] = []
        var isEnded = false
    }

    /// Events beyond this are dropped.
    static let maximumEvents = 64

    /// What work inside the span runs with.
    public let context: ServiceContext
    private let trace: TraceContext
    private let parentID: String?
    private let kind: SpanKind
    private let began: UInt64
    private let state: Mutex<State>
    /// Nil when the trace is not sampled.
    private let sink: (@Sendable (FinishedSpan) -> Void)?

    init(
        name: String, parent: ServiceContext, trace: TraceContext, parentID: String?, kind: SpanKind, began: UInt64,
        sink: (@Sendable (FinishedSpan) -> Void)?
    ) {
        var context = parent
        context.trace = trace
        self.context = context
        self.trace = trace
        self.parentID = parentID
        self.kind = kind
        self.began = began
        self.sink = sink
        state = Mutex(State(name: name))
    }

    /// Whether anybody will see what is set here.
    public var isRecording: Bool { sink != nil && state.withLock { !$0.isEnded } }

    /// The name.
    public var operationName: String {
        get { state.withLock { $0.name } }
        set { change { $0.name = newValue } }
    }

    /// The attributes.
    public var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { change { $0.attributes = newValue } }
    }

    /// Sets what became of it.
    public func setStatus(_ status: SpanStatus) { change { $0.status = status } }

    /// Adds something that happened, up to a limit.
    public func addEvent(_ event: SpanEvent) {
        change { if $0.events.count < Self.maximumEvents { $0.events.append(event) } }
    }

    /// Adds an event `exception` with the error's type; its text may hold what must not leave the process.
    public func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        guard sink != nil else { return }
        var attributes = attributes
        attributes["exception.type"] = SpanAttribute.string(String(reflecting: type(of: error)))
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: attributes))
    }

    /// Adds a link.
    public func addLink(_ link: SpanLink) { change { $0.links.append(link) } }

    /// Ends it.
    public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard let sink else { return }
        let ended = instant().nanosecondsSinceEpoch
        let finished = state.withLock { state -> FinishedSpan? in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            return FinishedSpan(
                trace: trace, parentID: parentID, name: state.name, kind: kind, began: began, ended: max(began, ended),
                attributes: state.attributes, events: state.events, links: state.links.compactMap(\.context.trace),
                status: state.status)
        }
        if let finished { sink(finished) }
    }

    private func change(_ body: (inout sending State) -> Void) {
        guard sink != nil else { return }
        state.withLock { if !$0.isEnded { body(&$0) } }
    }
}

/// A span that is over, on its way to the collector.
// SpanAttributes and SpanStatus are values; the package does not say so.
struct FinishedSpan: @unchecked Sendable {
    let trace: TraceContext
    let parentID: String?
    let name: String
    let kind: SpanKind
    /// Nanoseconds since 1970.
    let began: UInt64
    let ended: UInt64
    let attributes: SpanAttributes
    let events: [SpanEvent]
    let links: [TraceContext]
    let status: SpanStatus?
}
