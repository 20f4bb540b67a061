/// All resolvers of a schema, by type and field.
///
/// Made by generated code; ``Engine`` checks that it is complete.
public struct ResolverTable: Sendable {
    private(set) var resolvers: [String: [String: FieldResolver]] = [:]
    private(set) var scalars: [String: @Sendable (InputValue) throws -> Void] = [:]
    private var batchTypes: [String: ObjectIdentifier] = [:]

    /// Makes an empty table.
    public init() {}

    /// Sets the resolver of one field.
    public mutating func set(_ type: String, _ field: String, _ resolver: FieldResolver) {
        if let batchType = resolver.batchType {
            precondition(
                batchTypes[type, default: batchType] == batchType,
                "The resolvers of \(type) expect different Swift types as its objects: there must be one")
            batchTypes[type] = batchType
        }
        resolvers[type, default: [:]][field] = resolver
    }

    /// Sets how a custom scalar refuses input: by throwing (specification section 3.5.6).
    public mutating func setScalar(_ name: String, check: @escaping @Sendable (InputValue) throws -> Void) {
        scalars[name] = check
    }

    func resolver(_ type: String, _ field: String) -> FieldResolver? {
        resolvers[type]?[field]
    }

    func batchType(of type: String) -> ObjectIdentifier? {
        batchTypes[type]
    }
}
