import JSON

/// Compiles one operation of a valid document into an ``OperationPlan``.
///
/// Equal selections of equal types share one plan, so a document can't make the plan grow exponentially by spreading
/// fragments that spread fragments.
struct Planner {
    private let collector: FieldCollector
    private let coercion: InputCoercion
    private let context: PlanningContext
    private var document: Document { collector.document }
    private var schema: GraphQLSchema { context.schema }

    private var shared: [SharedKey: SharedPlan] = [:]
    private var fieldCount = 0
    /// The level of the selection set that is being planned, and the deepest that was reached below it.
    private var depth = 0
    private var deepest = 0
    /// The `@defer`s that were found; nil if everything is delivered at once.
    private var usages: DeferUsageTable?
    private var isIncremental = false

    private struct SharedKey: Hashable {
        let type: TypeID
        let sets: [UsedSelectionSet]
        let scope: DeliveryScope
    }

    private struct SharedPlan {
        let plan: SelectionPlan
        /// How many selection sets lie in each other, this one included.
        let height: Int
    }

    init(
        document: Document, fragments: [String: FragmentDefinition], conditions: ConditionValues, delivery: Delivery,
        context: PlanningContext
    ) {
        collector = FieldCollector(
            document: document, schema: context.schema, fragments: fragments, conditions: conditions)
        coercion = InputCoercion(document: document, schema: context.schema, scalars: context.resolvers.scalars)
        self.context = context
        usages = delivery == .incremental ? DeferUsageTable() : nil
    }

    mutating func plan(_ operation: OperationDefinition) throws(RequestError) -> OperationPlan {
        let root: SelectionPlan
        do {
            root = try planRoot(operation)
        } catch {
            throw RequestError(error)
        }
        // The plan that delivers everything at once has the cost already.
        let model = usages == nil ? context.cost : nil
        let cost = try model.map { model throws(RequestError) in try CostPlanner.plan(root, model, coercion) }
        let heapBytes = shared.values.reduce(HeapSize.object(128) + (cost?.heapBytes ?? 0)) { $0 + $1.plan.heapBytes }
        return OperationPlan(
            kind: operation.kind, root: root, document: document, isIncremental: isIncremental, cost: cost,
            heapBytes: heapBytes)
    }

    private mutating func planRoot(_ operation: OperationDefinition) throws(GraphQLError) -> SelectionPlan {
        guard let root = schema.rootType(of: operation.kind) else {
            throw error(
                "The schema has no \(operation.kind.keyword) operations.", .operationResolutionFailure, operation.start)
        }
        let set = UsedSelectionSet(selections: operation.selections, usage: nil)
        let plan = try plan([set], for: schema[root], DeliveryScope(), isSerial: operation.kind == .mutation)
        if operation.kind == .subscription, let failure = plan.failure { throw failure }
        if operation.kind == .subscription, plan.fields.count != 1 {
            throw error("A subscription must select exactly one root field.", .validationFailed, operation.start)
        }
        if plan.hasIntrospection(deeperThan: context.maximumIntrospectionDepth) {
            throw error(
                "More than \(context.maximumIntrospectionDepth) introspection lists lie in each other.",
                .introspectionTooDeep, operation.start)
        }
        return plan
    }

    /// Plans the objects of one type; `isSerial` for the root of a mutation, whose own fields are never put off.
    private mutating func plan(
        _ sets: [UsedSelectionSet], for type: NamedType, _ scope: DeliveryScope, isSerial: Bool = false
    ) throws(GraphQLError) -> SelectionPlan {
        let key = SharedKey(type: type.id, sets: sets, scope: scope)
        if let known = shared[key] {
            try reach(depth + known.height, in: sets)
            return known.plan
        }
        depth += 1
        defer { depth -= 1 }
        let outside = deepest
        deepest = depth
        try reach(depth, in: sets)
        var ignored: DeferUsageTable?
        let plan: SelectionPlan
        do {
            let groups =
                try isSerial
                ? collector.collect(sets, for: type, depth: scope.depth, usages: &ignored)
                : collector.collect(sets, for: type, depth: scope.depth, usages: &usages)
            plan = try self.plan(groups, for: type, scope, isSerial: isSerial)
        } catch  where error.code == .badUserInput {
            // A condition without a value: nobody can tell which fields these objects have, so each of them fails.
            plan = SelectionPlan(type: type, batchType: context.resolvers.batchType(of: type.name), failure: error)
        }
        shared[key] = SharedPlan(plan: plan, height: deepest - depth + 1)
        deepest = max(deepest, outside)
        return plan
    }

    private mutating func plan(
        _ groups: [FieldCollector.Group], for type: NamedType, _ scope: DeliveryScope, isSerial: Bool
    ) throws(GraphQLError) -> SelectionPlan {
        let (now, later) = divide(groups, in: scope)
        var deferred: [DeferredSelection] = []
        for (usages, groups) in later {
            let scope = DeliveryScope(depth: scope.depth, usages: usages)
            let plan = try plan(groups, for: type, scope, isSerial: false)
            deferred.append(DeferredSelection(usages: usages.compactMap { self.usages?[$0] }, plan: plan))
        }
        var fields: [PlannedField] = []
        var keys: [UInt8] = []
        for group in now {
            let start = keys.count
            let responseKey = document.string(group.key)
            keys.append(UInt8(ascii: fields.isEmpty ? "{" : ","))
            keys.append(UInt8(ascii: "\""))
            keys.append(contentsOf: responseKey.utf8)  // a Name needs no escaping in JSON
            keys.append(contentsOf: "\":".utf8)
            fields.append(
                try plan(group, responseKey, key: start..<keys.count, of: type, scope, isStreamable: !isSerial))
        }
        return SelectionPlan(
            type: type, batchType: context.resolvers.batchType(of: type.name), fields: fields, keys: keys,
            deferred: deferred)
    }

    /// Divides the fields of an object into those that are delivered with it and those that are delivered later, by the
    /// `@defer`s that they wait for.
    private mutating func divide(
        _ groups: [FieldCollector.Group], in scope: DeliveryScope
    ) -> (now: [FieldCollector.Group], later: [(usages: [Int], groups: [FieldCollector.Group])]) {
        guard let usages, groups.contains(where: { $0.fields.contains { $0.usage != nil } }) else {
            return (groups, [])
        }
        var now: [FieldCollector.Group] = []
        var later: [(usages: [Int], groups: [FieldCollector.Group])] = []
        for group in groups {
            let needed = usages.needed(for: group.fields.map(\.usage))
            if needed == scope.usages {
                now.append(group)
            } else if let index = later.firstIndex(where: { $0.usages == needed }) {
                later[index].groups.append(group)
            } else {
                later.append((needed, [group]))
            }
        }
        if !later.isEmpty { isIncremental = true }
        return (now, later)
    }

    /// Takes notice of a level: what runs over plans and responses is recursive.
    private mutating func reach(_ level: Int, in sets: [UsedSelectionSet]) throws(GraphQLError) {
        deepest = max(deepest, level)
        guard level > context.maximumDepth else { return }
        let first = sets.first.map { document.selections[Int($0.selections.start)].start }
        throw error(
            "With its fragments the operation is nested deeper than \(context.maximumDepth) levels.", .tooDeep,
            first ?? 0)
    }

    private mutating func plan(
        _ group: FieldCollector.Group, _ responseKey: String, key: Range<Int>, of type: NamedType,
        _ scope: DeliveryScope, isStreamable: Bool
    ) throws(GraphQLError) -> PlannedField {
        let first = document.selections[group.fields[0].selection]
        fieldCount += 1
        guard fieldCount <= context.maximumFields else {
            throw error(
                "The operation is too complex: it has more than \(context.maximumFields) fields.", .tooComplex,
                first.start)
        }
        let name = document.string(first.name)
        guard let definition = schema.field(of: type.id, named: first.name, in: document) else {
            throw error("Cannot query field \"\(name)\" on type \"\(type.name)\".", .validationFailed, first.start)
        }
        let sets = group.fields
            .map { UsedSelectionSet(selections: document.selections[$0.selection].selections, usage: $0.usage) }
            .filter { !$0.selections.isEmpty }
        let named = schema[definition.type.type]
        guard named.isComposite != sets.isEmpty else {
            throw error(
                "Field \"\(name)\" of type \"\(schema.text(definition.type))\" must \(named.isComposite ? "" : "not ")"
                    + "have a selection of subfields.", .validationFailed, first.start)
        }
        var scope = scope
        if usages != nil { scope.depth += 1 }
        return PlannedField(
            definition: definition,
            responseKey: responseKey,
            key: key,
            source: try source(of: definition, in: type, at: first.start),
            arguments: coercion.plan(first.arguments, of: definition.arguments),
            children: named.isComposite ? try children(sets, of: named, scope) : nil,
            stream: isStreamable ? try stream(first, definition, sets, scope) : nil,
            offsets: offsets(of: group))
    }

    private mutating func children(
        _ sets: [UsedSelectionSet], of type: NamedType, _ scope: DeliveryScope
    ) throws(GraphQLError) -> PlannedChildren {
        var plans: [SelectionPlan] = []
        for possible in schema.possibleTypes(of: type.id) {
            plans.append(try plan(sets, for: schema[possible], scope))
        }
        return PlannedChildren(plans: plans)
    }

    /// The plan of an active `@stream` on a list of objects.
    ///
    /// A list of scalars is one value of its object: it is never streamed, as the specification allows.
    private mutating func stream(
        _ selection: Selection, _ definition: FieldDefinition, _ sets: [UsedSelectionSet], _ scope: DeliveryScope
    ) throws(GraphQLError) -> StreamPlan? {
        let named = schema[definition.type.type]
        guard usages != nil, definition.type.isList, named.isComposite,
            let index = try collector.activeDirective("stream", of: selection),
            let count = schema.directive(named: "stream")?.argument(named: "initialCount")
        else { return nil }
        isIncremental = true
        let directive = document.directives[index]
        var late: [UsedSelectionSet] = []
        for set in sets.map({ UsedSelectionSet(selections: $0.selections, usage: nil) }) where !late.contains(set) {
            late.append(set)
        }
        return StreamPlan(
            label: collector.label(of: directive),
            initialCount: coercion.plan(directive.arguments, of: [count]),
            children: try children(late, of: named, DeliveryScope(depth: scope.depth)))
    }

    /// Where the field stands in the document; a node that is asked for with and without `@defer` counts once.
    private func offsets(of group: FieldCollector.Group) -> [UInt32] {
        var offsets = group.fields.map { document.selections[$0.selection].start }
        guard usages != nil, offsets.count > 1 else { return offsets }
        var seen: Set<UInt32> = []
        offsets.removeAll { !seen.insert($0).inserted }
        return offsets
    }

    private func source(
        of definition: FieldDefinition, in type: NamedType, at offset: UInt32
    ) throws(GraphQLError) -> PlannedField.Source {
        if definition.metaField == .typename { return .typename(Array("\"\(type.name)\"".utf8)) }
        guard let resolver = context.resolvers.resolver(type.name, definition.name) else {
            throw error("Field \"\(type.name).\(definition.name)\" has no resolver.", .internalServerError, offset)
        }
        return .resolver(resolver)
    }

    private func error(_ message: String, _ code: GraphQLErrorCode, _ offset: UInt32) -> GraphQLError {
        GraphQLError(message, code: code, locations: [document.location(of: offset)])
    }
}

/// How the parts of a response reach the client.
enum Delivery: Hashable {
    /// All at once; `@defer` and `@stream` mean nothing.
    case complete
    /// What `@defer` and `@stream` put off comes in later payloads.
    case incremental
}
