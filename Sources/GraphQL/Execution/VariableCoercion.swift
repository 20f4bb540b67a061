import JSON

extension InputCoercion {
    /// The values of an operation's variables (specification section 6.1.2, CoerceVariableValues).
    ///
    /// All that is wrong is reported at once.
    func coerceVariables(
        _ given: JSONObject, of operation: OperationDefinition
    ) throws(RequestError) -> VariableValues {
        var names: [String] = []
        var values: [InputValue?] = []
        var errors: [GraphQLError] = []
        for definition in document[operation.variableDefinitions] {
            let name = document.string(definition.name)
            names.append(name)
            do {
                values.append(try coerceVariable(definition, named: name, given[name]))
            } catch {
                values.append(nil)
                errors.append(
                    GraphQLError(
                        error.message, code: .badUserInput, locations: [document.location(of: definition.start)]))
            }
        }
        guard errors.isEmpty else { throw RequestError(errors, .preparation) }
        return VariableValues(names: NameIndex(names), values: values)
    }

    private func coerceVariable(
        _ definition: VariableDefinition, named name: String, _ given: JSONValue?
    ) throws(InputError) -> InputValue? {
        guard let named = schema.type(named: definition.type.name, in: document), named.isInput else {
            throw InputError(
                "Variable \"$\(name)\" expected value of type \"\(document.string(definition.type.name))\" "
                    + "which cannot be used as an input type.")
        }
        let type = TypeReference(named.id, definition.type.wrapping)
        guard let given else {
            if let value = definition.defaultValue { return try coerce(value, as: type, variables: .none) }
            guard type.isNonNull else { return nil }
            throw InputError(
                "Variable \"$\(name)\" of required type \"\(schema.text(type))\" was not provided.")
        }
        do {
            return try coerce(given, as: type)
        } catch {
            throw InputError("Variable \"$\(name)\" got invalid value: \(error.message)")
        }
    }
}
