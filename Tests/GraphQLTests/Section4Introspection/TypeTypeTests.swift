import GraphQL
import JSON
import Testing

@Suite("4.2.2 The __Type Type")
struct TypeTypeTests {
    private static let sdl = """
        "the root" type Query implements I { a(b: In, c: One): [[E!]]! u: U s: S }
        interface I { a(b: In, c: One): [[E!]]! } interface J implements I { a(b: In, c: One): [[E!]]! }
        type T { a: Int } union U = T | Query enum E { A B } input In { f: Float = 1 } input One @oneOf { f: Int }
        "a scalar" scalar S @specifiedBy(url: "https://s")
        """

    @Test func `its fields are those of the specification`() throws {
        #expect(
            try introspectionFields("__Type")
                == "kind: __TypeKind!, name: String, description: String, specifiedByURL: String, "
                + "fields(includeDeprecated: Boolean! = false): [__Field!], interfaces: [__Type!], "
                + "possibleTypes: [__Type!], enumValues(includeDeprecated: Boolean! = false): [__EnumValue!], "
                + "inputFields(includeDeprecated: Boolean! = false): [__InputValue!], ofType: __Type, isOneOf: Boolean")
        let schema = try GraphQLSchema.build(from: Self.sdl)
        let kinds = schema.type(named: "__TypeKind")?.enumValues.map(\.name)
        #expect(kinds == ["SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL"])
    }

    private static let selection =
        "kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name } "
        + "enumValues { name } inputFields { name } ofType { name } isOneOf"

    /// What is set in each kind; all other fields are null.
    @Test(arguments: [
        ("S", #""kind":"SCALAR","name":"S","description":"a scalar","specifiedByURL":"https://s""#),
        ("Int", #""kind":"SCALAR","name":"Int","description":"A whole number of 32 bits with a sign.""#),
        (
            "Query",
            #""kind":"OBJECT","name":"Query","description":"the root","fields":[{"name":"a"},{"name":"u"},{"name":"s"}],"#
                + #""interfaces":[{"name":"I"}]"#
        ),
        ("T", #""kind":"OBJECT","name":"T","fields":[{"name":"a"}],"interfaces":[]"#),
        (
            "I",
            #""kind":"INTERFACE","name":"I","fields":[{"name":"a"}],"interfaces":[],"possibleTypes":[{"name":"Query"}]"#
        ),
        (
            "J",
            #""kind":"INTERFACE","name":"J","fields":[{"name":"a"}],"interfaces":[{"name":"I"}],"possibleTypes":[]"#
        ),
        ("U", #""kind":"UNION","name":"U","possibleTypes":[{"name":"T"},{"name":"Query"}]"#),
        ("E", #""kind":"ENUM","name":"E","enumValues":[{"name":"A"},{"name":"B"}]"#),
        ("In", #""kind":"INPUT_OBJECT","name":"In","inputFields":[{"name":"f"}],"isOneOf":false"#),
        ("One", #""kind":"INPUT_OBJECT","name":"One","inputFields":[{"name":"f"}],"isOneOf":true"#),
    ])
    func `each kind sets its own fields`(name: String, expected: String) async throws {
        let text = try await introspectType(Self.sdl, name, Self.selection)
        let type = try JSONReader.read(text)
        let members = type.object?.members.filter { $0.value != .null }.map { "\"\($0.key)\":\($0.value)" } ?? []
        #expect(members.joined(separator: ",") == expected)
    }

    @Test func `lists and non-nulls have a kind and the type inside, nothing else`() async throws {
        let text = try await introspectType(
            Self.sdl, "Query",
            "fields { type { \(Self.selection.replacing("ofType { name }", with: "")) ofType { kind name ofType { kind ofType { kind name ofType { kind name ofType { name } } } } } } }"
        )
        let type = try #require(try JSONReader.read(text)["fields"]?[0]?["type"])
        let members = type.object?.members.filter { $0.value != .null }.map(\.key)
        #expect(members == ["kind", "ofType"])
        #expect(type["kind"] == "NON_NULL")
        #expect(
            type["ofType"].map { "\($0)" }
                == #"{"kind":"LIST","name":null,"ofType":{"kind":"LIST","ofType":{"kind":"NON_NULL","name":null,"#
                + #""ofType":{"kind":"ENUM","name":"E","ofType":null}}}}"#)
    }
}
