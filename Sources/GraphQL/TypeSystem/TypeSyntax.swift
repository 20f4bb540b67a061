// A type with its extensions, still as written. The lists here have the same order as those of the `NamedType` that is
// made from them, so that a rule that finds something wrong with a field knows where it is written.

/// A type definition and its extensions.
struct TypeSyntax: Sendable {
    let name: String
    let definition: Located<TypeDefinitionNode>
    var extensions: [Located<TypeDefinitionNode>] = []

    var kind: TypeKind { definition.kind }
    /// The definition and then the extensions.
    var parts: [Located<TypeDefinitionNode>] { [definition] + extensions }
    var fields: [Located<FieldDefinitionNode>] { parts.flatMap { $0.each($0.fields) } }
    var interfaces: [Located<Name>] { parts.flatMap { $0.each($0.interfaces) } }
    var members: [Located<Name>] { parts.flatMap { $0.each($0.members) } }
    var values: [Located<EnumValueDefinitionNode>] { parts.flatMap { $0.each($0.values) } }
    var inputFields: [Located<InputValueDefinitionNode>] { parts.flatMap { $0.each($0.inputFields) } }
    /// The directives applied to the definition and the extensions.
    var directives: [Located<Directive>] { parts.flatMap { $0.applied($0.directives) } }
    /// The name in the definition and in each extension.
    var places: [Place] { parts.map { $0.place($0.name.start) } }
}

extension Located {
    /// The directives of a range, each with the document.
    func applied(_ range: NodeRange<Directive>) -> [Located<Directive>] {
        each(source.document[range])
    }
}

extension Located<FieldDefinitionNode> {
    /// The arguments with the document.
    var argumentNodes: [Located<InputValueDefinitionNode>] { each(node.arguments) }
}

extension TypeKind {
    /// The kind with its article, for messages.
    var text: String {
        switch self {
        case .scalar: "a scalar"
        case .object: "an object type"
        case .interface: "an interface"
        case .union: "a union"
        case .enum: "an enum"
        case .inputObject: "an input object"
        }
    }
}
