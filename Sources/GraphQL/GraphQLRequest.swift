public import JSON

/// A request as every transport hands it to the engine.
public struct GraphQLRequest: Sendable, Hashable {
    /// The document's text in UTF-8.
    public var query: [UInt8]
    /// Which operation of the document; nil if it has only one.
    public var operationName: String?
    /// The variables' values by name.
    public var variables: JSONObject
    /// What extensions of the protocol need.
    ///
    /// The engine knows `cost`: `"report"` puts ``PreparedRequest/cost`` into the response's extensions, `"validate"`
    /// answers with it instead of running.
    public var extensions: JSONObject

    /// Makes a request.
    public init(
        query: [UInt8], operationName: String? = nil, variables: JSONObject = JSONObject(),
        extensions: JSONObject = JSONObject()
    ) {
        self.query = query
        self.operationName = operationName
        self.variables = variables
        self.extensions = extensions
    }

    /// Makes a request from strings.
    public init(
        _ query: String, operationName: String? = nil, variables: JSONObject = JSONObject(),
        extensions: JSONObject = JSONObject()
    ) {
        self.init(
            query: Array(query.utf8), operationName: operationName, variables: variables, extensions: extensions)
    }
}

/// A request that was refused before anything ran: its response has no `data` (specification section 7.1.3).
public struct RequestError: Swift.Error, Sendable {
    /// What refused it; transports choose a status code by it.
    public enum Stage: Sendable {
        /// The text is not a document, or over a limit.
        case parsing
        /// The document breaks a rule.
        case validation
        /// The operation can't be determined, or its variables are wrong, or its plan is refused.
        case preparation
    }

    /// Why; never empty.
    public let errors: [GraphQLError]
    /// What refused it.
    public let stage: Stage

    init(_ errors: [GraphQLError], _ stage: Stage) {
        self.errors = errors
        self.stage = stage
    }

    init(_ error: GraphQLError) {
        self.init([error], .preparation)
    }

    init(_ error: SyntaxError) {
        self.init(
            [
                GraphQLError(
                    error.message, code: GraphQLErrorCode(error.code.description), locations: [error.location])
            ], .parsing)
    }

    /// The response body.
    public var body: [UInt8] { GraphQLError.requestErrorBody(errors) }
}

/// A request that can run.
public struct PreparedRequest: Sendable {
    let plan: OperationPlan
    /// The plan that puts off what `@defer` and `@stream` ask to put off; nil if that is nothing.
    let incrementalPlan: OperationPlan?
    let variables: VariableValues
    let coercion: InputCoercion
    let maximumObjects: Int
    /// What it may cost at most: for rate limits; nil when the engine doesn't estimate costs.
    public let cost: OperationCost?
    let costReport: CostReport?
    /// What happened to it so far, if somebody follows it.
    public let trace: (any RequestTrace)?

    init(
        plan: OperationPlan, incrementalPlan: OperationPlan?, variables: VariableValues, coercion: InputCoercion,
        maximumObjects: Int, cost: OperationCost?, costReport: CostReport?, trace: (any RequestTrace)?
    ) {
        self.plan = plan
        self.incrementalPlan = incrementalPlan.flatMap { $0.isIncremental ? $0 : nil }
        self.variables = variables
        self.coercion = coercion
        self.maximumObjects = maximumObjects
        self.cost = cost
        self.costReport = costReport
        self.trace = trace
    }

    /// Query, mutation or subscription.
    public var kind: OperationKind { plan.kind }

    /// Whether ``Engine/executeIncrementally(_:in:)`` may answer it in several payloads: it has a `@defer` or `@stream`
    /// that is not switched off and has something to put off.
    public var isIncremental: Bool { incrementalPlan != nil }

    /// Whether it asks for the schema with `__schema` or `__type` (specification section 4.2), beside whatever else.
    ///
    /// Known from the plan, so it costs nothing per request.
    public var asksForSchema: Bool { plan.asksForSchema }

    /// Equal for requests with the same operation and variables: subscribers with equal keys and the same viewer get
    /// the same bytes.
    public var sharingKey: SharingKey { SharingKey(plan: ObjectIdentifier(plan), variables: variables) }

    /// What two requests must have in common to share one execution.
    public struct SharingKey: Hashable, Sendable {
        let plan: ObjectIdentifier
        let variables: VariableValues
    }

    func executor(in context: ExecutionContext) -> Executor {
        Executor(
            context: context, coercion: coercion, variables: variables, budget: ObjectBudget(maximumObjects),
            trace: trace)
    }

    func serialize(_ root: PlannedBatch, in context: ExecutionContext) -> ExecutionResult {
        let serializer = Serializer(document: plan.document, context: context)
        let (bytes, errorCodes) = serializer.response(of: root)
        trace?.record(.ended(.execute, errorCount: errorCodes.count))
        return reportingCost(bytes, errorCodes: errorCodes)
    }

    /// The response, with the cost in its extensions if the request asked for it.
    func reportingCost(_ body: [UInt8], errorCodes: [GraphQLErrorCode]) -> ExecutionResult {
        guard costReport != nil, let cost else { return ExecutionResult(body: body, errorCodes: errorCodes) }
        let extensions = JSONValue.object(JSONObject([("cost", cost.json)]))
        var whole = body.dropLast()  // the closing brace
        whole.append(contentsOf: ",\"extensions\":".utf8)
        whole.append(contentsOf: extensions.encoded())
        whole.append(UInt8(ascii: "}"))
        return ExecutionResult(body: Array(whole), errorCodes: errorCodes)
    }
}

/// A response.
public struct ExecutionResult: Sendable {
    /// The JSON of the response.
    public let body: [UInt8]
    /// The reason of each error in it, in their order.
    public let errorCodes: [GraphQLErrorCode]
    /// How many errors are in it.
    public var errorCount: Int { errorCodes.count }
}
