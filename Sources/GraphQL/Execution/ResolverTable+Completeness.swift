extension ResolverTable {
    /// The fields of object types that have no resolver, as `Type.field`.
    func missing(in schema: GraphQLSchema) -> [String] {
        schema.types.filter { $0.kind == .object }.flatMap { type in
            type.fields.filter { resolver(type.name, $0.name) == nil }.map { "\(type.name).\($0.name)" }
        }
    }

    /// The fields whose resolvers give what is no value of the field's type, as `Type.field: type, resolved as shape`.
    func mismatched(in schema: GraphQLSchema) -> [String] {
        schema.types.filter { $0.kind == .object }.flatMap { type in
            type.fields.compactMap { field in
                guard let leaf = resolver(type.name, field.name)?.leaf, !leaf.fits(field.type, in: schema) else {
                    return nil
                }
                return "\(type.name).\(field.name): \(schema.text(field.type)), resolved as \(leaf)"
            }
        }
    }
}

/// Fields of the schema that nobody resolves: a programmer's error that stops the start.
public struct MissingResolversError: Swift.Error, CustomStringConvertible {
    /// As `Type.field`.
    public let fields: [String]

    /// The missing resolvers.
    public var description: String { "No resolver for \(fields.joined(separator: ", "))" }
}

/// Fields whose resolvers give null, lists or scalars that the field's type does not allow: a programmer's error that
/// stops the start.
public struct MismatchedResolversError: Swift.Error, CustomStringConvertible {
    /// As `Type.field: type, resolved as shape`.
    public let fields: [String]

    /// The resolvers that don't fit.
    public var description: String { "Resolvers that don't fit their fields: \(fields.joined(separator: "; "))" }
}
