// Where variables are used. The walk records usages per definition; here they are joined per operation with those of
// the fragments that the operation reaches.

/// One `$name` in a value, with what the place expects.
struct VariableUsage: BitwiseCopyable {
    /// The name without the `$`.
    let name: Name
    /// The offset of the `$`.
    let start: UInt32
    /// The name as a symbol.
    let symbol: Symbol
    /// The type that is expected in its place; nil when that is unknown.
    let expected: TypeReference?
    /// Whether the argument or input field that it stands for has a default value.
    let hasDefault: Bool
    /// The `@oneOf` type of the object of which it is a field's value.
    let oneOf: TypeID?
}

/// An operation with its variables, by symbol.
struct VariableScope {
    fileprivate struct Entry: BitwiseCopyable {
        /// The index in `Document.variableDefinitions` plus one; 0 when the operation does not define the variable.
        var definition: Int32 = 0
        var isUsed = false
    }

    let operation: OperationDefinition
    fileprivate var entries: [Entry]

    /// The index in `Document.variableDefinitions` of the variable; of several the last.
    func definition(of symbol: Symbol) -> Int? {
        let number = entries[Int(symbol)].definition
        return number == 0 ? nil : Int(number) - 1
    }

    /// Whether the operation uses one of its variables.
    func isUsed(_ symbol: Symbol) -> Bool { entries[Int(symbol)].isUsed }
}

extension ValidationContext {
    /// Checks the variables of all operations, and finds the fragments that operations reach.
    mutating func checkVariables() -> FragmentWalk {
        var walk = FragmentWalk(fragmentCount: document.fragments.count)
        guard !errors.isFull else { return walk }
        let hasVariables = !document.variableDefinitions.isEmpty || !usages.isEmpty
        var entries = [VariableScope.Entry](repeating: VariableScope.Entry(), count: hasVariables ? symbols.count : 0)
        var steps = 0
        for (index, operation) in document.operations.enumerated() {
            // The entries move into the scope and back, so that operations share one array.
            var scope = VariableScope(operation: operation, entries: entries)
            entries = []
            for variable in operation.variableDefinitions.indices {
                scope.entries[Int(variables[variable].symbol)].definition = Int32(variable + 1)
            }
            walk.begin(contents[index])
            while let contents = walk.next(in: self) {
                steps += contents.spreads.count + contents.usages.count
                check(contents.usages, in: &scope)
            }
            AllVariablesUsedRule.check(scope, &self)
            for variable in operation.variableDefinitions.indices {
                scope.entries[Int(variables[variable].symbol)] = VariableScope.Entry()
            }
            entries = scope.entries
            if errors.isFull { break }
            if steps > options.maximumSteps {
                reportTooComplex("following the fragments of all operations")
                break
            }
        }
        return walk
    }

    private mutating func check(_ usages: Range<Int>, in scope: inout VariableScope) {
        for index in usages {
            if errors.isFull { return }
            let usage = self.usages[index]
            guard let definition = scope.definition(of: usage.symbol) else {
                AllVariableUsesDefinedRule.report(usage, in: scope.operation, &self)
                continue
            }
            scope.entries[Int(usage.symbol)].isUsed = true
            AllVariableUsagesAreAllowedRule.check(usage, of: definition, &self)
        }
    }
}
