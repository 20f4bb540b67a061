/// What a field of the object type `Tag` gives: for each parent one object, or none, or a list, or a failure.
///
/// Every initialiser takes its values in the order of the parents, one entry per parent.
public struct Objects<Tag: OutputTypeTag>: Sendable {
    @usableFromInline var column: ObjectsColumn

    @inlinable
    init(column: ObjectsColumn) {
        self.column = column
    }
}

extension Objects where Tag: ObjectTypeTag {
    /// One object per parent.
    @inlinable
    public init<Source: ObjectSource>(_ sources: [Source]) where Source.Object == Tag {
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(sources))], shape: .identity, parentCount: sources.count)
    }

    /// One object or null per parent.
    @inlinable
    public init<Source: ObjectSource>(_ sources: [Source?]) where Source.Object == Tag {
        var present: [Source] = []
        present.reserveCapacity(sources.count)
        let entries = sources.map { source -> Int32 in
            guard let source else { return ObjectsColumn.null }
            present.append(source)
            return Int32(present.count - 1)
        }
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(present))], shape: .optional(entries), parentCount: sources.count)
    }

    /// One object, null or failure per parent.
    @inlinable
    public init<Source: ObjectSource>(results: [Result<Source?, FieldError>]) where Source.Object == Tag {
        var present: [Source] = []
        var failures: [FieldError] = []
        let entries = results.map { result -> Int32 in
            switch result {
            case .success(let source?):
                present.append(source)
                return Int32(present.count - 1)
            case .success(nil):
                return ObjectsColumn.null
            case .failure(let error):
                failures.append(error)
                return ObjectsColumn.failureBase - Int32(failures.count - 1)
            }
        }
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(present))],
            shape: .optional(entries),
            failures: failures,
            parentCount: results.count)
    }

    /// A list per parent.
    @inlinable
    public init<Source: ObjectSource>(lists: [[Source]]) where Source.Object == Tag {
        var flat: [Source] = []
        flat.reserveCapacity(lists.reduce(0) { $0 + $1.count })
        var starts: [Int32] = [0]
        starts.reserveCapacity(lists.count + 1)
        for list in lists {
            flat.append(contentsOf: list)
            starts.append(Int32(flat.count))
        }
        self.init(flat: flat, starts: starts)
    }

    /// A list per parent, given as one flat array: parent i has the elements `starts[i] ..< starts[i + 1]`.
    @inlinable
    public init<Source: ObjectSource>(flat: [Source], starts: [Int32]) where Source.Object == Tag {
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(flat))],
            shape: .lists(starts: starts),
            parentCount: starts.count - 1)
    }

    /// A list or null per parent, given as ranges of one flat array.
    @inlinable
    public init<Source: ObjectSource>(flat: [Source], lists: [Range<Int>?]) where Source.Object == Tag {
        var tokens: [Int32] = []
        tokens.reserveCapacity(2 * lists.count + flat.count)
        let starts = lists.map { list -> Int32 in
            let start = Int32(tokens.count)
            if let list {
                tokens.append(ObjectsColumn.list)
                tokens.append(Int32(list.count))
                for index in list { tokens.append(Int32(index)) }
            } else {
                tokens.append(ObjectsColumn.null)
            }
            return start
        }
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(flat))], shape: .tokens(tokens, starts: starts),
            parentCount: lists.count)
    }

    /// A list of objects or nulls, or no list at all, per parent.
    @inlinable
    public init<Source: ObjectSource>(optionalLists lists: [[Source?]?]) where Source.Object == Tag {
        var present: [Source] = []
        var tokens: [Int32] = []
        var starts: [Int32] = []
        for list in lists {
            starts.append(Int32(tokens.count))
            guard let list else {
                tokens.append(ObjectsColumn.null)
                continue
            }
            tokens.append(ObjectsColumn.list)
            tokens.append(Int32(list.count))
            for source in list {
                guard let source else {
                    tokens.append(ObjectsColumn.null)
                    continue
                }
                tokens.append(Int32(present.count))
                present.append(source)
            }
        }
        column = ObjectsColumn(
            batches: [(Tag.typeName, ObjectBatch(present))],
            shape: .tokens(tokens, starts: starts),
            parentCount: lists.count)
    }

    /// The object of the only parent, as root fields have it.
    @inlinable
    public static func one<Source: ObjectSource>(_ source: Source) -> Self where Source.Object == Tag {
        Self([source])
    }
}

extension Objects {
    /// Null for each of `count` parents.
    @inlinable
    public static func none(count: Int = 1) -> Self {
        Self(
            column: ObjectsColumn(
                batches: [],
                shape: .optional(Array(repeating: ObjectsColumn.null, count: count)),
                parentCount: count))
    }
}
