// The factories of `FieldResolver` for fields without arguments, so that their closures need not name `NoArguments`.

public import GraphQL

extension FieldResolver {
    /// Scalars that need I/O, of a field without arguments.
    @inlinable
    public static func loaded<Source: ObjectSource, Value: LeafValue>(
        _ load: @escaping @Sendable ([Source], FieldCall) async throws -> Leaves<Value>
    ) -> FieldResolver {
        loaded { (sources: [Source], _: NoArguments, call: FieldCall) in try await load(sources, call) }
    }

    /// Objects that need I/O, of a field without arguments.
    @inlinable
    public static func loadedObjects<Source: ObjectSource, Tag: OutputTypeTag>(
        _ load: @escaping @Sendable ([Source], FieldCall) async throws -> Objects<Tag>
    ) -> FieldResolver {
        loadedObjects { (sources: [Source], _: NoArguments, call: FieldCall) in try await load(sources, call) }
    }

    /// A root field of `query` or `mutation` with a scalar type and without arguments.
    @inlinable
    public static func root<Value: LeafValue>(
        _ load: @escaping @Sendable (FieldCall) async throws -> Value
    ) -> FieldResolver {
        root { (_: NoArguments, call: FieldCall) in try await load(call) }
    }

    /// A root field of `query` or `mutation` with a composite type and without arguments.
    @inlinable
    public static func rootObjects<Tag: OutputTypeTag>(
        _ load: @escaping @Sendable (FieldCall) async throws -> Objects<Tag>
    ) -> FieldResolver {
        rootObjects { (_: NoArguments, call: FieldCall) in try await load(call) }
    }

    /// A root field of `subscription` without arguments.
    @inlinable
    public static func subscription<Tag: OutputTypeTag>(
        _ subscribe: @escaping @Sendable (FieldCall) async throws -> TypedSourceStream<Tag>
    ) -> FieldResolver {
        subscription { (_: NoArguments, call: FieldCall) in try await subscribe(call) }
    }
}
