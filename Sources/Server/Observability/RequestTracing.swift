public import Tracing

/// The spans of a server, named and described as OpenTelemetry's conventions say; nil in its place costs a comparison.
public struct RequestTracing: Sendable {
    private let tracer: any Tracer

    /// Spans of a tracer.
    public init(tracer: any Tracer) { self.tracer = tracer }

    // MARK: HTTP

    /// The span of a request, below the one that its client names.
    func begin(_ request: HTTPRequest) -> any Span {
        var context = ServiceContext.topLevel
        tracer.extract(request.headers, into: &context, using: Fields())
        let route = HTTPRoute.name(of: request.path)
        let method = HTTPRoute.method(request.method)
        let span = tracer.startSpan("\(method) \(route)", context: context, ofKind: .server)
        guard span.isRecording else { return span }
        span.attributes["http.request.method"] = method
        span.attributes["http.route"] = route
        span.attributes["url.path"] = request.path
        span.attributes["url.scheme"] = request.scheme
        span.attributes["network.protocol.version"] = "1.1"
        span.attributes["client.address"] = request.remoteAddress
        if let agent = request.headers["user-agent"] { span.attributes["user_agent.original"] = agent }
        span.attributes["request.id"] = request.id
        return span
    }

    /// The answer is out, or the client is gone.
    func end(_ span: any Span, _ access: HTTPAccess) {
        if let status = access.status {
            span.attributes["http.response.status_code"] = status
            // What a client did wrong is no failure of the server.
            if status >= 500 {
                span.attributes["error.type"] = String(status)
                span.setStatus(SpanStatus(code: .error))
            }
        } else {
            span.attributes["error.type"] = "client gone"
        }
        span.end()
    }

    // MARK: GraphQL

    /// A span around a piece of work, below the current one.
    func within<T>(
        _ name: String, attributes: [String: SpanAttribute] = [:], _ body: (any Span) async -> T
    ) async -> T {
        let span = tracer.startSpan(name)
        for (key, value) in attributes { span.attributes[key] = value }
        defer { span.end() }
        return await ServiceContext.$current.withValue(span.context) { await body(span) }
    }

    /// A span around work that cannot wait.
    func within<T, Failure: Error>(_ name: String, _ body: () throws(Failure) -> T) throws(Failure) -> T {
        let span = tracer.startSpan(name)
        defer { span.end() }
        do throws(Failure) {
            return try body()
        } catch {
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }

    /// A data loader fetches a batch; what it gives back ends the span.
    public func fetching(keys: Int) -> @Sendable () -> Void {
        let span = tracer.startSpan("loader batch")
        span.attributes["graphql.loader.keys"] = keys
        return { span.end() }
    }

    // MARK: SQL

    /// A statement runs; what it gives back ends the span, with the SQLSTATE of a failure.
    ///
    /// The text holds no value of anybody's: those are parameters.
    public func running(_ text: String) -> (_ failure: (sqlState: String?, type: String)?) -> Void {
        let name = StatementName.of(text)
        let span = tracer.startSpan(name.uppercased(), ofKind: .client)
        guard span.isRecording else { return { _ in } }
        span.attributes["db.system.name"] = "postgresql"
        span.attributes["db.operation.name"] = name.uppercased()
        span.attributes["db.query.text"] = String(text.prefix(2_000))
        return { failure in
            if let failure {
                if let state = failure.sqlState { span.attributes["db.response.status_code"] = state }
                span.attributes["error.type"] = failure.sqlState ?? failure.type
                span.setStatus(SpanStatus(code: .error))
            }
            span.end()
        }
    }

    private struct Fields: Extractor {
        func extract(key: String, from carrier: HTTPHeaders) -> String? {
            let values = carrier.values(key)
            // Two parents are none (W3C Trace Context §3.2); several states are one list.
            if key == "traceparent", values.count != 1 { return nil }
            return values.isEmpty ? nil : values.joined(separator: ",")
        }
    }
}
