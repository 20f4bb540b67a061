/// How the values of one field of one object type come about, for all parents of a wave at once.
public struct FieldResolver: Sendable {
    @usableFromInline
    typealias WriteLeaf =
        @Sendable (AnyObjectBatch, Int, inout ResponseWriter) throws(FieldError) -> Void
    @usableFromInline
    typealias MakeObjects = @Sendable (AnyObjectBatch, ArgumentValues) throws -> ObjectsColumn
    @usableFromInline
    typealias LoadLeaves =
        @Sendable (AnyObjectBatch, ArgumentValues, FieldCall) async throws -> AnyLeafColumn
    @usableFromInline
    typealias LoadObjects =
        @Sendable (AnyObjectBatch, ArgumentValues, FieldCall) async throws -> ObjectsColumn
    @usableFromInline
    typealias Subscribe =
        @Sendable (ArgumentValues, FieldCall) async throws -> SourceStream

    /// The kinds of resolvers.
    @usableFromInline
    enum Kind: Sendable {
        /// A scalar that the source has at hand: written straight into the response, no await, no allocation.
        case storedLeaf(WriteLeaf)
        /// Objects that the sources have at hand.
        case storedObjects(MakeObjects)
        /// Scalars that need I/O.
        case loadedLeaves(LoadLeaves)
        /// Objects that need I/O.
        case loadedObjects(LoadObjects)
        /// The source stream of a subscription's root field (specification section 6.2.3.1).
        case subscription(Subscribe)
    }

    @usableFromInline let kind: Kind
    /// The class of batches that the resolver takes, for the check that there is one per object type; nil for root
    /// fields, which have no parents.
    @usableFromInline let batchType: ObjectIdentifier?
    /// What its values look like, for the check that they are of the field's type; nil for objects.
    @usableFromInline let leaf: LeafShape?

    @inlinable
    init(_ kind: Kind, batchType: ObjectIdentifier?, leaf: LeafShape? = nil) {
        self.kind = kind
        self.batchType = batchType
        self.leaf = leaf
    }

    /// A scalar that each source has at hand.
    @inlinable
    public static func stored<Source: ObjectSource, Value: LeafValue>(
        _ read: @escaping @Sendable (Source) -> Value
    ) -> FieldResolver {
        FieldResolver(
            .storedLeaf { (batch, index, out) throws(FieldError) in
                try read(batch.trusted(as: Source.self).sources[index]).write(to: &out)
            }, batchType: ObjectIdentifier(ObjectBatch<Source>.self), leaf: Value.leafShape)
    }

    /// Objects that the sources have at hand.
    @inlinable
    public static func storedObjects<Source: ObjectSource, Tag: OutputTypeTag>(
        _ make: @escaping @Sendable ([Source]) -> Objects<Tag>
    ) -> FieldResolver {
        FieldResolver(
            .storedObjects { batch, _ in make(batch.trusted(as: Source.self).sources).column },
            batchType: ObjectIdentifier(ObjectBatch<Source>.self))
    }

    /// Objects that the sources have at hand, depending on arguments.
    @inlinable
    public static func storedObjects<Source: ObjectSource, Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ make: @escaping @Sendable ([Source], Arguments) -> Objects<Tag>
    ) -> FieldResolver {
        FieldResolver(
            .storedObjects { batch, arguments in
                make(batch.trusted(as: Source.self).sources, try Arguments(arguments)).column
            }, batchType: ObjectIdentifier(ObjectBatch<Source>.self))
    }

    /// Scalars that need I/O or have arguments.
    @inlinable
    public static func loaded<Source: ObjectSource, Arguments: ArgumentDecodable, Value: LeafValue>(
        _ load: @escaping @Sendable ([Source], Arguments, FieldCall) async throws -> Leaves<Value>
    ) -> FieldResolver {
        FieldResolver(
            .loadedLeaves { batch, arguments, call in
                LeafColumn(
                    try await load(batch.trusted(as: Source.self).sources, Arguments(arguments), call))
            }, batchType: ObjectIdentifier(ObjectBatch<Source>.self), leaf: Value.leafShape)
    }

    /// Objects that need I/O or have arguments.
    @inlinable
    public static func loadedObjects<Source: ObjectSource, Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ load: @escaping @Sendable ([Source], Arguments, FieldCall) async throws -> Objects<Tag>
    ) -> FieldResolver {
        FieldResolver(
            .loadedObjects { batch, arguments, call in
                try await load(batch.trusted(as: Source.self).sources, Arguments(arguments), call).column
            }, batchType: ObjectIdentifier(ObjectBatch<Source>.self))
    }

    /// A root field of `query` or `mutation` with a scalar type.
    @inlinable
    public static func root<Arguments: ArgumentDecodable, Value: LeafValue>(
        _ load: @escaping @Sendable (Arguments, FieldCall) async throws -> Value
    ) -> FieldResolver {
        FieldResolver(
            .loadedLeaves { _, arguments, call in
                LeafColumn(Leaves([try await load(Arguments(arguments), call)]))
            }, batchType: nil, leaf: Value.leafShape)
    }

    /// A root field of `query` or `mutation` with a composite type.
    @inlinable
    public static func rootObjects<Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ load: @escaping @Sendable (Arguments, FieldCall) async throws -> Objects<Tag>
    ) -> FieldResolver {
        FieldResolver(
            .loadedObjects { _, arguments, call in try await load(Arguments(arguments), call).column },
            batchType: nil)
    }

    /// A root field of `subscription`.
    @inlinable
    public static func subscription<Arguments: ArgumentDecodable, Tag: OutputTypeTag>(
        _ subscribe: @escaping @Sendable (Arguments, FieldCall) async throws -> TypedSourceStream<Tag>
    ) -> FieldResolver {
        FieldResolver(
            .subscription { arguments, call in try await subscribe(Arguments(arguments), call).erased },
            batchType: nil)
    }

    /// A root field of `subscription` with a scalar or enum type.
    @inlinable
    public static func subscription<Arguments: ArgumentDecodable, Value: LeafValue>(
        _ subscribe: @escaping @Sendable (Arguments, FieldCall) async throws -> LeafSourceStream<Value>
    ) -> FieldResolver {
        FieldResolver(
            .subscription { arguments, call in try await subscribe(Arguments(arguments), call).erased },
            batchType: nil, leaf: Value.leafShape)
    }
}
