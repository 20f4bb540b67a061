/// The resolvers of one object type, found by the numbers of its fields.
struct TypeResolvers: Sendable {
    /// The class of the batches that they take; nil for root types, which have no parents.
    let batchType: ObjectIdentifier?
    /// The type's name as a JSON string.
    let typename: [UInt8]
    /// By `FieldDefinition.index`.
    let fields: [FieldResolver]
    /// Of `__schema` and `__type`, by `MetaField`; empty but for the query root.
    let metaFields: [FieldDefinition.MetaField: FieldResolver]

    /// Where the values of one of the type's fields come from.
    func source(of field: FieldDefinition) -> PlannedField.Source {
        guard let metaField = field.metaField else { return .resolver(fields[field.index]) }
        return metaFields[metaField].map { .resolver($0) } ?? .typename(typename)
    }
}

extension ResolverTable {
    /// The resolvers by the numbers of types and fields.
    ///
    /// - Throws: ``MissingResolversError`` if a field of an object type has no resolver,
    ///   ``MismatchedResolversError`` if one gives what is no value of its field's type.
    func byType(of schema: GraphQLSchema) throws -> [TypeResolvers] {
        var missing: [String] = []
        var mismatched: [String] = []
        let types = schema.types.map { type in
            var fields: [FieldResolver] = []
            for field in type.kind == .object ? type.fields : [] {
                guard let resolver = resolver(type.name, field.name) else {
                    missing.append("\(type.name).\(field.name)")
                    continue
                }
                if let leaf = resolver.leaf, !leaf.fits(field.type, in: schema) {
                    mismatched.append("\(type.name).\(field.name): \(schema.text(field.type)), resolved as \(leaf)")
                }
                fields.append(resolver)
            }
            var metaFields: [FieldDefinition.MetaField: FieldResolver] = [:]
            if type.id == schema.queryType {
                metaFields[.schema] = resolver(type.name, schema.schemaField.name)
                metaFields[.type] = resolver(type.name, schema.typeField.name)
            }
            return TypeResolvers(
                batchType: batchType(of: type.name), typename: Array("\"\(type.name)\"".utf8), fields: fields,
                metaFields: metaFields)
        }
        guard missing.isEmpty else { throw MissingResolversError(fields: missing) }
        guard mismatched.isEmpty else { throw MismatchedResolversError(fields: mismatched) }
        return types
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
