/// Executes one operation breadth-first (specification section 6.3, in another order with the same result).
///
/// One plan node is resolved for all its parents at once. Everything that needs no I/O is resolved immediately; what
/// needs I/O is collected, and when nothing else is left all of it is awaited together: that is a wave. An operation
/// so waits at most once per level, whatever its width.
struct Executor {
    let context: ExecutionContext
    let coercion: InputCoercion
    let variables: VariableValues
    let budget: ObjectBudget
    let trace: (any RequestTrace)?

    /// Resolves the operation but for its deferred parts; gives its root.
    func run(_ plan: OperationPlan) async -> PlannedBatch {
        let root = PlannedBatch(plan: plan.root, objects: ObjectBatch([RootObject()]))
        if plan.kind == .mutation { await resolveSerially(root) } else { await resolve([root]) }
        return root
    }

    /// Resolves everything below these objects.
    func resolve(_ batches: [PlannedBatch]) async {
        await resolve(batches.flatMap { batch in batch.plan.resolved.map { PendingField(batch: batch, field: $0) } })
    }

    /// Resolves the items of a streamed list that were left for later.
    func resolve(_ rest: StreamedRest) async {
        let batches = plannedBatches(of: rest.column, rest.stream.children)
        rest.objects = PlannedObjects(rest.column, batches)
        await resolve(batches.compactMap { $0 }.filter { $0.objects.count > 0 })
    }

    /// Resolves the root fields of a mutation one after the other, each with all that is below it (section 6.3.4,
    /// executing serially).
    ///
    /// After a failure that nulls the whole response the rest isn't run.
    func resolveSerially(_ root: PlannedBatch) async {
        for field in root.plan.resolved {
            await resolve([PendingField(batch: root, field: field, isMutation: true)])
            context.mutationFieldDidEnd()
            if case .failure = root.outcomes[field], root.plan.fields[field].type.isNonNull { return }
        }
    }

    /// Hangs a subscription's event under its root field and resolves everything below.
    func resolve(_ root: PlannedBatch, event: SourceStream.Event) async {
        var ready: [PlannedBatch] = []
        let loaded: LoadedField =
            switch event.value {
            case .objects(let column): .objects(column)
            case .leaf(let column): .leaves(column)
            }
        settle(loaded, in: PendingField(batch: root, field: 0), ready: &ready)
        await resolve(ready)
    }

    private func resolve(_ fields: [PendingField]) async {
        var wave = fields
        while !wave.isEmpty {
            // Nobody waits for the answer any more: no resolver is called for it, not even one that needs no I/O.
            if Task.isCancelled { return wave.forEach(cancel) }
            var waiting: [PendingField] = []
            // Depth of synchronous fields costs no wave: their children join the one that is being collected.
            while let next = wave.popLast() {
                var ready: [PlannedBatch] = []
                if !resolveStored(next, ready: &ready) { waiting.append(next) }
                for batch in ready {
                    for field in batch.plan.resolved { wave.append(PendingField(batch: batch, field: field)) }
                }
            }
            for batch in await load(waiting) {
                for field in batch.plan.resolved { wave.append(PendingField(batch: batch, field: field)) }
            }
        }
    }

    /// Resolves a field that needs no I/O; false if it does.
    private func resolveStored(_ pending: PendingField, ready: inout [PlannedBatch]) -> Bool {
        let field = pending.batch.plan.fields[pending.field]
        guard case .resolver(let resolver) = field.source, case .storedObjects(let make) = resolver.kind else {
            return false
        }
        let call = traceBegin(field, pending.batch.objects)
        do {
            let arguments = try coercion.values(of: field.arguments, variables: variables)
            adopt(try make(pending.batch.objects, arguments), in: pending, ready: &ready)
        } catch {
            pending.batch.outcomes[pending.field] = .failure(fieldError(error))
        }
        if let call, let trace {
            trace.record(.resolverEnded(call, failure: pending.batch.outcomes[pending.field].failureCode))
        }
        return true
    }

    private func traceBegin(_ field: PlannedField, _ objects: AnyObjectBatch) -> TraceEvent.ResolverCall? {
        guard let trace else { return nil }
        let call = field.traced(parentCount: objects.count, coercion.schema)
        trace.record(.resolverBegan(call))
        return call
    }

    /// Awaits all fields of a wave together; gives the batches that they yielded.
    private func load(_ fields: [PendingField]) async -> [PlannedBatch] {
        var ready: [PlannedBatch] = []
        if fields.count == 1 {
            let pending = fields[0]
            let field = pending.batch.plan.fields[pending.field]
            // The fields of a mutation come one by one, so each of them comes by here.
            let loaded =
                pending.isMutation
                ? await context.performMutation { await load(pending.batch.objects, field) }
                : await load(pending.batch.objects, field)
            settle(loaded, in: pending, ready: &ready)
            return ready
        }
        await withTaskGroup(of: (Int, LoadedField).self) { group in
            for (index, pending) in fields.enumerated() {
                let objects = pending.batch.objects
                let field = pending.batch.plan.fields[pending.field]
                group.addTask { (index, await load(objects, field)) }
            }
            for await (index, loaded) in group { settle(loaded, in: fields[index], ready: &ready) }
        }
        return ready
    }

    private func load(_ objects: AnyObjectBatch, _ field: PlannedField) async -> LoadedField {
        guard let call = traceBegin(field, objects) else { return await loadUntraced(objects, field) }
        let loaded = await loadUntraced(objects, field)
        trace?.record(.resolverEnded(call, failure: loaded.failureCode))
        return loaded
    }

    private func loadUntraced(_ objects: AnyObjectBatch, _ field: PlannedField) async -> LoadedField {
        guard case .resolver(let resolver) = field.source else {
            preconditionFailure("Only fields with resolvers are loaded")
        }
        let call = FieldCall(context: context, selection: FieldSelection(children: field.children))
        do {
            try Task.checkCancellation()
            let arguments = try coercion.values(of: field.arguments, variables: variables)
            switch resolver.kind {
            case .loadedLeaves(let load): return .leaves(try await load(objects, arguments, call))
            case .loadedObjects(let load): return .objects(try await load(objects, arguments, call))
            case .storedLeaf, .storedObjects, .subscription:
                preconditionFailure("The planner sorts these elsewhere")
            }
        } catch {
            return .failure(fieldError(error))
        }
    }

    private func settle(_ loaded: LoadedField, in pending: PendingField, ready: inout [PlannedBatch]) {
        switch loaded {
        case .leaves(let column):
            guard column.count == pending.batch.objects.count else { return fail(pending, miscounted(pending)) }
            pending.batch.outcomes[pending.field] = .leaves(column)
        case .objects(let column): adopt(column, in: pending, ready: &ready)
        case .failure(let error): fail(pending, error)
        }
    }

    /// Plans the objects that a field gave.
    private func adopt(_ column: ObjectsColumn, in pending: PendingField, ready: inout [PlannedBatch]) {
        let field = pending.batch.plan.fields[pending.field]
        guard let children = field.children else {
            preconditionFailure("A composite field is planned with its children")
        }
        guard column.parentCount == pending.batch.objects.count else { return fail(pending, miscounted(pending)) }
        guard budget.take(column.batches.reduce(0) { $0 + $1.batch.count }) else {
            return fail(pending, budget.refusal)
        }
        let batches: [PlannedBatch?]
        do {
            if let stream = field.stream, let parts = try split(column, of: stream) {
                batches = plannedBatches(of: parts.initial, children)
                let rest = StreamedRest(field: field, stream: stream, first: parts.count, column: parts.rest)
                pending.batch.outcomes[pending.field] = .streamed(PlannedObjects(parts.initial, batches), rest)
            } else {
                batches = plannedBatches(of: column, children)
                pending.batch.outcomes[pending.field] = .objects(PlannedObjects(column, batches))
            }
        } catch {
            return fail(pending, fieldError(error))
        }
        for case let batch? in batches where batch.objects.count > 0 { ready.append(batch) }
    }

    private func plannedBatches(of column: ObjectsColumn, _ children: PlannedChildren) -> [PlannedBatch?] {
        column.batches.map { typeName, objects -> PlannedBatch? in
            guard let plan = children.plan(for: typeName, in: coercion.schema) else { return nil }
            precondition(
                objects.count == 0 || plan.batchType == nil
                    || plan.batchType == ObjectIdentifier(Swift.type(of: objects)),
                "\(Swift.type(of: objects)) given for \(typeName), whose resolvers expect another Swift type")
            return PlannedBatch(plan: plan, objects: objects)
        }
    }

    /// Divides streamed lists after `initialCount` items; nil if none is longer.
    private func split(
        _ column: ObjectsColumn, of stream: StreamPlan
    ) throws -> (initial: ObjectsColumn, rest: ObjectsColumn, count: Int)? {
        let count: Int32 = try coercion.values(of: stream.initialCount, variables: variables).required(0)
        guard count >= 0 else {
            throw FieldError("The argument \"initialCount\" of \"@stream\" must not be negative.", code: .badUserInput)
        }
        return column.split(after: Int(count)).map { ($0.initial, $0.rest, Int(count)) }
    }

    /// Fails a field whose resolver is not called any more; a trace tells that too.
    private func cancel(_ pending: PendingField) {
        let error = fieldError(CancellationError())
        if let call = traceBegin(pending.batch.plan.fields[pending.field], pending.batch.objects) {
            trace?.record(.resolverEnded(call, failure: error.code))
        }
        fail(pending, error)
    }

    private func fail(_ pending: PendingField, _ error: FieldError) {
        pending.batch.outcomes[pending.field] = .failure(error)
    }

    private func miscounted(_ pending: PendingField) -> FieldError {
        let field = pending.batch.plan.fields[pending.field].definition.name
        return context.fieldError(
            ResolverFault("\(pending.batch.plan.type.name).\(field) gave another number of values than it has parents"))
    }

    private func fieldError(_ error: any Swift.Error) -> FieldError {
        if let error = error as? InputError { return FieldError(error) }
        return context.fieldError(error)
    }
}

/// How many objects a response may still have.
///
/// Nested lists multiply: without it ten lists of a hundred in each other would ask for more than any memory has.
final class ObjectBudget: @unchecked Sendable {  // Reason: confined to the request's serial executor.
    private let maximum: Int
    private var left: Int

    init(_ maximum: Int) {
        self.maximum = maximum
        left = maximum
    }

    func take(_ count: Int) -> Bool {
        left -= count
        return left >= 0
    }

    var refusal: FieldError {
        FieldError(
            "The response would have more than \(maximum) objects: ask for smaller pages.", code: .responseTooLarge)
    }
}

extension GraphQLErrorCode {
    /// The response has more objects than ``EngineConfiguration/maximumObjects``.
    public static let responseTooLarge = Self("RESPONSE_TOO_LARGE")
}

/// A resolver broke its contract.
///
/// Never shown to a client, always in the log.
public struct ResolverFault: Swift.Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
