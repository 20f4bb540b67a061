// Whether a constant of the type system can be coerced to a type: specification, section 3, the parts "Input Coercion".

/// Compares constants with input types.
struct ConstantCheck {
    private let schema: GraphQLSchema

    init(_ schema: GraphQLSchema) { self.schema = schema }

    /// What is wrong with the constant as a value of the type; nil when nothing is.
    func problem(_ value: ConstantValue, as type: TypeReference) -> String? {
        if case .null = value {
            return type.isNonNull ? "expected a value of type \"\(schema.text(type))\", found null." : nil
        }
        if type.isList {
            // What is not a list stands for a list of one.
            guard case .list(let items) = value else { return problem(value, as: type.item) }
            for item in items {
                if let problem = problem(item, as: type.item) { return problem }
            }
            return nil
        }
        let named = schema[type.type]
        switch named.kind {
        case .inputObject: return problem(value, asInputObject: named)
        case .enum: return problem(value, asEnum: named)
        case .scalar: return isAcceptable(value, asScalar: named.name) ? nil : mismatch(value, named)
        default: return nil
        }
    }

    private func mismatch(_ value: ConstantValue, _ type: NamedType) -> String {
        "expected a value of type \"\(type.name)\", found \(value)."
    }

    private func problem(_ value: ConstantValue, asEnum type: NamedType) -> String? {
        guard case .enumValue(let name) = value else { return mismatch(value, type) }
        return type.enumValue(named: name) == nil ? "value \"\(name)\" does not exist in enum \"\(type.name)\"." : nil
    }

    private func problem(_ value: ConstantValue, asInputObject type: NamedType) -> String? {
        guard case .object(let fields) = value else { return mismatch(value, type) }
        for field in fields {
            guard let definition = type.inputField(named: field.name) else {
                return "field \"\(field.name)\" is not defined by type \"\(type.name)\"."
            }
            if let problem = problem(field.value, as: definition.type) { return problem }
        }
        if let missing = type.inputFields.first(where: { $0.isRequired && value[$0.name] == nil }) {
            return "the required field \"\(type.name).\(missing.name)\" is missing."
        }
        if type.isOneOf, fields.count != 1 || fields.first?.value == .null {
            return "exactly one field of \"\(type.name)\" must be given, and not null."
        }
        return nil
    }

    /// Custom scalars decide for themselves, at run time.
    private func isAcceptable(_ value: ConstantValue, asScalar name: String) -> Bool {
        switch (name, value) {
        case ("Int", .int(let number)): Int32(exactly: number) != nil
        case ("Float", .int), ("Float", .float): true
        case ("Float", .bigNumber(let text)): Double(text)?.isFinite ?? false
        case ("ID", .int), ("ID", .string): true
        case ("ID", .bigNumber(let text)): !text.utf8.contains { ".eE".utf8.contains($0) }
        case ("String", .string), ("Boolean", .boolean): true
        case ("Int", _), ("Float", _), ("ID", _), ("String", _), ("Boolean", _): false
        default: true
        }
    }
}
