import JSON
import Testing

@testable import GraphQL

/// The answer of an engine with that schema, whose own fields are never asked.
func introspect(_ sdl: String, _ query: String, at location: Testing.SourceLocation = #_sourceLocation) async throws
    -> JSONValue
{
    let schema = try GraphQLSchema.build(from: sdl)
    var table = ResolverTable()
    for type in schema.types where type.kind == .object && !type.isIntrospection {
        for field in type.fields {
            table.set(
                type.name, field.name, FieldResolver(.storedLeaf { _, _, out in out.json.writeNull() }, batchType: nil))
        }
    }
    let response = try await Library.run(query, engine: Engine(schema: schema, resolvers: table))
    #expect(response.errors.isEmpty, "\(response.text)", sourceLocation: location)
    return try #require(response.data)
}

/// The answer of `{ __type(name: …) { … } }` as JSON text.
func introspectType(
    _ sdl: String, _ name: String, _ selection: String, at location: Testing.SourceLocation = #_sourceLocation
) async throws -> String {
    let data = try await introspect(sdl, "{ __type(name: \"\(name)\") { \(selection) } }", at: location)
    return data["__type"].map { "\($0)" } ?? "absent"
}

/// The fields of the introspection type of that name, as the specification writes them.
func introspectionFields(_ name: String) throws -> String {
    let schema = try GraphQLSchema.build(from: "type Query { a: Int }")
    let type = try #require(schema.type(named: name))
    #expect(type.isBuiltIn && type.location == nil && type.description != nil)
    #expect(type.fields.allSatisfy { $0.description != nil && $0.location == nil })
    return type.fields.map { field in
        let arguments = field.arguments.map {
            "\($0.name): \(schema.text($0.type))" + ($0.defaultValue.map { " = \($0)" } ?? "")
        }
        return field.name + (arguments.isEmpty ? "" : "(\(arguments.joined()))") + ": " + schema.text(field.type)
    }.joined(separator: ", ")
}
