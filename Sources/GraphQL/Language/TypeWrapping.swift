// The list and non-null wrappers of a type in eight bytes. Syntax and schema share it: a type is a name and a wrapping.

/// The lists and non-nulls around a named type, read from the outside in.
///
/// `[T!]!` is a list (depth 1) whose level 0 and level 1 are non-null. At most 31 lists nest
/// (`TypeWrapping.maximumListDepth`); the parser refuses more.
public struct TypeWrapping: Sendable, Hashable, BitwiseCopyable {
    /// The deepest nesting of lists that can be represented.
    public static let maximumListDepth = 31
    /// No wrapper: a nullable named type.
    public static let none = TypeWrapping(listDepth: 0, nonNullBits: 0)

    /// How many lists are around the named type.
    public let listDepth: UInt8
    /// Bit *i* says that level *i* is non-null; level 0 is the outermost, level `listDepth` the named type itself.
    public let nonNullBits: UInt32

    /// Makes a wrapping from its parts.
    public init(listDepth: UInt8, nonNullBits: UInt32) {
        self.listDepth = listDepth
        self.nonNullBits = nonNullBits
    }

    /// Whether the whole is non-null.
    public var isNonNull: Bool { nonNullBits & 1 != 0 }
    /// Whether the whole is a list, nullable or not.
    public var isList: Bool { listDepth > 0 }
    /// The same without the outermost non-null.
    public var nullable: TypeWrapping { TypeWrapping(listDepth: listDepth, nonNullBits: nonNullBits & ~1) }
    /// The same, non-null.
    public var nonNull: TypeWrapping { TypeWrapping(listDepth: listDepth, nonNullBits: nonNullBits | 1) }
    /// The wrapping of a list's items; itself when this is not a list.
    public var item: TypeWrapping {
        isList ? TypeWrapping(listDepth: listDepth - 1, nonNullBits: nonNullBits >> 1) : self
    }
    /// A nullable list of this; itself when the lists would be too deep.
    public var list: TypeWrapping {
        guard listDepth < Self.maximumListDepth else { return self }
        return TypeWrapping(listDepth: listDepth + 1, nonNullBits: nonNullBits << 1)
    }

    /// The type as written in GraphQL, around a name.
    public func text(around name: String) -> String {
        let inner = isList ? "[" + item.text(around: name) + "]" : name
        return isNonNull ? inner + "!" : inner
    }
}
