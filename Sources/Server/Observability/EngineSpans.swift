public import GraphQL
import Synchronization
public import Tracing

/// Spans of what the engine does: parse, validate, plan, execute, and every resolver call with its number of parents.
public struct EngineSpans: EngineTracer {
    private let tracer: any Tracer

    /// Spans of a tracer.
    public init(tracer: any Tracer) { self.tracer = tracer }

    /// Follows a request that belongs to a span; those outside any would be traces of their own.
    public func trace(_ request: GraphQLRequest) -> (any RequestTrace)? {
        guard let context = ServiceContext.current else { return nil }
        return Request(tracer: tracer, context: context)
    }

    /// The open spans of one request, or of the events of one subscription.
    private final class Request: RequestTrace {
        private enum Key: Hashable {
            case phase(TraceEvent.Phase)
            case call(TraceEvent.ResolverCall)
        }

        private let tracer: any Tracer
        private let context: ServiceContext
        /// Equal calls may be under way at once; which of them ends makes no difference.
        private let open = Mutex<[Key: [any Span]]>([:])

        init(tracer: any Tracer, context: ServiceContext) {
            self.tracer = tracer
            self.context = context
        }

        func record(_ event: TraceEvent) {
            switch event {
            case .began(let phase): begin(.phase(phase), "\(phase)")
            case .ended(let phase, let errorCount): end(.phase(phase), failure: errorCount > 0 ? "errors" : nil)
            case .cached: break
            case .resolverBegan(let call):
                begin(.call(call), "\(call.type).\(call.field)", ["graphql.parents": .int64(Int64(call.parentCount))])
            case .resolverEnded(let call, let failure): end(.call(call), failure: failure?.rawValue)
            }
        }

        private func begin(_ key: Key, _ name: String, _ attributes: [String: SpanAttribute] = [:]) {
            // Below the operation's span where there is one; the request began above it.
            let span = tracer.startSpan(name, context: ServiceContext.current ?? context)
            for (key, value) in attributes { span.attributes[key] = value }
            open.withLock { $0[key, default: []].append(span) }
        }

        private func end(_ key: Key, failure: String?) {
            guard let span = open.withLock({ $0[key]?.popLast() }) else { return }
            if let failure {
                span.attributes["error.type"] = failure
                span.setStatus(SpanStatus(code: .error))
            }
            span.end()
        }
    }
}
