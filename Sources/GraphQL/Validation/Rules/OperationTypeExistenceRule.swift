// Specification, section 5.2.1.1, https://spec.graphql.org/September2025/#sec-Operation-Type-Existence

/// The schema has a root type for every kind of operation that a document contains.
enum OperationTypeExistenceRule {
    /// The root type of the operation; reports when there is none.
    static func rootType(of operation: OperationDefinition, _ context: inout ValidationContext) -> TypeID? {
        if let root = context.schema.rootType(of: operation.kind) { return root }
        context.report(
            "The \(operation.kind.keyword) operation is not supported by the schema.", at: operation.start)
        return nil
    }
}
