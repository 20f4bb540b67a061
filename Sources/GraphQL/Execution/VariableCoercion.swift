import JSON

extension InputCoercion {
    /// The values of an operation's variables (specification section 6.1.2, CoerceVariableValues).
    ///
    /// All that is wrong is reported at once.
    func coerceVariables(
        _ given: JSONObject, of operation: PreparedOperation
    ) throws(RequestError) -> VariableValues {
        var values: [InputValue?] = []
        values.reserveCapacity(operation.variables.count)
        var errors: [GraphQLError] = []
        for variable in operation.variables {
            do {
                values.append(try coerce(variable, given[variable.name]))
            } catch {
                values.append(nil)
                errors.append(
                    GraphQLError(
                        error.message, code: .badUserInput,
                        locations: [document.location(of: variable.definition.start)]))
            }
        }
        guard errors.isEmpty else { throw RequestError(errors, .preparation) }
        return VariableValues(names: operation.variableNames, values: values)
    }

    private func coerce(
        _ variable: PreparedOperation.Variable, _ given: JSONValue?
    ) throws(InputError) -> InputValue? {
        let definition = variable.definition
        guard let type = variable.type else {
            throw InputError(
                "Variable \"$\(variable.name)\" expected value of type \"\(document.string(definition.type.name))\" "
                    + "which cannot be used as an input type.")
        }
        guard let given else {
            if let value = definition.defaultValue { return try coerce(value, as: type, variables: .none) }
            guard type.isNonNull else { return nil }
            throw InputError(
                "Variable \"$\(variable.name)\" of required type \"\(schema.text(type))\" was not provided.")
        }
        do {
            return try coerce(given, as: type)
        } catch {
            throw InputError("Variable \"$\(variable.name)\" got invalid value: \(error.message)")
        }
    }
}
