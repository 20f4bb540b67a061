// Specification, sections 3.10.1 and 5.6.1, https://spec.graphql.org/September2025/#sec-OneOf-Input-Objects

/// A literal of a `@oneOf` input object has exactly one field, whose value is not `null`.
///
/// That a variable in it is non-null is checked by `AllVariableUsagesAreAllowedRule`.
enum OneOfInputObjectRule {
    /// Counts the fields of a literal.
    static func check(_ object: Value, _ type: NamedType, _ context: inout ValidationContext) {
        let document = context.document
        guard let first = document[object.fields].first,
            document[object.fields].allSatisfy({ document.isEqual($0.name, first.name) })
        else {
            context.report("OneOf Input Object \"\(type.name)\" must specify exactly one key.", at: object.start)
            return
        }
        if document[object.fields].last?.value.kind == .null {
            context.report(
                "Field \"\(type.name).\(context.text(first.name))\" must be non-null.", at: object.start)
        }
    }
}
