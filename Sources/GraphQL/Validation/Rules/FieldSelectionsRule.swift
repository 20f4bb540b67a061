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

    /// The object types that have such a field, and their interfaces that have it; the most common first, and
    /// interfaces before the types that implement them.
    private static func typesWithField(_ name: String, possibleIn type: TypeID, _ schema: GraphQLSchema) -> [String] {
        guard schema[type].isAbstract else { return [] }
        var found: [TypeID] = []
        var uses: [TypeID: Int] = [:]
        for object in schema.possibleTypes(of: type) where schema[object].field(named: name) != nil {
            for type in [object] + schema[object].interfaces where schema[type].field(named: name) != nil {
                if uses[type] == nil { found.append(type) }
                uses[type, default: 0] += 1
            }
        }
        // The order is not transitive, so the result is that of one algorithm: binary insertion.
        var sorted: [TypeID] = []
        for type in found {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(type, sorted[middle], uses, schema) { high = middle } else { low = middle + 1 }
            }
            sorted.insert(type, at: low)
        }
        return sorted.map { schema[$0].name }
    }

    private static func precedes(
        _ type: TypeID, _ other: TypeID, _ uses: [TypeID: Int], _ schema: GraphQLSchema
    ) -> Bool {
        let (count, otherCount) = (uses[type] ?? 0, uses[other] ?? 0)
        if count != otherCount { return count > otherCount }
        if schema.isSubtype(other, of: type) { return true }
        if schema.isSubtype(type, of: other) { return false }
        return NaturalOrder.precedes(schema[type].name, schema[other].name)
    }
}
