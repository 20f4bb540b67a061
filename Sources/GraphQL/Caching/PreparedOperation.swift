/// An operation of a valid document with what every request for it needs, found once.
final class PreparedOperation: Sendable {
    /// A variable that the operation declares.
    struct Variable: Sendable {
        let definition: VariableDefinition
        let name: String
        /// nil: it names no input type, which validation refuses.
        let type: TypeReference?
    }

    let definition: OperationDefinition
    let variables: [Variable]
    let variableNames: NameIndex
    /// The names of the variables that decide which fields there are.
    private let conditionNames: NameIndex
    /// By condition: which variable it is; nil if the operation doesn't declare it.
    private let conditionVariables: [Int?]

    init(_ definition: OperationDefinition, in document: Document, conditionNames: NameIndex, schema: GraphQLSchema) {
        self.definition = definition
        self.conditionNames = conditionNames
        variables = document[definition.variableDefinitions].map { variable in
            let type = schema.type(named: variable.type.name, in: document)
            return Variable(
                definition: variable, name: document.string(variable.name),
                type: type.flatMap { $0.isInput ? TypeReference($0.id, variable.type.wrapping) : nil })
        }
        let names = NameIndex(variables.map(\.name))
        variableNames = names
        conditionVariables = conditionNames.names.map { names.index(of: $0) }
    }

    /// What the variables say about `@skip`, `@include`, `@defer` and `@stream`.
    func conditions(_ variables: VariableValues) -> ConditionValues {
        if conditionVariables.isEmpty { return .none }
        let values = conditionVariables.map { index -> Bool? in
            guard let index, case .boolean(let value) = variables.values[index] else { return nil }
            return value
        }
        return ConditionValues(names: conditionNames, values: values)
    }
}

extension PreparedOperation: HeapSized {
    var heapBytes: Int {
        HeapSize.object(MemoryLayout<OperationDefinition>.stride + 32) + HeapSize.array(variables)
            + HeapSize.array(variableNames.names) + HeapSize.array(conditionVariables)
            + variableNames.names.reduce(0) { $0 + HeapSize.string($1) }
    }
}
