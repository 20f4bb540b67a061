/// One plan node with the objects it applies to: all objects of one concrete type that one field gave in one wave.
final class PlannedBatch {
    let plan: SelectionPlan
    let objects: AnyObjectBatch
    /// By field index: what the waves found.
    ///
    /// Stored leaves have nothing here, they are read while writing.
    // Written by the waves, then read by the serialiser, on one executor: checking each access at run time cost 2 %.
    @exclusivity(unchecked) var outcomes: [FieldOutcome]

    init(plan: SelectionPlan, objects: AnyObjectBatch) {
        self.plan = plan
        self.objects = objects
        outcomes = Array(repeating: .pending, count: plan.fields.count)
    }
}

/// What one field gave for all objects of a batch.
enum FieldOutcome {
    /// Not resolved, or a stored leaf.
    case pending
    /// A loaded leaf.
    case leaves(AnyLeafColumn)
    /// Objects.
    case objects(PlannedObjects)
    /// The first objects of streamed lists, and those for later payloads.
    case streamed(PlannedObjects, StreamedRest)
    /// It failed for all objects.
    case failure(FieldError)

    var failureCode: GraphQLErrorCode? { if case .failure(let error) = self { error.code } else { nil } }
}

/// The objects that one field gave for a batch, with the plans for them.
///
/// A class, because the serialiser passes it on at every value.
final class PlannedObjects {
    let column: ObjectsColumn
    /// One per batch of the column; nil: of a type that isn't possible for the field.
    let batches: [PlannedBatch?]

    init(_ column: ObjectsColumn, _ batches: [PlannedBatch?]) {
        self.column = column
        self.batches = batches
    }
}

/// A field whose resolver has to be awaited.
struct PendingField {
    let batch: PlannedBatch
    let field: Int
    /// Whether it is a field of the mutation itself.
    var isMutation = false
}

/// What an awaited resolver gave.
enum LoadedField: Sendable {
    case leaves(AnyLeafColumn)
    case objects(ObjectsColumn)
    case failure(FieldError)

    var failureCode: GraphQLErrorCode? { if case .failure(let error) = self { error.code } else { nil } }
}
