import GraphQL
import JSON
import Testing

@Suite("4.1 Type Name Introspection")
struct TypeNameIntrospectionTests {
    @Test func `every object, interface and union gives the name of the concrete type`() async throws {
        let response = try await Library.run(
            "{ __typename found { __typename } shelves { __typename items { t: __typename } } }")
        #expect(response.data?["__typename"] == "Query")
        #expect(
            response.data?["found"].map { "\($0)" }
                == #"[{"__typename":"Person"},{"__typename":"Disc"},null,{"__typename":"Book"}]"#)
        #expect(response.data?["shelves"]?[0]?["__typename"] == "Shelf")
        #expect(response.data?["shelves"]?[0]?["items"].map { "\($0)" } == #"[{"t":"Book"},{"t":"Disc"},{"t":"Book"}]"#)
        #expect(try await Library.run("mutation { __typename }").data?["__typename"] == "Mutation")
    }

    @Test func `introspection types have it, too`() async throws {
        let data = try await introspect(
            "type Query { a: Int }", "{ __schema { __typename types { __typename kind } } }")
        #expect(data["__schema"]?["__typename"] == "__Schema")
        #expect(data["__schema"]?["types"]?[0]?["__typename"] == "__Type")
    }

    @Test func `a subscription's root has none`() async throws {
        let response = try await Library.run("subscription { __typename }")
        #expect(response.codes == ["GRAPHQL_VALIDATION_FAILED"])
        #expect(try errors(in: "subscription { ticks(count: 1) { __typename } }", schema: Library.schema()) == [])
    }

    @Test func `it is listed in no type, takes no argument and no selection`() async throws {
        #expect(
            try await introspectType("type Query { a: Int }", "Query", "fields { name }")
                == #"{"fields":[{"name":"a"}]}"#)
        #expect(try await Library.run("{ __typename(a: 1) }").data == nil)
        #expect(try await Library.run("{ __typename { a } }").data == nil)
        let schema = try Library.schema()
        #expect(schema.text(schema.typenameField.type) == "String!")
    }
}
