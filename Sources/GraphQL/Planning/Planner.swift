import JSON

/// Compiles one operation of a valid document into an ``OperationPlan``.
///
/// Equal selections of equal types share one plan, so a document can't make the plan grow exponentially by spreading
/// fragments that spread fragments.
struct Planner {
    private let collector: FieldCollector
    private let coercion: InputCoercion
    private let resolvers: ResolverTable
    private let maximumFields: Int
    private var document: Document { collector.document }
    private var schema: GraphQLSchema { collector.schema }

    private var shared: [SharedKey: SelectionPlan] = [:]
    private var fieldCount = 0

    private struct SharedKey: Hashable {
        let type: TypeID
        let sets: [NodeRange<Selection>]
    }

    /// `maximumFields` says how many fields a plan may have before the document is refused.
    init(
        document: Document, fragments: [String: FragmentDefinition], schema: GraphQLSchema, resolvers: ResolverTable,
        conditions: ConditionValues, maximumFields: Int
    ) {
        collector = FieldCollector(document: document, schema: schema, fragments: fragments, conditions: conditions)
        coercion = InputCoercion(document: document, schema: schema, scalars: resolvers.scalars)
        self.resolvers = resolvers
        self.maximumFields = maximumFields
    }

    mutating func plan(_ operation: OperationDefinition) throws(GraphQLError) -> OperationPlan {
        guard let root = schema.rootType(of: operation.kind) else {
            throw error(
                "The schema has no \(operation.kind.keyword) operations.", .operationResolutionFailure, operation.start)
        }
        let plan = try plan([operation.selections], for: schema[root])
        if operation.kind == .subscription, plan.fields.count != 1 {
            throw error("A subscription must select exactly one root field.", .validationFailed, operation.start)
        }
        let heapBytes = shared.values.reduce(HeapSize.object(40)) { $0 + $1.heapBytes }
        return OperationPlan(kind: operation.kind, root: plan, document: document, heapBytes: heapBytes)
    }

    private mutating func plan(
        _ sets: [NodeRange<Selection>], for type: NamedType
    ) throws(GraphQLError) -> SelectionPlan {
        let key = SharedKey(type: type.id, sets: sets)
        if let known = shared[key] { return known }
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
            type: type, batchType: resolvers.batchType(of: type.name), fields: fields, keys: keys)
        shared[key] = plan
        return plan
    }

    private mutating func plan(
        _ group: FieldCollector.Group, _ responseKey: String, key: Range<Int>, of type: NamedType
    ) throws(GraphQLError) -> PlannedField {
        let first = document.selections[group.selections[0]]
        fieldCount += 1
        guard fieldCount <= maximumFields else {
            throw error(
                "The operation is too complex: it has more than \(maximumFields) fields.", .tooComplex, first.start)
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
        guard let resolver = resolvers.resolver(type.name, definition.name) else {
            throw error("Field \"\(type.name).\(definition.name)\" has no resolver.", .internalServerError, offset)
        }
        return .resolver(resolver)
    }

    private func error(_ message: String, _ code: GraphQLErrorCode, _ offset: UInt32) -> GraphQLError {
        GraphQLError(message, code: code, locations: [document.location(of: offset)])
    }
}

extension GraphQLErrorCode {
    /// The operation has more fields than ``EngineConfiguration/maximumPlannedFields``.
    public static let tooComplex = Self("OPERATION_TOO_COMPLEX")
}
