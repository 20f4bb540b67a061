/// The items of streamed lists that were left for later: all that one field gave in one wave.
final class StreamedRest {
    let field: PlannedField
    let stream: StreamPlan
    /// The position in their lists of the first items here: `initialCount`.
    let first: Int
    /// Per parent the rest of its list, or null.
    let column: ObjectsColumn
    /// The items with what the waves found; nil until they are resolved.
    var objects: PlannedObjects?

    init(field: PlannedField, stream: StreamPlan, first: Int, column: ObjectsColumn) {
        self.field = field
        self.stream = stream
        self.first = first
        self.column = column
    }
}
