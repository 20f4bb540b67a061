// Specification, section 5.8.5, https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed

/// The type of a variable fits every place where it is used.
enum AllVariableUsagesAreAllowedRule {
    /// Compares a use with the variable's definition.
    static func check(_ usage: VariableUsage, of definition: Int, _ context: inout ValidationContext) {
        guard let expected = usage.expected, let type = context.variables[definition].type else { return }
        let variable = context.document.variableDefinitions[definition]
        if !isAllowed(type, variable, in: expected, hasDefault: usage.hasDefault) {
            report(usage, variable, type, expected, &context)
        }
        if let oneOf = usage.oneOf, !type.isNonNull { report(usage, variable, type, oneOf, &context) }
    }

    /// The algorithm IsVariableUsageAllowed.
    private static func isAllowed(
        _ type: TypeReference, _ variable: VariableDefinition, in expected: TypeReference, hasDefault: Bool
    ) -> Bool {
        guard expected.isNonNull, !type.isNonNull else { return areCompatible(type, expected) }
        let hasNonNullDefault = variable.defaultValue.map { $0.kind != .null } ?? false
        guard hasNonNullDefault || hasDefault else { return false }
        return areCompatible(type, expected.nullable)
    }

    /// The algorithm AreTypesCompatible: the same type with the same lists, and non-null wherever the place is.
    private static func areCompatible(_ type: TypeReference, _ expected: TypeReference) -> Bool {
        type.type == expected.type && type.wrapping.listDepth == expected.wrapping.listDepth
            && expected.wrapping.nonNullBits & ~type.wrapping.nonNullBits == 0
    }

    @inline(never)
    private static func report(
        _ usage: VariableUsage, _ variable: VariableDefinition, _ type: TypeReference, _ expected: TypeReference,
        _ context: inout ValidationContext
    ) {
        context.report(
            "Variable \"$\(context.text(usage.name))\" of type \"\(context.schema.text(type))\" used in position "
                + "expecting type \"\(context.schema.text(expected))\".", at: variable.start, usage.start)
    }

    @inline(never)
    private static func report(
        _ usage: VariableUsage, _ variable: VariableDefinition, _ type: TypeReference, _ oneOf: TypeID,
        _ context: inout ValidationContext
    ) {
        context.report(
            "Variable \"$\(context.text(usage.name))\" is of type \"\(context.schema.text(type))\" but must be "
                + "non-nullable to be used for OneOf Input Object \"\(context.text(oneOf))\".",
            at: variable.start, usage.start)
    }
}
