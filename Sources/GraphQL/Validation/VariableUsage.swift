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
    let operation: OperationDefinition
    /// The index in `Document.variableDefinitions` plus one of the variable with that symbol; 0 when it is not defined.
    fileprivate(set) var definitions: [Int32]
    /// Whether the symbol is used by the operation; only set for its own variables.
    fileprivate(set) var isUsed: [Bool]

    /// The index in `Document.variableDefinitions` of the variable; of several the last.
    func definition(of symbol: Symbol) -> Int? {
        let number = definitions[Int(symbol)]
        return number == 0 ? nil : Int(number) - 1
    }
}

extension ValidationContext {
    /// Checks the variables of all operations, and finds the fragments that operations reach.
    ///
    /// - Returns: for each fragment whether some operation reaches it.
    mutating func checkVariables() -> [Bool] {
        var walk = FragmentWalk(fragmentCount: document.fragments.count)
        guard !errors.isFull else { return walk.wasReached }
        let hasVariables = !document.variableDefinitions.isEmpty || !usages.isEmpty
        var definitions = [Int32](repeating: 0, count: hasVariables ? symbols.count : 0)
        var isUsed = [Bool](repeating: false, count: definitions.count)
        var steps = 0
        for (index, operation) in document.operations.enumerated() {
            var scope = VariableScope(operation: operation, definitions: definitions, isUsed: isUsed)
            (definitions, isUsed) = ([], [])
            for variable in operation.variableDefinitions.indices {
                scope.definitions[Int(variables[variable].symbol)] = Int32(variable + 1)
            }
            walk.begin(operationContents[index])
            while let contents = walk.next(in: self) {
                steps += contents.spreads.count + contents.usages.count
                check(contents.usages, in: &scope)
            }
            AllVariablesUsedRule.check(scope, &self)
            for variable in operation.variableDefinitions.indices {
                scope.definitions[Int(variables[variable].symbol)] = 0
                scope.isUsed[Int(variables[variable].symbol)] = false
            }
            (definitions, isUsed) = (scope.definitions, scope.isUsed)
            if errors.isFull { break }
            if steps > options.maximumSteps {
                reportTooComplex("following the fragments of all operations")
                break
            }
        }
        return walk.wasReached
    }

    private mutating func check(_ usages: Range<Int>, in scope: inout VariableScope) {
        for index in usages {
            if errors.isFull { return }
            let usage = self.usages[index]
            guard let definition = scope.definition(of: usage.symbol) else {
                AllVariableUsesDefinedRule.report(usage, in: scope.operation, &self)
                continue
            }
            scope.isUsed[Int(usage.symbol)] = true
            AllVariableUsagesAreAllowedRule.check(usage, of: definition, &self)
        }
    }
}

/// Goes from an operation through all fragments that it reaches, each once.
struct FragmentWalk {
    /// For each fragment whether any walk has come to it.
    private(set) var wasReached: [Bool]
    /// The number of the walk that came last to a fragment.
    private var lastWalk: [Int32]
    private var walk: Int32 = 0
    private var pending: [DefinitionContents] = []

    init(fragmentCount: Int) {
        wasReached = [Bool](repeating: false, count: fragmentCount)
        lastWalk = [Int32](repeating: 0, count: fragmentCount)
    }

    /// Begins at an operation.
    mutating func begin(_ contents: DefinitionContents) {
        walk += 1
        pending.removeAll(keepingCapacity: true)
        pending.append(contents)
    }

    /// The next definition; nil when all were visited.
    mutating func next(in context: borrowing ValidationContext) -> DefinitionContents? {
        guard let contents = pending.popLast() else { return nil }
        for spread in contents.spreads {
            guard let fragment = context.spreads[spread].fragment, lastWalk[fragment] != walk else { continue }
            lastWalk[fragment] = walk
            wasReached[fragment] = true
            pending.append(context.fragmentContents[fragment])
        }
        return contents
    }
}
