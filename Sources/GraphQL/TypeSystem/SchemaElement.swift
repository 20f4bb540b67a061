// What a schema coordinate refers to: specification, section 2.14, "Resolving a Schema Coordinate".

/// An element of a schema.
public enum SchemaElement: Sendable {
    /// A named type.
    case type(NamedType)
    /// A field of an object or interface.
    case field(FieldDefinition)
    /// A field of an input object.
    case inputField(InputValueDefinition)
    /// A value of an enum.
    case enumValue(EnumValueDefinition)
    /// An argument of a field or directive.
    case argument(InputValueDefinition)
    /// A directive.
    case directive(DirectiveDefinition)
}

extension GraphQLSchema {
    /// The element at a coordinate; nil when its container is there but not the element.
    ///
    /// - Throws: `SchemaError` when the container does not exist or cannot contain such an element.
    public func element(at coordinate: SchemaCoordinate) throws(SchemaError) -> SchemaElement? {
        switch coordinate {
        case .type(let name): return type(named: name).map { .type($0) }
        case .directive(let name): return directive(named: name).map { .directive($0) }
        case .member(let typeName, let name):
            let type = try container(typeName, coordinate)
            switch type.kind {
            case .enum: return type.enumValue(named: name).map { .enumValue($0) }
            case .inputObject: return type.inputField(named: name).map { .inputField($0) }
            case .object, .interface: return type.field(named: name).map { .field($0) }
            case .scalar, .union: throw missing("\"\(typeName)\" is \(type.kind.text) without members", coordinate)
            }
        case .argument(let typeName, let fieldName, let name):
            let type = try container(typeName, coordinate)
            guard type.kind == .object || type.kind == .interface else {
                throw missing("\"\(typeName)\" is \(type.kind.text) without fields", coordinate)
            }
            guard let field = type.field(named: fieldName) else {
                throw missing("there is no field \"\(typeName).\(fieldName)\"", coordinate)
            }
            return field.argument(named: name).map { .argument($0) }
        case .directiveArgument(let directiveName, let name):
            guard let directive = directive(named: directiveName) else {
                throw missing("there is no directive \"@\(directiveName)\"", coordinate)
            }
            return directive.argument(named: name).map { .argument($0) }
        }
    }

    private func container(_ name: String, _ coordinate: SchemaCoordinate) throws(SchemaError) -> NamedType {
        guard let type = type(named: name) else { throw missing("there is no type \"\(name)\"", coordinate) }
        return type
    }

    private func missing(_ reason: String, _ coordinate: SchemaCoordinate) -> SchemaError {
        SchemaError(issues: [SchemaIssue("Schema coordinate \"\(coordinate)\" cannot be resolved: \(reason).")])
    }
}
