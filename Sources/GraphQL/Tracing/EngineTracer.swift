/// Follows what an engine does; given to it in ``EngineConfiguration/tracer``.
///
/// Without a tracer nothing of this costs anything: one comparison with nil per phase and per resolver call, none per
/// value.
public protocol EngineTracer: Sendable {
    /// Begins to follow a request, before anything is done for it; nil: this one is not followed.
    func trace(_ request: GraphQLRequest) -> (any RequestTrace)?
}

/// What happens to one request.
///
/// A prepared request carries its trace (``PreparedRequest/trace``), so whoever answers can read there what happened.
public protocol RequestTrace: AnyObject, Sendable {
    /// Takes notice of an event.
    ///
    /// Called where the request runs, so it must not wait. A subscription's events may run at the same time.
    func record(_ event: TraceEvent)
}

/// Something that begins or ends.
///
/// Events carry no times: a trace takes them from its own clock.
public enum TraceEvent: Sendable, Hashable {
    /// The parts of a request, in this order.
    public enum Phase: Sendable, Hashable {
        /// From text to document.
        case parse
        /// The document is checked against the schema.
        case validate
        /// From document to plan.
        case plan
        /// The source stream of a subscription is opened.
        case subscribe
        /// The waves of a query or mutation, or of one event of a subscription, and the writing of the response.
        case execute
    }

    /// One call of a resolver: a field for all its parents at once.
    public struct ResolverCall: Sendable, Hashable {
        /// The name of the object type.
        public let type: String
        /// The name of the field in the schema.
        public let field: String
        /// How many parents it is called for.
        public let parentCount: Int

        /// Makes a description of a call.
        public init(type: String, field: String, parentCount: Int) {
            self.type = type
            self.field = field
            self.parentCount = parentCount
        }
    }

    /// A phase begins.
    case began(Phase)
    /// A phase ends with so many errors.
    case ended(Phase, errorCount: Int)
    /// A phase was spared: the cache had its result. For `parse` that includes the validation.
    case cached(Phase)
    /// A resolver is called.
    case resolverBegan(ResolverCall)
    /// A resolver has returned; if it failed as a whole, with which code.
    case resolverEnded(ResolverCall, failure: GraphQLErrorCode?)
}

extension PlannedField {
    /// How traces call the resolving of the field.
    func traced(parentCount: Int, _ schema: GraphQLSchema) -> TraceEvent.ResolverCall {
        TraceEvent.ResolverCall(
            type: schema[definition.parent].name, field: definition.name, parentCount: parentCount)
    }
}
