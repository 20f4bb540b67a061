// Specification, section 5.3.1, https://spec.graphql.org/September2025/#sec-Field-Selections

/// A selected field exists on the type in scope.
enum FieldSelectionsRule {
    /// Reports a field that does not exist.
    static func report(_ field: Selection, on type: TypeID, _ context: inout ValidationContext) {
        let name = context.text(field.name)
        let message = "Cannot query field \"\(name)\" on type \"\(context.text(type))\"."
        context.report(message + suggestion(for: name, on: type, context), at: field.start)
    }

    private static func suggestion(
        for name: String, on type: TypeID, _ context: borrowing ValidationContext
    ) -> String {
        guard context.options.suggestions else { return "" }
        let types = typesWithField(name, possibleIn: type, context.schema)
        if !types.isEmpty { return Suggestion.text(types, "to use an inline fragment on") }
        return context.suggestion(for: name, among: context.schema[type].fields.lazy.map(\.name))
    }

    /// The object types that have such a field, and their interfaces that have it; the most common first.
    private static func typesWithField(_ name: String, possibleIn type: TypeID, _ schema: GraphQLSchema) -> [String] {
        guard schema[type].isAbstract else { return [] }
        var uses: [TypeID: Int] = [:]
        for object in schema.possibleTypes(of: type) where schema[object].field(named: name) != nil {
            uses[object] = 1
            for interface in schema[object].interfaces where schema[interface].field(named: name) != nil {
                uses[interface, default: 0] += 1
            }
        }
        return uses.sorted { left, right in
            if left.value != right.value { return left.value > right.value }
            if left.key != right.key, schema.isSubtype(right.key, of: left.key) { return true }
            if left.key != right.key, schema.isSubtype(left.key, of: right.key) { return false }
            return NaturalOrder.precedes(schema[left.key].name, schema[right.key].name)
        }.map { schema[$0.key].name }
    }
}
