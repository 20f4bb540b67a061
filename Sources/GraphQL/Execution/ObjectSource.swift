/// Names an object, interface or union type of the schema in Swift's type system.
///
/// Generated, one per type.
public protocol OutputTypeTag: Sendable {
    /// The type's name in the schema.
    static var typeName: String { get }
}

/// Names an object type.
public protocol ObjectTypeTag: OutputTypeTag {}

/// Names an interface or a union.
public protocol AbstractTypeTag: OutputTypeTag {}

/// A Swift value that stands for an object of one type of the schema: what its field resolvers get.
///
/// There must be one conforming Swift type per object type; ``ResolverTable`` traps at start-up if there are two.
public protocol ObjectSource: Sendable {
    /// The object type that this value stands for.
    associatedtype Object: ObjectTypeTag
}
