// Many types of the schema are alike: a page of a list and its entries, and what a mutation answers that changes or
// deletes one object. The generator sees it by their fields and lets them share the structs below.

public import GraphQL

/// Names a connection type with the fields `edges`, `pageInfo` and `totalCount`.
public protocol ConnectionTypeTag: ObjectTypeTag {
    /// The type of `edges`.
    associatedtype Edge: EdgeTypeTag
}

/// Names an edge type with the fields `cursor` and `node`.
public protocol EdgeTypeTag: ObjectTypeTag {
    /// The type of `node`.
    associatedtype Node: ObjectTypeTag
}

/// Names the answer of a mutation that gives one object beside `userErrors`.
public protocol ChangePayloadTypeTag: ObjectTypeTag {
    /// The object's type.
    associatedtype Changed: ObjectTypeTag
    /// The name of the field with the object.
    static var changedField: String { get }
}

/// Names the answer of a mutation that gives the identifier of what is gone beside `userErrors`.
public protocol DeletionPayloadTypeTag: ObjectTypeTag {
    /// The name of the field with the identifier.
    static var deletedIDField: String { get }
}

/// The resolvers of a connection type and of its edge type, one closure per field.
public struct ConnectionFields<Connection: ConnectionTypeTag>: InstallableFields {
    @usableFromInline let page: [FieldResolver]
    @usableFromInline let edge: [FieldResolver]

    /// Takes a closure for every field.
    ///
    /// - Parameters:
    ///   - edges: The page's entries.
    ///   - pageInfo: Where the page lies.
    ///   - totalCount: How many entries there are over all pages.
    ///   - cursor: An entry's place.
    ///   - node: An entry's object.
    @inlinable
    public init<Page: ObjectSource, Edge: ObjectSource>(
        edges: @escaping @Sendable ([Page]) -> Objects<Connection.Edge>,
        pageInfo: @escaping @Sendable ([Page]) -> Objects<PageInfoType>,
        totalCount: @escaping @Sendable ([Page], FieldCall) async throws -> Leaves<Int32>,
        cursor: @escaping @Sendable (Edge) -> Text,
        node: @escaping @Sendable ([Edge]) -> Objects<Connection.Edge.Node>
    ) where Page.Object == Connection, Edge.Object == Connection.Edge {
        page = [.storedObjects(edges), .storedObjects(pageInfo), .loaded(totalCount)]
        edge = [.stored(cursor), .storedObjects(node)]
    }

    /// Puts the resolvers into the table.
    public func install(into table: inout ResolverTable) {
        table.set(Connection.typeName, "edges", page[0])
        table.set(Connection.typeName, "pageInfo", page[1])
        table.set(Connection.typeName, "totalCount", page[2])
        table.set(Connection.Edge.typeName, "cursor", edge[0])
        table.set(Connection.Edge.typeName, "node", edge[1])
    }
}

/// The resolvers of the answer of a mutation that gives one object.
public struct ChangePayloadFields<Tag: ChangePayloadTypeTag>: InstallableFields {
    @usableFromInline let resolvers: [FieldResolver]

    /// Takes a closure for every field.
    ///
    /// - Parameters:
    ///   - changed: The object.
    ///   - userErrors: What has to be corrected.
    @inlinable
    public init<Source: ObjectSource>(
        changed: @escaping @Sendable ([Source], FieldCall) async throws -> Objects<Tag.Changed>,
        userErrors: @escaping @Sendable ([Source]) -> Objects<UserErrorType>
    ) where Source.Object == Tag {
        resolvers = [.loadedObjects(changed), .storedObjects(userErrors)]
    }

    /// Puts the resolvers into the table.
    public func install(into table: inout ResolverTable) {
        table.set(Tag.typeName, Tag.changedField, resolvers[0])
        table.set(Tag.typeName, "userErrors", resolvers[1])
    }
}

/// The resolvers of the answer of a mutation that gives the identifier of what is gone.
public struct DeletionPayloadFields<Tag: DeletionPayloadTypeTag>: InstallableFields {
    @usableFromInline let resolvers: [FieldResolver]

    /// Takes a closure for every field.
    ///
    /// - Parameters:
    ///   - deletedID: The identifier; nil if nothing was deleted.
    ///   - userErrors: What has to be corrected.
    @inlinable
    public init<Source: ObjectSource>(
        deletedID: @escaping @Sendable (Source) -> ID?,
        userErrors: @escaping @Sendable ([Source]) -> Objects<UserErrorType>
    ) where Source.Object == Tag {
        resolvers = [.stored(deletedID), .storedObjects(userErrors)]
    }

    /// Puts the resolvers into the table.
    public func install(into table: inout ResolverTable) {
        table.set(Tag.typeName, Tag.deletedIDField, resolvers[0])
        table.set(Tag.typeName, "userErrors", resolvers[1])
    }
}
