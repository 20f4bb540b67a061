/// Checks a document against a schema (specification section 5).
public enum Validator {
    /// All errors; a document without any can be executed.
    public static func validate(_ document: Document, against schema: GraphQLSchema) -> [GraphQLError] {
        []
    }
}
