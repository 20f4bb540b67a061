// Specification, section 5.6.4, https://spec.graphql.org/September2025/#sec-Input-Object-Required-Fields

/// A field whose type is non-null and that has no default is given in every literal of an input object.
///
/// That its value is not `null` is checked by `ValuesOfCorrectTypeRule`.
enum InputObjectRequiredFieldsRule {
    /// Looks for required fields that are missing.
    static func check(_ object: Value, _ type: NamedType, _ context: inout ValidationContext) {
        let document = context.document
        for definition in type.inputFields where definition.isRequired {
            if document[object.fields].contains(where: { document.isEqual($0.name, definition.name) }) { continue }
            context.report(
                "Field \"\(type.name).\(definition.name)\" of required type "
                    + "\"\(context.schema.text(definition.type))\" was not provided.", at: object.start)
        }
    }
}
