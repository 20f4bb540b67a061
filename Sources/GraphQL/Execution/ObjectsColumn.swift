/// What a field with a composite type gave for every parent of a batch, without Swift types: the children and how
/// they hang on their parents.
public struct ObjectsColumn: Sendable {
    /// How children hang on parents.
    @usableFromInline
    enum Shape: Sendable {
        /// Parent i has child i.
        case identity
        /// Parent i has child `entries[i]`, or null (``ObjectsColumn/null``), or failure `failureBase - entries[i]`.
        case optional([Int32])
        /// Parent i has the list of the children `starts[i] ..< starts[i + 1]`.
        case lists(starts: [Int32])
        /// Parent i has the tokens from `starts[i]`; nested lists, null and failures anywhere.
        case tokens([Int32], starts: [Int32])
    }

    @usableFromInline static var null: Int32 { -1 }
    @usableFromInline static var list: Int32 { -2 }
    @usableFromInline static var failureBase: Int32 { -16 }

    /// The children, one batch per concrete type.
    @usableFromInline var batches: [(typeName: String, batch: AnyObjectBatch)]
    /// For children of several types, per child: which batch and which place in it.
    ///
    /// Empty: all in the first batch.
    @usableFromInline var places: [(batch: Int32, index: Int32)]
    @usableFromInline var shape: Shape
    @usableFromInline var failures: [FieldError]
    @usableFromInline let parentCount: Int

    @inlinable
    init(
        batches: [(typeName: String, batch: AnyObjectBatch)],
        places: [(batch: Int32, index: Int32)] = [],
        shape: Shape,
        failures: [FieldError] = [],
        parentCount: Int
    ) {
        self.batches = batches
        self.places = places
        self.shape = shape
        self.failures = failures
        self.parentCount = parentCount
    }

    /// The same failure for every parent.
    static func failure(_ error: FieldError, parentCount: Int) -> ObjectsColumn {
        ObjectsColumn(
            batches: [],
            shape: .optional(Array(repeating: failureBase, count: parentCount)),
            failures: [error],
            parentCount: parentCount)
    }
}
