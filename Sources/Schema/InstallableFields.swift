// What the generated structs of resolvers have in common.

public import GraphQL

/// The resolvers of one type, whatever the Swift type of its sources.
public protocol InstallableFields: Sendable {
    /// Puts the resolvers into the table.
    func install(into table: inout ResolverTable)
}
