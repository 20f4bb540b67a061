// The type of a field, argument or input field: specification, sections 3.4.1, 3.11 and 3.12.

/// A named type with the lists and non-nulls around it.
public struct TypeReference: Sendable, Hashable, BitwiseCopyable {
    /// The named type at the core.
    public let type: TypeID
    /// The lists and non-nulls around it, outside in.
    public let wrapping: TypeWrapping

    /// Makes a reference; without a wrapping it is nullable and no list.
    public init(_ type: TypeID, _ wrapping: TypeWrapping = .none) {
        self.type = type
        self.wrapping = wrapping
    }

    /// Whether it is non-null.
    public var isNonNull: Bool { wrapping.isNonNull }
    /// Whether it is a list, nullable or not.
    public var isList: Bool { wrapping.isList }
    /// The same without the outermost non-null.
    public var nullable: TypeReference { TypeReference(type, wrapping.nullable) }
    /// The same, non-null.
    public var nonNull: TypeReference { TypeReference(type, wrapping.nonNull) }
    /// The type of a list's items; itself when it is not a list.
    public var item: TypeReference { TypeReference(type, wrapping.item) }
    /// A nullable list of this.
    public var list: TypeReference { TypeReference(type, wrapping.list) }
}
