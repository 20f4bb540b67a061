// Printing operations, fragments and selections.

extension Printer {
    mutating func print(_ operation: OperationDefinition) {
        description(operation.description)
        let variables = document[operation.variableDefinitions]
        let directives = string(operation.directives)
        var head = operation.kind.keyword
        if !operation.name.isEmpty { head += " " + string(operation.name) }
        if !variables.isEmpty { head = printVariables(variables, after: operation.name.isEmpty ? head + " " : head) }
        // Behind a type without braces a shorthand query would be taken for the braces.
        let isShorthand =
            document.typeSystemDefinitions.isEmpty && operation.kind == .query && operation.name.isEmpty
            && variables.isEmpty && directives.isEmpty
            && operation.description == nil
        print(operation.selections, after: isShorthand ? "" : head + directives)
    }

    mutating func print(_ fragment: FragmentDefinition) {
        description(fragment.description)
        let head = "fragment " + string(fragment.name) + " on " + string(fragment.typeCondition)
        print(fragment.selections, after: head + string(fragment.directives))
    }

    /// Prints the variables and answers what the line goes on with.
    private mutating func printVariables(_ variables: ArraySlice<VariableDefinition>, after head: String) -> String {
        let parts = variables.map { variable in
            let value = variable.defaultValue.map { " = " + string($0) } ?? ""
            return "$" + string(variable.name) + ": " + string(variable.type) + value + string(variable.directives)
        }
        let line = head + "(" + parts.joined(separator: ", ") + ")"
        guard variables.contains(where: { $0.description != nil }) || !fits(line) else { return line }
        brokenArguments(head, Array(zip(variables, parts))) { printer, element in
            printer.description(element.0.description)
            printer.line(element.1)
        }
        return ")"
    }

    private mutating func print(_ selections: NodeRange<Selection>, after head: String) {
        block(head, document[selections]) { $0.print($1) }
    }

    private mutating func print(_ selection: Selection) {
        let directives = string(selection.directives)
        switch selection.kind {
        case .fragmentSpread: line("..." + string(selection.name) + directives)
        case .inlineFragment:
            let condition = selection.typeCondition.map { " on " + string($0) } ?? ""
            print(selection.selections, after: "..." + condition + directives)
        case .field:
            let name = (selection.alias.isEmpty ? "" : string(selection.alias) + ": ") + string(selection.name)
            var head = name + string(selection.arguments)
            if !fits(head), !selection.arguments.isEmpty {
                brokenArguments(name, document[selection.arguments]) { printer, argument in
                    printer.line(printer.string(argument.name) + ": " + printer.string(argument.value))
                }
                head = ")"
            }
            print(selection.selections, after: head + directives)
        }
    }
}
