// Types are numbered densely, so that tables over types are arrays and a type reference is two words.

/// The number of a named type in its schema: an index into `GraphQLSchema.types`.
///
/// It means something only together with its schema.
public struct TypeID: Sendable, Hashable, BitwiseCopyable, Comparable {
    /// The number.
    public let rawValue: UInt16

    /// Makes an id from an index into `GraphQLSchema.types`.
    public init(_ index: Int) { rawValue = UInt16(index) }

    /// The index into `GraphQLSchema.types`.
    public var index: Int { Int(rawValue) }

    /// Orders ids by number.
    public static func < (left: TypeID, right: TypeID) -> Bool { left.rawValue < right.rawValue }
}
