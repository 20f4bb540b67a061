/// How the arguments of a planned field come about: once for all parents, and for constants once for all requests.
enum ArgumentPlan: Sendable {
    /// The field has no arguments, or all are constant.
    case constant(ArgumentValues)
    /// Some argument has a variable in it, or a default that its custom scalar refuses.
    case variable(definitions: [InputValueDefinition], literals: [Value?])
}

extension InputCoercion {
    /// Plans the arguments of a field.
    ///
    /// Validation has checked its literals. A default that does not fit fails where and when the field is executed.
    func plan(_ arguments: NodeRange<Argument>, of definitions: [InputValueDefinition]) -> ArgumentPlan {
        guard !definitions.isEmpty else { return .constant(.none) }
        let literals = definitions.map { definition in
            document[arguments].first { document.isEqual($0.name, definition.name) }?.value
        }
        if !literals.contains(where: { $0.map(hasVariable) ?? false }),
            // An error is not swallowed: coercing again at execution throws it with the field's path.
            let values = try? coerce(literals, of: definitions, variables: .none)
        {
            return .constant(values)
        }
        return .variable(definitions: definitions, literals: literals)
    }

    /// The values of a planned field's arguments (specification section 6.4.1, CoerceArgumentValues).
    func values(of plan: ArgumentPlan, variables: VariableValues) throws(InputError) -> ArgumentValues {
        switch plan {
        case .constant(let values): values
        case .variable(let definitions, let literals):
            try coerce(literals, of: definitions, variables: variables)
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
