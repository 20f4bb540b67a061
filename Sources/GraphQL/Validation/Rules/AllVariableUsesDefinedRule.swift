// Specification, section 5.8.3, https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined

/// Every variable that an operation and the fragments it reaches use is defined by the operation.
enum AllVariableUsesDefinedRule {
    /// Reports a use of a variable that the operation does not define.
    static func report(
        _ usage: VariableUsage, in operation: OperationDefinition, _ context: inout ValidationContext
    ) {
        let place = operation.name.isEmpty ? "" : " by operation \"\(context.text(operation.name))\""
        context.report(
            "Variable \"$\(context.text(usage.name))\" is not defined\(place).", at: usage.start, operation.start)
    }
}
