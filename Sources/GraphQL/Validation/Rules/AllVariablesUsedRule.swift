// Specification, section 5.8.4, https://spec.graphql.org/September2025/#sec-All-Variables-Used

/// Every variable of an operation is used by it or by a fragment that it reaches.
enum AllVariablesUsedRule {
    /// Looks for variables that are never used.
    static func check(_ scope: borrowing VariableScope, _ context: inout ValidationContext) {
        for index in scope.operation.variableDefinitions.indices
        where !scope.isUsed(context.variables[index].symbol) && !context.errors.isFull {
            report(index, scope.operation, &context)
        }
    }

    @inline(never)
    private static func report(_ index: Int, _ operation: OperationDefinition, _ context: inout ValidationContext) {
        let variable = context.document.variableDefinitions[index]
        let place = operation.name.isEmpty ? "" : " in operation \"\(context.text(operation.name))\""
        context.report("Variable \"$\(context.text(variable.name))\" is never used\(place).", at: variable.start)
    }
}
