import GraphQL
import Testing

@Suite("3.13.3 @deprecated")
struct DeprecatedTests {
    @Test func `fields, arguments, input fields and enum values can be deprecated, with a reason`() throws {
        let schema = try GraphQLSchema.build(
            from: """
                type Query { a(x: Int @deprecated, y: Int! = 1 @deprecated(reason: "y")): E @deprecated(reason: "use b") }
                enum E { A B @deprecated }
                input In { n: Int o: Int @deprecated(reason: "gone") }
                directive @d(z: Int @deprecated) on FIELD
                """)
        let field = try #require(schema[schema.queryType].field(named: "a"))
        #expect(field.deprecationReason == "use b" && field.isDeprecated)
        #expect(field.arguments.map(\.deprecationReason) == ["No longer supported", "y"])
        #expect(schema.type(named: "E")?.enumValues.map(\.isDeprecated) == [false, true])
        #expect(schema.type(named: "In")?.inputFields.map(\.deprecationReason) == [nil, "gone"])
        #expect(schema.directive(named: "d")?.arguments.map(\.isDeprecated) == [true])
    }

    @Test func `a definition of the schema's own gives the default reason`() throws {
        let schema = try GraphQLSchema.build(
            from:
                "type Query { a: Int @deprecated } directive @deprecated(reason: String = \"why\") on FIELD_DEFINITION")
        #expect(schema.directives.map(\.name) == ["skip", "include", "deprecated", "specifiedBy", "oneOf"])
        #expect(schema.type(named: "Query")?.fields[0].deprecationReason == "why")
        #expect(schema.directive(named: "deprecated")?.isSpecified == true)
    }

    @Test(arguments: [
        ("type A { a(b: Int! @deprecated): Int }", ["2:20,2:15 \"A.a(b:)\" is required and so cannot be deprecated."]),
        ("input A { a: Int! @deprecated }", ["2:19,2:14 \"A.a\" is required and so cannot be deprecated."]),
        (
            "directive @d(a: Int! @deprecated) on FIELD",
            ["2:22,2:17 \"@d(a:)\" is required and so cannot be deprecated."]
        ),
        ("scalar A @deprecated", ["2:10 Directive \"@deprecated\" may not be used on SCALAR."]),
        (
            "type A { a: Int @deprecated @deprecated }",
            ["2:29,2:17 The directive \"@deprecated\" can only be used once at this location."]
        ),
        (
            "type A { a: Int @deprecated(reason: null) }",
            [
                "2:37 The argument \"@deprecated(reason:)\" is invalid: "
                    + "expected a value of type \"String!\", found null."
            ]
        ),
        ("type A { a(b: Int! = 1 @deprecated, c: Int @deprecated): Int! @deprecated }", []),
    ])
    func `what is required is not deprecated, and other places are not`(text: String, expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }
}
