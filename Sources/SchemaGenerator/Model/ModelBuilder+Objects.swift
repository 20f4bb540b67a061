// Object types: their tags, their fields and how each field's value comes about.

import GraphQL

extension ModelBuilder {
    /// Adds an object type, which may be a root.
    mutating func addObject(_ type: NamedType) {
        claim(type.name + "Type", for: "the type \(type.name)", at: type.location)
        claim(type.name + "Fields", for: "the type \(type.name)", at: type.location)
        let label = SwiftNames.escaped(SwiftNames.lowerCamel(type.name))
        let fields = type.fields.map { fieldModel($0, of: type) }
        if isRoot(type) {
            model.roots.append(
                RootModel(
                    typeName: type.name, name: type.name + "Fields", label: label, fields: fields,
                    documentation: type.description))
            return
        }
        let protocolName = "Installable" + type.name + "Fields"
        claim(protocolName, for: "the type \(type.name)", at: type.location)
        model.tags.append(
            TagModel(
                name: type.name + "Type", typeName: type.name,
                kind: isNode(type) ? .node(prefix: type.name + "_") : .object, documentation: type.description))
        model.objects.append(
            ObjectModel(
                typeName: type.name, area: area(of: type), name: type.name + "Fields", protocolName: protocolName,
                tagName: type.name + "Type", label: label, fields: fields, documentation: type.description))
    }

    private func isRoot(_ type: NamedType) -> Bool {
        type.id == schema.queryType || type.id == schema.mutationType || type.id == schema.subscriptionType
    }

    private func isNode(_ type: NamedType) -> Bool {
        type.interfaces.contains { schema[$0].name == "Node" }
    }

    private func area(of type: NamedType) -> ObjectModel.Area {
        if type.name == "PageInfo" || type.name.hasSuffix("Connection") || type.name.hasSuffix("Edge") {
            return .connection
        }
        return type.name == "UserError" || type.name.hasSuffix("Payload") ? .payload : .object
    }

    private mutating func fieldModel(_ field: FieldDefinition, of type: NamedType) -> FieldModel {
        let coordinate = "\(type.name).\(field.name)"
        checkMember(field.name, of: "the field \(coordinate)", at: field.location)
        let arguments = field.arguments.isEmpty ? nil : addArguments(of: field, of: type)
        return FieldModel(
            fieldName: field.name, name: SwiftNames.escaped(field.name),
            shape: isRoot(type)
                ? rootShape(field, of: type, arguments: arguments) : shape(field, of: type, arguments: arguments),
            documentation: documentation(field.description, deprecated: field.deprecationReason))
    }

    /// A scalar or enum, or a list of them, without arguments is stored, everything else is loaded; `@stored` and
    /// `@loaded` say otherwise.
    private mutating func shape(_ field: FieldDefinition, of type: NamedType, arguments: String?) -> FieldShape {
        let isMarkedStored = field.directives.first(named: BuildDirectives.stored) != nil
        let isMarkedLoaded = field.directives.first(named: BuildDirectives.loaded) != nil
        let coordinate = "\(type.name).\(field.name)"
        if isMarkedStored && isMarkedLoaded {
            report("\(coordinate) is both @stored and @loaded", at: field.location)
        }
        if isMarkedStored && arguments != nil {
            report("\(coordinate) is @stored and has arguments; a stored field can't have any", at: field.location)
        }
        let target = schema[field.type.type]
        if target.isLeaf {
            let value = outputType(field.type)
            return arguments == nil && !isMarkedLoaded
                ? .storedLeaf(value: value) : .loadedLeaf(arguments: arguments, value: value)
        }
        let tag = target.name + "Type"
        return isMarkedStored ? .storedObjects(tag: tag) : .loadedObjects(arguments: arguments, tag: tag)
    }

    private mutating func rootShape(_ field: FieldDefinition, of type: NamedType, arguments: String?) -> FieldShape {
        let coordinate = "\(type.name).\(field.name)"
        for name in [BuildDirectives.stored, BuildDirectives.loaded]
        where field.directives.first(named: name) != nil {
            report("\(coordinate) is @\(name), which root fields can't be", at: field.location)
        }
        let target = schema[field.type.type]
        let tag = target.name + "Type"
        guard type.id == schema.subscriptionType else {
            return target.isLeaf
                ? .rootLeaf(arguments: arguments, value: outputType(field.type))
                : .rootObjects(arguments: arguments, tag: tag)
        }
        if target.isLeaf {
            report(
                "\(coordinate) is a subscription of a scalar or enum; only objects can be streamed", at: field.location)
        }
        return .subscription(arguments: arguments, tag: tag)
    }

    /// The Swift type of a leaf in a response, with its lists and optionals.
    private func outputType(_ reference: TypeReference) -> String {
        let base = reference.isList ? "[" + outputType(reference.item) + "]" : outputName(schema[reference.type])
        return reference.isNonNull ? base : base + "?"
    }

    private func outputName(_ type: NamedType) -> String {
        type.name == "String" ? "Text" : inputName(type)
    }
}
