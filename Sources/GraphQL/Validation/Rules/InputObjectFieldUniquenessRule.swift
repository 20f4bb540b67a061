// Specification, section 5.6.3, https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness

/// No two fields of an object literal have the same name.
enum InputObjectFieldUniquenessRule {
    /// Compares the names of all fields of one object.
    static func check(_ object: Value, _ context: inout ValidationContext) {
        let fields = context.document.objectFields
        let first = object.fields.indices.lowerBound
        guard context.hasRepetition(count: object.fields.count, { fields[first + $0].name }) else { return }
        for (name, first) in context.repetitions(in: context.document[object.fields].map(\.name))
        where !context.errors.isFull {
            context.report(
                "There can be only one input field named \"\(context.text(name))\".", at: first.start, name.start)
        }
    }
}
