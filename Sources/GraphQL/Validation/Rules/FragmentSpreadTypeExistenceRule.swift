// Specification, section 5.5.1.2, https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence

/// The types that fragments and variables name exist in the schema.
enum FragmentSpreadTypeExistenceRule {
    /// The type with that name; reports when there is none.
    @inline(__always)
    static func type(named name: Name, _ context: inout ValidationContext) -> TypeID? {
        if let type = context.schema.type(named: name, in: context.document) { return type.id }
        report(name, &context)
        return nil
    }

    @inline(never)
    private static func report(_ name: Name, _ context: inout ValidationContext) {
        let text = context.text(name)
        let suggestion = context.suggestion(for: text, among: context.schema.types.lazy.map(\.name))
        context.report("Unknown type \"\(text)\"." + suggestion, at: name.start)
    }
}
