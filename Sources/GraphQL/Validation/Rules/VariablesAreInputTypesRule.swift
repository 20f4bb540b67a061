// Specification, section 5.8.2, https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types

/// The type of a variable is a scalar, an enum or an input object.
enum VariablesAreInputTypesRule {
    /// Whether the type is an input type; reports when not.
    static func check(
        _ type: TypeID, of variable: VariableDefinition, _ context: inout ValidationContext
    ) -> Bool {
        if context.schema[type].isInput { return true }
        let text = variable.type.wrapping.text(around: context.text(type))
        context.report(
            "Variable \"$\(context.text(variable.name))\" cannot be non-input type \"\(text)\".",
            at: variable.type.start)
        return false
    }
}
