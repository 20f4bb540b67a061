/// An operation compiled against a schema and its resolvers: what the executor walks.
///
/// Immutable and shared by all requests with the same document, operation and values of `@skip`, `@include`, `@defer` and
/// `@stream`.
public final class OperationPlan: Sendable {
    /// Query, mutation or subscription.
    public let kind: OperationKind
    /// What is asked of the root object.
    let root: SelectionPlan
    /// The document that the plan was made from; locations of errors are counted in it.
    let document: Document
    /// Whether a part of it is delivered later.
    let isIncremental: Bool
    /// The bytes that the plan takes, the document not counted.
    let heapBytes: Int
    /// What it costs; nil when that is not asked.
    let cost: CostPlan?
    /// Whether it asks for the schema (specification section 4.2), beside whatever else.
    let asksForSchema: Bool

    init(
        kind: OperationKind, root: SelectionPlan, document: Document, isIncremental: Bool, cost: CostPlan?,
        heapBytes: Int
    ) {
        self.kind = kind
        self.root = root
        self.document = document
        self.isIncremental = isIncremental
        self.cost = cost
        self.heapBytes = heapBytes
        asksForSchema = root.fields.contains { field in
            switch field.definition.metaField {
            case .schema, .type: true
            case .typename, nil: false
            }
        }
    }
}

/// The merged fields that an operation asks of the objects of one concrete type (specification section 6.3.2).
final class SelectionPlan: Sendable {
    let type: NamedType
    /// Its place in the order of planning; those below it come before it.
    let number: Int
    /// The class of the batches that this plan's resolvers take; nil for root types, which have no parents.
    let batchType: ObjectIdentifier?
    /// In the order of the response.
    let fields: [PlannedField]
    /// The same, to be walked without a retain and a release for each.
    let unmanagedFields: [Unmanaged<PlannedField>]
    /// The keys of the fields as they stand in the response, one after the other, each with its brace or comma and its colon.
    let keys: [UInt8]
    /// The indices of the fields that are not stored leaves: those that waves have to resolve.
    let resolved: [Int]
    /// More fields of the same objects, for later payloads.
    let deferred: [DeferredSelection]
    /// Why nobody can tell which fields there are: then there are none, and each object fails with it.
    let failure: GraphQLError?
    /// Whether there are such fields: the one thing that an object without any has to look at.
    let isDeferring: Bool

    init(
        type: NamedType, number: Int, batchType: ObjectIdentifier?, fields: [PlannedField] = [], keys: [UInt8] = [],
        deferred: [DeferredSelection] = [], failure: GraphQLError? = nil
    ) {
        self.type = type
        self.number = number
        self.failure = failure
        self.batchType = batchType
        self.fields = fields
        unmanagedFields = fields.map { Unmanaged.passUnretained($0) }
        self.keys = keys
        self.deferred = deferred
        isDeferring = !deferred.isEmpty
        resolved = fields.indices.filter { fields[$0].isResolved }
    }
}

/// One response key of a selection.
// A class, because the serialiser reaches for it at every value and a struct of this size would be copied there with
// all its references (a sixth of the whole time when it was one).
final class PlannedField: Sendable {
    /// Where the field's value comes from.
    enum Source: Sendable {
        /// The concrete type's name as a JSON string.
        case typename([UInt8])
        case resolver(FieldResolver)
    }

    let definition: FieldDefinition
    let responseKey: String
    /// The bytes of the key in `SelectionPlan.keys`, with the comma or brace before and the colon behind.
    let key: Range<Int>
    let source: Source
    /// How a stored leaf is written; nil for any other field.
    let write: FieldResolver.WriteLeaf?
    let arguments: ArgumentPlan
    /// For composite types: what to ask of the children.
    let children: PlannedChildren?
    /// The offset in the document of the first field node.
    let offset: UInt32
    /// The offsets of the others that were merged into this one; empty for nearly all, so that they cost no allocation.
    let otherOffsets: [UInt32]
    /// The field's type in the schema.
    let type: TypeReference
    /// How its list is streamed; nil if it comes as a whole.
    let stream: StreamPlan?

    init(
        definition: FieldDefinition, responseKey: String, key: Range<Int>, source: Source, arguments: ArgumentPlan,
        children: PlannedChildren?, stream: StreamPlan?, offset: UInt32, otherOffsets: [UInt32]
    ) {
        self.definition = definition
        self.responseKey = responseKey
        self.key = key
        self.source = source
        if case .resolver(let resolver) = source, case .storedLeaf(let write) = resolver.kind {
            self.write = write
        } else {
            write = nil
        }
        self.arguments = arguments
        self.children = children
        self.stream = stream
        self.offset = offset
        self.otherOffsets = otherOffsets
        type = definition.type
    }

    /// Whether waves have to resolve it: it is no stored leaf.
    var isResolved: Bool {
        switch source {
        case .typename: false
        case .resolver: write == nil
        }
    }

    /// The offsets of all its field nodes.
    var offsets: [UInt32] { [offset] + otherOffsets }
}

/// What is asked of a field's objects, per concrete type.
struct PlannedChildren: Sendable {
    let plans: [SelectionPlan]

    /// The plan for a concrete type; nil if it isn't possible for the field.
    func plan(for typeName: String, in schema: GraphQLSchema) -> SelectionPlan? {
        // Once per batch; a table of its own cost each composite field of a plan more than it saved.
        if plans.count == 1 { return plans[0].type.name == typeName ? plans[0] : nil }
        guard let type = schema.type(named: typeName) else { return nil }
        return plans.first { $0.type === type }
    }
}
