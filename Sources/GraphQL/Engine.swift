/// The whole way of a request: text → document → validation → plan → waves → response bytes.
///
/// Shared by all requests. ``prepare(_:)`` is synchronous and cached; ``execute(_:in:)`` and ``subscribe(_:in:)`` must
/// be called from a task that runs on the context's executor (``ExecutionHost``).
public final class Engine: Sendable {
    /// The schema that is served.
    public let schema: GraphQLSchema
    /// Limits and sizes.
    public let configuration: EngineConfiguration
    private let resolvers: ResolverTable
    private let cache: DocumentCache

    /// Makes an engine.
    ///
    /// - Throws: ``MissingResolversError`` if a field of an object type has no resolver.
    public init(
        schema: GraphQLSchema, resolvers: ResolverTable, configuration: EngineConfiguration = EngineConfiguration()
    ) throws {
        var resolvers = resolvers
        resolvers.addIntrospection(of: schema)
        let missing = resolvers.missing(in: schema)
        guard missing.isEmpty else { throw MissingResolversError(fields: missing) }
        self.schema = schema
        self.resolvers = resolvers
        self.configuration = configuration
        cache = DocumentCache(capacity: configuration.documentCacheBytes)
    }

    /// Parses, validates, plans and coerces variables, or says why not: a request error (specification section 7.1.1).
    public func prepare(_ request: GraphQLRequest) throws(RequestError) -> PreparedRequest {
        let prepared = try document(request.query)
        let operation = try prepared.operation(named: request.operationName)
        let coercion = InputCoercion(document: prepared.document, schema: schema, scalars: resolvers.scalars)
        let variables = try coercion.coerceVariables(request.variables, of: operation)
        let conditions = ConditionValues(
            names: prepared.conditionNames,
            values: prepared.conditionNames.map { name in
                guard let index = variables.names.firstIndex(of: name),
                    case .boolean(let value) = variables.values[index]
                else { return nil }
                return value
            })
        let plan = try plan(of: operation, in: prepared, under: conditions)
        return PreparedRequest(
            plan: plan, variables: variables, coercion: coercion, maximumObjects: configuration.maximumObjects)
    }

    /// Runs a query or a mutation.
    public func execute(_ request: PreparedRequest, in context: ExecutionContext) async -> ExecutionResult {
        let executor = request.executor(in: context)
        let root = PlannedBatch(plan: request.plan.root, objects: ObjectBatch([RootObject()]))
        if request.plan.kind == .mutation {
            await executor.resolveSerially(root)
        } else {
            await executor.resolve(root)
        }
        return request.serialize(root, in: context)
    }

    /// Starts a subscription: its source stream, each event of which is executed on its own (specification section
    /// 6.2.3).
    ///
    /// An error here is a request error.
    public func subscribe(
        _ request: PreparedRequest, in context: ExecutionContext
    ) async throws(RequestError) -> ResponseStream {
        let field = request.plan.root.fields[0]
        guard request.plan.kind == .subscription, case .resolver(let resolver) = field.source,
            case .subscription(let subscribe) = resolver.kind
        else {
            throw RequestError(GraphQLError("This is no subscription.", code: .operationResolutionFailure))
        }
        do {
            let arguments = try request.coercion.values(of: field.arguments, variables: request.variables)
            let call = FieldCall(context: context, selection: FieldSelection(children: field.children))
            return ResponseStream(request: request, source: try await subscribe(arguments, call))
        } catch {
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

    private func document(_ text: [UInt8]) throws(RequestError) -> PreparedDocument {
        // Refused at once by the parser: not worth hashing.
        guard text.count <= configuration.parserLimits.maximumBytes else { return try makeDocument(text).get() }
        if let known = cache[text] { return try known.get() }
        let result = makeDocument(text)
        cache.store(result, for: text)
        return try result.get()
    }

    private func makeDocument(_ text: [UInt8]) -> DocumentCache.Entry {
        do {
            let document = try Document(parsing: text, limits: configuration.parserLimits)
            let errors = Validator.validate(document, against: schema)
            guard errors.isEmpty else { return .failure(RequestError(errors, .validation)) }
            return .success(PreparedDocument(document, maximumPlanBytes: cache.maximumEntryBytes))
        } catch {
            return .failure(RequestError(error))
        }
    }

    private func plan(
        of operation: OperationDefinition, in prepared: PreparedDocument, under conditions: ConditionValues
    ) throws(RequestError) -> OperationPlan {
        let key = PreparedDocument.PlanKey(operation: operation.start, conditions: conditions)
        if let known = prepared.plan(for: key) { return known }
        let plan = try prepared.makePlan(
            operation, for: key, schema: schema, resolvers: resolvers,
            maximumFields: configuration.maximumPlannedFields)
        cache.account(for: prepared)
        return plan
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
    /// How many bytes of documents, plans and refusals the cache keeps.
    public var documentCacheBytes: Int

    /// Makes a configuration; each default is safe for strangers.
    public init(
        parserLimits: ParserLimits = .standard, maximumPlannedFields: Int = 50_000, maximumObjects: Int = 250_000,
        documentCacheBytes: Int = 32 * 1024 * 1024
    ) {
        self.parserLimits = parserLimits
        self.maximumPlannedFields = maximumPlannedFields
        self.maximumObjects = maximumObjects
        self.documentCacheBytes = documentCacheBytes
    }
}

/// Fields of the schema that nobody resolves: a programmer's error that stops the start.
public struct MissingResolversError: Swift.Error, CustomStringConvertible {
    /// As `Type.field`.
    public let fields: [String]

    /// The missing resolvers.
    public var description: String { "No resolver for \(fields.joined(separator: ", "))" }
}
