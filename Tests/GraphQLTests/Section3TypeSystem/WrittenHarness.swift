import JSON

@testable import GraphQL

/// Asks an engine how the result of a root field is written.
enum Written {
    /// The value of the field `f` of that type, and behind it the paths of the errors; `-` when there is no data.
    static func of(_ type: String, _ resolver: FieldResolver, types: String = "") async throws -> String {
        let schema = try GraphQLSchema.build(from: "type Query { f: \(type) } " + types)
        var table = ResolverTable()
        table.set("Query", "f", resolver)
        let response = try await Library.run("{ f }", engine: Engine(schema: schema, resolvers: table))
        let value = response.data == .null ? "-" : response.data?["f"].map { "\($0)" } ?? "absent"
        return ([value] + response.paths).joined(separator: " ")
    }
}
