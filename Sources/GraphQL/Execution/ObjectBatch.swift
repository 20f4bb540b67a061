/// All objects of one concrete type that one plan node yields in one wave, without their Swift type.
///
/// A resolver casts the batch once and then works on an array of its own type, so no value is boxed on its own.
public class AnyObjectBatch: @unchecked Sendable {  // Reason: immutable after its initialiser.
    /// How many objects there are.
    public let count: Int

    @usableFromInline
    init(count: Int) {
        self.count = count
    }

    /// The objects at these places, in this order.
    func subset(_ indices: [Int]) -> AnyObjectBatch {
        preconditionFailure("AnyObjectBatch.subset is for its subclasses")
    }
}

/// All objects of one concrete type that one plan node yields in one wave.
public final class ObjectBatch<Source: Sendable>: AnyObjectBatch, @unchecked Sendable {  // Reason: immutable.
    /// The objects.
    public let sources: [Source]

    /// Wraps the objects.
    @inlinable
    public init(_ sources: [Source]) {
        self.sources = sources
        super.init(count: sources.count)
    }

    override func subset(_ indices: [Int]) -> AnyObjectBatch {
        ObjectBatch(indices.map { sources[$0] })
    }
}

extension AnyObjectBatch {
    /// The batch as one of `Source`, without a check: the executor has compared the batch's class with the one that
    /// the resolvers of its object type expect, once per batch.
    @inlinable
    func trusted<Source: Sendable>(as _: Source.Type) -> ObjectBatch<Source> {
        unsafeDowncast(self, to: ObjectBatch<Source>.self)
    }
}
