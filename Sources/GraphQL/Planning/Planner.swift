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

    private struct SharedKey: Hashable {
        let type: TypeID
        let sets: [NodeRange<Selection>]
    }

    private struct SharedPlan {
        let plan: SelectionPlan
        /// How many selection sets lie in each other, this one included.
        let height: Int
    }

    init(
        document: Document, fragments: [String: FragmentDefinition], conditions: ConditionValues,
        context: PlanningContext
    ) {
        collector = FieldCollector(
            document: document, schema: context.schema, fragments: fragments, conditions: conditions)
        coercion = InputCoercion(document: document, schema: context.schema, scalars: context.resolvers.scalars)
        self.context = context
    }

    mutating func plan(_ operation: OperationDefinition) throws(RequestError) -> OperationPlan {
        let root: SelectionPlan
        do {
            root = try planRoot(operation)
        } catch {
            throw RequestError(error)
        }
        let cost = try context.cost.map { model throws(RequestError) in
            try CostPlanner.plan(root, model, coercion)
        }
        let heapBytes = shared.values.reduce(HeapSize.object(120) + (cost?.heapBytes ?? 0)) { $0 + $1.plan.heapBytes }
        return OperationPlan(kind: operation.kind, root: root, document: document, cost: cost, heapBytes: heapBytes)
    }

    private mutating func planRoot(_ operation: OperationDefinition) throws(GraphQLError) -> SelectionPlan {
        guard let root = schema.rootType(of: operation.kind) else {
            throw error(
                "The schema has no \(operation.kind.keyword) operations.", .operationResolutionFailure, operation.start)
        }
        let plan = try plan([operation.selections], for: schema[root])
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

    private mutating func plan(
        _ sets: [NodeRange<Selection>], for type: NamedType
    ) throws(GraphQLError) -> SelectionPlan {
        let key = SharedKey(type: type.id, sets: sets)
        if let known = shared[key] {
            try reach(depth + known.height, in: sets)
            return known.plan
        }
        depth += 1
        defer { depth -= 1 }
        let outside = deepest
        deepest = depth
        try reach(depth, in: sets)
        var fields: [PlannedField] = []
        var keys: [UInt8] = []
        for group in try collector.collect(sets, for: type) {
            let start = keys.count
            let responseKey = document.string(group.key)
            keys.append(UInt8(ascii: fields.isEmpty ? "{" : ","))
            keys.append(UInt8(ascii: "\""))
            keys.append(contentsOf: responseKey.utf8)  // a Name needs no escaping in JSON
            keys.append(contentsOf: "\":".utf8)
            fields.append(try plan(group, responseKey, key: start..<keys.count, of: type))
        }
        let plan = SelectionPlan(
            type: type, batchType: context.resolvers.batchType(of: type.name), fields: fields, keys: keys)
        shared[key] = SharedPlan(plan: plan, height: deepest - depth + 1)
        deepest = max(deepest, outside)
        return plan
    }

    /// Takes notice of a level: what runs over plans and responses is recursive.
    private mutating func reach(_ level: Int, in sets: [NodeRange<Selection>]) throws(GraphQLError) {
        deepest = max(deepest, level)
        guard level > context.maximumDepth else { return }
        let first = sets.first.map { document.selections[Int($0.start)].start }
        throw error(
            "With its fragments the operation is nested deeper than \(context.maximumDepth) levels.", .tooDeep,
            first ?? 0)
    }

    private mutating func plan(
        _ group: FieldCollector.Group, _ responseKey: String, key: Range<Int>, of type: NamedType
    ) throws(GraphQLError) -> PlannedField {
        let first = document.selections[group.selections[0]]
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
        let sets = group.selections.map { document.selections[$0].selections }.filter { !$0.isEmpty }
        let named = schema[definition.type.type]
        guard named.isComposite != sets.isEmpty else {
            throw error(
                "Field \"\(name)\" of type \"\(schema.text(definition.type))\" must \(named.isComposite ? "" : "not ")"
                    + "have a selection of subfields.", .validationFailed, first.start)
        }
        return PlannedField(
            definition: definition,
            responseKey: responseKey,
            key: key,
            source: try source(of: definition, in: type, at: first.start),
            arguments: try coercion.plan(first.arguments, of: definition.arguments),
            children: named.isComposite ? try children(sets, of: named) : nil,
            offsets: group.selections.map { document.selections[$0].start })
    }

    private mutating func children(
        _ sets: [NodeRange<Selection>], of type: NamedType
    ) throws(GraphQLError) -> PlannedChildren {
        var plans: [SelectionPlan] = []
        for possible in schema.possibleTypes(of: type.id) { plans.append(try plan(sets, for: schema[possible])) }
        return PlannedChildren(plans: plans)
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
