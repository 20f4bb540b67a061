// Type-system definitions and extensions as written: specification, sections 3.3 to 3.13. Speed does not matter here, so
// these are plain structs with arrays; directives, arguments and values lie in the document's arrays like all others.

/// A type-system definition or extension of a document.
public enum TypeSystemDefinition: Sendable {
    /// `schema {…}` or `extend schema {…}`
    case schema(SchemaDefinitionNode)
    /// A type or its extension.
    case type(TypeDefinitionNode)
    /// `directive @name on …`
    case directive(DirectiveDefinitionNode)
}

/// A schema definition or extension (specification, section 3.3).
public struct SchemaDefinitionNode: Sendable {
    /// The offset of the keyword `schema` or `extend`.
    public let start: UInt32
    /// Whether it begins with `extend`.
    public let isExtension: Bool
    /// The description (a string value).
    public let description: Value?
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
    /// The root operation types.
    public let rootOperations: [RootOperationTypeNode]
}

/// One line of a schema definition, such as `query: Query`.
public struct RootOperationTypeNode: Sendable {
    /// The offset of the operation's keyword.
    public let start: UInt32
    /// Which operation.
    public let kind: OperationKind
    /// The object type.
    public let type: Name
}

/// The six kinds of named types.
public enum TypeKind: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// A leaf with its own coercion.
    case scalar
    /// A set of fields with a value each.
    case object
    /// A set of fields that objects promise to have.
    case interface
    /// One of several object types.
    case union
    /// A leaf with a closed set of names.
    case `enum`
    /// A structured input.
    case inputObject
}

/// A type definition or extension (specification, sections 3.5 to 3.10).
public struct TypeDefinitionNode: Sendable {
    /// The offset of the keyword (`type`, `extend`, …), not of the description.
    public let start: UInt32
    /// Whether it begins with `extend`.
    public let isExtension: Bool
    /// Which kind of type.
    public let kind: TypeKind
    /// The description (a string value).
    public let description: Value?
    /// The name.
    public let name: Name
    /// The interfaces of an object or interface.
    public let interfaces: [Name]
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
    /// The fields of an object or interface.
    public let fields: [FieldDefinitionNode]
    /// The members of a union.
    public let members: [Name]
    /// The values of an enum.
    public let values: [EnumValueDefinitionNode]
    /// The fields of an input object.
    public let inputFields: [InputValueDefinitionNode]
}

/// A field of an object or interface (specification, section 3.6).
public struct FieldDefinitionNode: Sendable {
    /// The description (a string value).
    public let description: Value?
    /// The name.
    public let name: Name
    /// The arguments.
    public let arguments: [InputValueDefinitionNode]
    /// The type of its value.
    public let type: TypeNode
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
}

/// An argument, or a field of an input object (specification, sections 3.6.1 and 3.10).
public struct InputValueDefinitionNode: Sendable {
    /// The description (a string value).
    public let description: Value?
    /// The name.
    public let name: Name
    /// The type.
    public let type: TypeNode
    /// The default, a constant.
    public let defaultValue: Value?
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
}

/// A value of an enum (specification, section 3.9).
public struct EnumValueDefinitionNode: Sendable {
    /// The description (a string value).
    public let description: Value?
    /// The name.
    public let name: Name
    /// The directives applied to it.
    public let directives: NodeRange<Directive>
}

/// A directive definition (specification, section 3.13).
public struct DirectiveDefinitionNode: Sendable {
    /// The offset of the keyword `directive`.
    public let start: UInt32
    /// The description (a string value).
    public let description: Value?
    /// The name without the `@`.
    public let name: Name
    /// The arguments.
    public let arguments: [InputValueDefinitionNode]
    /// Whether it may be applied more than once in one place.
    public let isRepeatable: Bool
    /// The names of the places where it may stand; the parser has checked that they exist.
    public let locations: [Name]
}
