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
    private var planCount = 0
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

        /// What tells nearly all apart: hashing arrays costs more than comparing two.
        func hash(into hasher: inout Hasher) {
            hasher.combine(type)
            hasher.combine(sets[0].selections.start)
            hasher.combine(sets.count)
            hasher.combine(scope.depth)
        }
    }

    private struct SharedPlan {
        let plan: SelectionPlan
        /// How many selection sets lie in each other, this one included.
        let height: Int
    }

    init(
        document: Document, fragments: FragmentTable, conditions: ConditionValues, delivery: Delivery,
        context: PlanningContext
    ) {
        collector = FieldCollector(
            document: document, schema: context.schema, fragments: fragments, conditions: conditions)
        coercion = InputCoercion(document: document, schema: context.schema, scalars: context.scalars)
        self.context = context
        usages = delivery == .incremental ? DeferUsageTable() : nil
        shared.reserveCapacity(min(document.selections.count / 2, 32))
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
        let plan = try makePlan(sets, for: type, scope, isSerial: isSerial)
        shared[key] = SharedPlan(plan: plan, height: deepest - depth + 1)
        deepest = max(deepest, outside)
        return plan
    }

    private mutating func makePlan(
        _ sets: [UsedSelectionSet], for type: NamedType, _ scope: DeliveryScope, isSerial: Bool
    ) throws(GraphQLError) -> SelectionPlan {
        var ignored: DeferUsageTable?
        let groups: [FieldCollector.Group]
        do {
            groups =
                try isSerial
                ? collector.collect(sets, for: type, depth: scope.depth, usages: &ignored)
                : collector.collect(sets, for: type, depth: scope.depth, usages: &usages)
        } catch {
            switch error {
            case .invalid(let error): throw error
            case .undecided(let error):
                return SelectionPlan(
                    type: type, number: nextNumber(), batchType: context[type.id].batchType, failure: error)
            }
        }
        return try plan(groups, for: type, scope, isSerial: isSerial)
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
        fields.reserveCapacity(now.count)
        var keys: [UInt8] = []
        keys.reserveCapacity(now.reduce(0) { $0 + Int($1.key.length) + "{\"\":".utf8.count })
        for group in now {
            let start = keys.count
            keys.append(UInt8(ascii: fields.isEmpty ? "{" : ","))
            keys.append(UInt8(ascii: "\""))
            keys.append(contentsOf: document.bytes(group.key))  // a Name needs no escaping in JSON
            keys.append(UInt8(ascii: "\""))
            keys.append(UInt8(ascii: ":"))
            fields.append(try plan(group, key: start..<keys.count, of: type, scope, isStreamable: !isSerial))
        }
        return SelectionPlan(
            type: type, number: nextNumber(), batchType: context[type.id].batchType, fields: fields, keys: keys,
            deferred: deferred)
    }

    private mutating func nextNumber() -> Int {
        defer { planCount += 1 }
        return planCount
    }

    /// Divides the fields of an object into those that are delivered with it and those that are delivered later, by the
    /// `@defer`s that they wait for.
    private mutating func divide(
        _ groups: [FieldCollector.Group], in scope: DeliveryScope
    ) -> (now: [FieldCollector.Group], later: [(usages: [Int], groups: [FieldCollector.Group])]) {
        guard let usages, groups.contains(where: { $0.contains { $0.usage != nil } }) else {
            return (groups, [])
        }
        var now: [FieldCollector.Group] = []
        var later: [(usages: [Int], groups: [FieldCollector.Group])] = []
        for group in groups {
            let needed = usages.needed(for: group.map(\.usage))
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
        _ group: FieldCollector.Group, key: Range<Int>, of type: NamedType, _ scope: DeliveryScope, isStreamable: Bool
    ) throws(GraphQLError) -> PlannedField {
        let first = document.selections[group.first.selection]
        fieldCount += 1
        guard fieldCount <= context.maximumFields else {
            throw error(
                "The operation is too complex: it has more than \(context.maximumFields) fields.", .tooComplex,
                first.start)
        }
        guard let definition = schema.field(of: type.id, named: first.name, in: document) else {
            throw error(
                "Cannot query field \"\(document.string(first.name))\" on type \"\(type.name)\".", .validationFailed,
                first.start)
        }
        let named = schema[definition.type.type]
        guard named.isComposite != first.selections.isEmpty else {
            throw error(
                "Field \"\(definition.name)\" of type \"\(schema.text(definition.type))\" must "
                    + "\(named.isComposite ? "" : "not ")have a selection of subfields.", .validationFailed, first.start
            )
        }
        var scope = scope
        if usages != nil { scope.depth += 1 }
        let sets = named.isComposite ? selectionSets(of: group) : []
        return PlannedField(
            definition: definition,
            responseKey: first.alias.isEmpty ? definition.name : document.string(first.alias),
            key: key,
            source: context[type.id].source(of: definition),
            arguments: coercion.plan(first.arguments, of: definition.arguments),
            children: named.isComposite ? try children(sets, of: named, scope) : nil,
            stream: isStreamable && named.isComposite ? try stream(first, definition, sets, scope) : nil,
            offset: first.start, otherOffsets: group.others.isEmpty ? [] : otherOffsets(of: group))
    }

    private func selectionSets(of group: FieldCollector.Group) -> [UsedSelectionSet] {
        func set(_ field: FieldCollector.Field) -> UsedSelectionSet {
            UsedSelectionSet(selections: document.selections[field.selection].selections, usage: field.usage)
        }
        if group.others.isEmpty { return [set(group.first)] }
        return group.map(set).filter { !$0.selections.isEmpty }
    }

    private mutating func children(
        _ sets: [UsedSelectionSet], of type: NamedType, _ scope: DeliveryScope
    ) throws(GraphQLError) -> PlannedChildren {
        if type.kind == .object { return PlannedChildren(plans: [try plan(sets, for: type, scope)]) }
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
        guard usages != nil, definition.type.isList,
            let index = collector.activeDirective("stream", of: selection),
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
            children: try children(late, of: schema[definition.type.type], DeliveryScope(depth: scope.depth)))
    }

    /// Where else the field stands in the document; a node that is asked for with and without `@defer` counts once.
    private func otherOffsets(of group: FieldCollector.Group) -> [UInt32] {
        var offsets = group.others.map { document.selections[$0.selection].start }
        guard usages != nil else { return offsets }
        var seen: Set = [document.selections[group.first.selection].start]
        offsets.removeAll { !seen.insert($0).inserted }
        return offsets
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
