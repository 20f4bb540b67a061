/// How the arguments of a planned field come about: once for all parents, and for constants once for all requests.
enum ArgumentPlan: Sendable {
    /// The field has no arguments, or all are constant.
    case constant(ArgumentValues)
    /// Some argument has a variable in it.
    case variable(definitions: [InputValueDefinition], literals: [Value?])
}

extension InputCoercion {
    /// Plans the arguments of a field.
    ///
    /// Constants that don't fit are an error here, before anything runs.
    func plan(
        _ arguments: NodeRange<Argument>, of definitions: [InputValueDefinition]
    ) throws(GraphQLError) -> ArgumentPlan {
        guard !definitions.isEmpty else { return .constant(.none) }
        let literals = definitions.map { definition in
            document[arguments].first { document.isEqual($0.name, definition.name) }?.value
        }
        if literals.contains(where: { $0.map(hasVariable) ?? false }) {
            return .variable(definitions: definitions, literals: literals)
        }
        do {
            return .constant(try coerce(literals, of: definitions, variables: .none))
        } catch {
            throw GraphQLError(
                error.message, code: .badUserInput,
                locations: arguments.isEmpty ? [] : [document.location(of: document[arguments].first?.start ?? 0)])
        }
    }

    /// The values of a planned field's arguments (specification section 6.4.1, CoerceArgumentValues).
    func values(of plan: ArgumentPlan, variables: VariableValues) throws(InputError) -> ArgumentValues {
        switch plan {
        case .constant(let values): values
        case .variable(let definitions, let literals):
            try coerce(literals, of: definitions, variables: variables)
        }
    }

    private func hasVariable(_ value: Value) -> Bool {
        switch value.kind {
        case .variable: true
        case .list: document[value.items].contains(where: hasVariable)
        case .object: document[value.fields].contains { hasVariable($0.value) }
        default: false
        }
    }

    private func coerce(
        _ literals: [Value?], of definitions: [InputValueDefinition], variables: VariableValues
    ) throws(InputError) -> ArgumentValues {
        var values: [InputValue?] = []
        values.reserveCapacity(definitions.count)
        for (definition, literal) in zip(definitions, literals) {
            values.append(try coerce(literal, of: definition, variables: variables, what: "Argument"))
        }
        return ArgumentValues(values: values)
    }
}
