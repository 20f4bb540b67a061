/// The whole way of a request: text → document → validation → plan → waves → response bytes.
///
/// Shared by all requests. ``prepare(_:)`` is synchronous and cached; ``execute(_:in:)`` and ``subscribe(_:in:)`` must
/// be called from a task that runs on the context's executor (``ExecutionHost``).
public final class Engine: Sendable {
    /// The schema that is served.
    public let schema: GraphQLSchema
    /// Limits and sizes.
    public let configuration: EngineConfiguration
    private let planning: PlanningContext
    private let cache: DocumentCache

    /// Makes an engine.
    ///
    /// - Throws: ``MissingResolversError`` if a field of an object type has no resolver,
    ///   ``MismatchedResolversError`` if one gives what is no value of its field's type.
    public init(
        schema: GraphQLSchema, resolvers: ResolverTable, configuration: EngineConfiguration = EngineConfiguration()
    ) throws {
        var resolvers = resolvers
        resolvers.addIntrospection(of: schema)
        let types = try resolvers.byType(of: schema)
        self.schema = schema
        self.configuration = configuration
        planning = PlanningContext(
            schema: schema, types: types, scalars: resolvers.scalars, maximumFields: configuration.maximumPlannedFields,
            maximumDepth: configuration.parserLimits.maximumDepth,
            maximumIntrospectionDepth: configuration.maximumIntrospectionDepth,
            cost: configuration.cost.map { CostModel(schema, $0) })
        cache = DocumentCache(capacity: configuration.documentCacheBytes)
    }

    /// Parses, validates, plans and coerces variables, or says why not: a request error (specification section 7.1.3).
    public func prepare(_ request: GraphQLRequest) throws(RequestError) -> PreparedRequest {
        let trace = configuration.tracer.flatMap { $0.trace(request) }
        let prepared = try document(request.query, trace)
        let operation = try prepared.operation(named: request.operationName)
        let coercion = prepared.coercion
        let variables = try coercion.coerceVariables(request.variables, of: operation)
        let conditions = operation.conditions(variables)
        let plan = try plan(of: operation.definition, in: prepared, under: conditions, .complete, trace)
        let mayDefer = prepared.isIncremental && operation.definition.kind != .subscription
        let incrementalPlan =
            mayDefer
            ? try self.plan(of: operation.definition, in: prepared, under: conditions, .incremental, trace) : nil
        return PreparedRequest(
            plan: plan, incrementalPlan: incrementalPlan, variables: variables, coercion: coercion,
            maximumObjects: configuration.maximumObjects,
            cost: try cost(of: plan, operation.definition, variables, coercion),
            costReport: CostReport(request.extensions), trace: trace)
    }

    /// Runs a query or a mutation; `@defer` and `@stream` are ignored, everything is in the one result.
    ///
    /// A request whose extensions say `{"cost": "validate"}` is answered with its cost alone.
    public func execute(_ request: PreparedRequest, in context: ExecutionContext) async -> ExecutionResult {
        if request.costReport == .validate {
            return request.reportingCost(Array("{\"data\":null}".utf8), errorCodes: [])
        }
        request.trace?.record(.began(.execute))
        let root = await request.executor(in: context).run(request.plan)
        return request.serialize(root, in: context)
    }

    /// Starts a subscription: its source stream, each event of which is executed on its own (specification section
    /// 6.2.3).
    ///
    /// An error here is a request error.
    public func subscribe(
        _ request: PreparedRequest, in context: ExecutionContext
    ) async throws(RequestError) -> ResponseStream {
        if request.costReport == .validate {
            throw RequestError(
                GraphQLError("The cost of a subscription is reported with its events.", code: .badRequest))
        }
        let field = request.plan.root.fields[0]
        guard request.plan.kind == .subscription, case .resolver(let resolver) = field.source,
            case .subscription(let subscribe) = resolver.kind
        else {
            throw RequestError(GraphQLError("This is no subscription.", code: .operationResolutionFailure))
        }
        request.trace?.record(.began(.subscribe))
        do {
            let arguments = try request.coercion.values(of: field.arguments, variables: request.variables)
            let call = FieldCall(context: context, selection: FieldSelection(children: field.children))
            let source = try await subscribe(arguments, call)
            request.trace?.record(.ended(.subscribe, errorCount: 0))
            return ResponseStream(request: request, source: source)
        } catch {
            request.trace?.record(.ended(.subscribe, errorCount: 1))
            let failure = (error as? InputError).map { FieldError($0) } ?? context.fieldError(error)
            throw RequestError(
                GraphQLError(
                    failure.message, code: failure.code,
                    locations: (failure.offset.map { [$0] } ?? field.offsets)
                        .map { request.plan.document.location(of: $0) },
                    path: [.key(field.responseKey)], extensions: failure.extensions))
        }
    }

    /// The bytes that documents, plans and refusals take in the cache now.
    public var cachedBytes: Int { cache.bytes }

    private func document(_ text: [UInt8], _ trace: (any RequestTrace)?) throws(RequestError) -> PreparedDocument {
        // Refused at once by the parser: not worth hashing.
        guard text.count <= configuration.parserLimits.maximumBytes else { return try makeDocument(text, trace).get() }
        if let known = cache[text] {
            trace?.record(.cached(.parse))
            return try known.get()
        }
        let result = makeDocument(text, trace)
        cache.store(result, for: text)
        return try result.get()
    }

    private func makeDocument(_ text: [UInt8], _ trace: (any RequestTrace)?) -> DocumentCache.Entry {
        trace?.record(.began(.parse))
        let document: Document
        do {
            document = try Document(parsing: text, limits: configuration.parserLimits)
        } catch {
            trace?.record(.ended(.parse, errorCount: 1))
            return .failure(RequestError(error))
        }
        trace?.record(.ended(.parse, errorCount: 0))
        trace?.record(.began(.validate))
        let errors = Validator.validate(
            document, against: schema, scalars: planning.scalars, options: configuration.validation)
        trace?.record(.ended(.validate, errorCount: errors.count))
        guard errors.isEmpty else { return .failure(RequestError(errors, .validation)) }
        let coercion = InputCoercion(document: document, schema: schema, scalars: planning.scalars)
        return .success(PreparedDocument(coercion, maximumPlanBytes: cache.maximumEntryBytes))
    }

    private func plan(
        of operation: OperationDefinition, in prepared: PreparedDocument, under conditions: ConditionValues,
        _ delivery: Delivery, _ trace: (any RequestTrace)?
    ) throws(RequestError) -> OperationPlan {
        let key = PreparedDocument.PlanKey(operation: operation.start, conditions: conditions, delivery: delivery)
        if let known = prepared.plan(for: key) {
            trace?.record(.cached(.plan))
            return known
        }
        trace?.record(.began(.plan))
        do {
            let plan = try prepared.makePlan(operation, for: key, in: planning)
            cache.account(for: prepared)
            trace?.record(.ended(.plan, errorCount: 0))
            return plan
        } catch {
            trace?.record(.ended(.plan, errorCount: error.errors.count))
            throw error
        }
    }

    private func cost(
        of plan: OperationPlan, _ operation: OperationDefinition, _ variables: VariableValues, _ coercion: InputCoercion
    ) throws(RequestError) -> OperationCost? {
        guard let model = planning.cost, let costPlan = plan.cost else { return nil }
        let cost = try costPlan.cost(variables, coercion, model)
        try model.options.check(cost, plan.document, operation.start)
        return cost
    }
}

/// What stands for the root object: nothing, its fields are resolved from the context.
struct RootObject: Sendable {}

/// Limits and sizes of an engine.
public struct EngineConfiguration: Sendable {
    /// What the parser accepts.
    public var parserLimits: ParserLimits
    /// How many fields an operation may have when all its fragments are expanded.
    public var maximumPlannedFields: Int
    /// How many objects a response may have; a field that would exceed it fails with `RESPONSE_TOO_LARGE`.
    public var maximumObjects: Int
    /// How many lists of an introspection may lie in each other; the customary query of tools has three.
    public var maximumIntrospectionDepth: Int
    /// How costs are estimated and what is refused as too costly; nil: neither.
    public var cost: CostOptions?
    /// How validation reports errors, and how much work it may do.
    public var validation: ValidationOptions
    /// How many bytes of documents, plans and refusals the cache keeps.
    public var documentCacheBytes: Int
    /// Who follows requests; nil: nobody, at no cost.
    public var tracer: (any EngineTracer)?

    /// Makes a configuration; each default is safe for strangers.
    public init(
        parserLimits: ParserLimits = .standard, maximumPlannedFields: Int = 50_000, maximumObjects: Int = 250_000,
        maximumIntrospectionDepth: Int = 4, cost: CostOptions? = CostOptions(),
        validation: ValidationOptions = .standard,
        documentCacheBytes: Int = 32 * 1024 * 1024, tracer: (any EngineTracer)? = nil
    ) {
        self.parserLimits = parserLimits
        self.maximumPlannedFields = maximumPlannedFields
        self.maximumObjects = maximumObjects
        self.maximumIntrospectionDepth = maximumIntrospectionDepth
        self.cost = cost
        self.validation = validation
        self.documentCacheBytes = documentCacheBytes
        self.tracer = tracer
    }
}
