extension ResolverTable {
    /// The fields of object types that have no resolver, as `Type.field`.
    func missing(in schema: GraphQLSchema) -> [String] {
        schema.types.filter { $0.kind == .object }.flatMap { type in
            type.fields.filter { resolver(type.name, $0.name) == nil }.map { "\(type.name).\($0.name)" }
        }
    }
}
