// Tags of the types that `node(id:)` finds, with their share of the identifiers.

public import GraphQL

/// Names an object type that implements `Node`.
public protocol NodeTypeTag: ObjectTypeTag {
    /// What identifiers of this type begin with: the type's name and an underscore.
    static var idPrefix: String { get }
}

extension NodeTypeTag {
    /// The identifier of the object of this type whose key is `uuid`, made without an allocation.
    @inlinable
    public static func id(_ uuid: UUIDScalar) -> ID {
        ID(prefix: idPrefix, high: uuid.high, low: uuid.low)
    }

    /// The key in an identifier of this type; nil if it is malformed or another type's.
    public static func uuid(in id: ID) -> UUIDScalar? {
        guard let global = GlobalID(id), global.typeName == typeName else { return nil }
        return global.uuid
    }
}
