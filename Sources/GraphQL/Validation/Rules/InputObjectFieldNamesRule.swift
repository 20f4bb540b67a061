// Specification, section 5.6.2, https://spec.graphql.org/September2025/#sec-Input-Object-Field-Names

/// Every field of an input object literal is defined by its type.
enum InputObjectFieldNamesRule {
    /// Reports a field that is not defined.
    static func report(_ field: ObjectField, _ type: NamedType, _ context: inout ValidationContext) {
        let name = context.text(field.name)
        let suggestion = context.suggestion(for: name, among: type.inputFields.lazy.map(\.name))
        context.report("Field \"\(name)\" is not defined by type \"\(type.name)\"." + suggestion, at: field.start)
    }
}
