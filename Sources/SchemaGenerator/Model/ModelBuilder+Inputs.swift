// Input objects and arguments.

import GraphQL

extension ModelBuilder {
    /// Adds an input object type.
    mutating func addInput(_ type: NamedType) {
        claim(type.name, for: "the input \(type.name)", at: type.location)
        if type.inputFields.count > 64 {
            report("the input \(type.name) has more than 64 fields", at: type.location)
        }
        if let field = type.inputFields.first(where: { reaches(type, from: $0) }) {
            report(
                "\(type.name).\(field.name) makes the input \(type.name) contain itself; a Swift value can do so only "
                    + "through a list", at: field.location)
        }
        let fields = type.inputFields.map { field in
            checkMember(field.name, of: "the input field \(type.name).\(field.name)", at: field.location)
            return fieldModel(field, isOneOf: type.isOneOf)
        }
        model.inputs.append(
            InputModel(name: type.name, isOneOf: type.isOneOf, fields: fields, documentation: type.description))
    }

    /// Adds the arguments of a field and gives the name of their Swift type.
    mutating func addArguments(of field: FieldDefinition, of type: NamedType) -> String {
        let coordinate = "\(type.name).\(field.name)"
        let name = type.name + SwiftNames.upperFirst(field.name) + "Arguments"
        claim(name, for: "the field \(coordinate)", at: field.location)
        let fields = field.arguments.map { argument in
            checkMember(argument.name, of: "the argument \(coordinate)(\(argument.name):)", at: argument.location)
            return fieldModel(argument, isOneOf: false)
        }
        model.arguments.append(
            ArgumentsModel(name: name, coordinate: coordinate, fields: fields, isPaging: Self.isPaging(fields)))
        return name
    }

    /// Whether these are the arguments of a Relay connection, so that one function can check them for all fields.
    private static func isPaging(_ fields: [InputFieldModel]) -> Bool {
        let paging = ["first": "Int32", "after": "String", "last": "Int32", "before": "String"]
        return paging.allSatisfy { name, type in
            fields.contains { $0.name == name && $0.valueType == type && $0.isOptional }
        }
    }

    /// Null can come wherever the type allows it, also past a default: a default stands in for what is absent, not for
    /// null (specification section 3.10, "Input Coercion").
    private func fieldModel(_ definition: InputValueDefinition, isOneOf: Bool) -> InputFieldModel {
        InputFieldModel(
            name: SwiftNames.escaped(definition.name),
            valueType: inputType(definition.type.nonNull),
            isOptional: !definition.type.isNonNull && !isOneOf,
            documentation: documentation(definition.description, deprecated: definition.deprecationReason))
    }

    /// The Swift type of an input, with its lists and optionals.
    private func inputType(_ reference: TypeReference) -> String {
        let base = reference.isList ? "[" + inputType(reference.item) + "]" : inputName(schema[reference.type])
        return reference.isNonNull ? base : base + "?"
    }

    /// The Swift type for a named input type, which apart from `String` is that for output too.
    func inputName(_ type: NamedType) -> String {
        switch type.name {
        case "Int": "Int32"
        case "Float": "Double"
        case "Boolean": "Bool"
        case "ID", "String": type.name
        default: type.kind == .scalar ? type.name + "Scalar" : type.name
        }
    }

    /// The description, and below it the reason of a deprecation.
    ///
    /// Not `@available`, because the resolvers of a
    /// deprecated field must still compile without a warning.
    func documentation(_ description: String?, deprecated reason: String?) -> String? {
        guard let reason else { return description }
        return [description, "Deprecated: \(reason)"].compactMap { $0 }.joined(separator: "\n\n")
    }

    /// Whether an input object contains itself through this field without a list between.
    private func reaches(_ target: NamedType, from field: InputValueDefinition) -> Bool {
        var visited: Set<TypeID> = []
        var waiting = [field]
        while let next = waiting.popLast() {
            guard !next.type.isList, schema[next.type.type].kind == .inputObject else { continue }
            if next.type.type == target.id { return true }
            guard visited.insert(next.type.type).inserted else { continue }
            waiting += schema[next.type.type].inputFields
        }
        return false
    }
}
