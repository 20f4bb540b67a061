// Specification, sections 3.1 to 3.4: definitions and extensions become a schema.

import GraphQL
import Testing

@Suite("Building a schema (3.1 to 3.4)")
struct SchemaBuilderTests {
    @Test("Types have the order of their definitions, specified scalars and introspection types follow")
    func numbersTypes() throws {
        let schema = try GraphQLSchema.build(from: "type B { a: Query } type Query { b: B, id: ID } scalar S")
        let names = schema.types.map(\.name)
        #expect(names.prefix(6) == ["B", "Query", "S", "String", "Boolean", "ID"])
        #expect(names.dropFirst(6).allSatisfy { $0.hasPrefix("__") } && names.count == 14)
        #expect(schema.types.indices.allSatisfy { schema.types[$0].id == TypeID($0) })
        #expect(schema.types.map(\.isBuiltIn) == [false, false, false] + Array(repeating: true, count: 11))
    }

    @Test("A specified scalar that nothing refers to is left out")
    func leavesOutUnusedScalars() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a(b: Float): Int }")
        #expect(schema.type(named: "Float") != nil && schema.type(named: "Int") != nil)
        #expect(schema.type(named: "ID") == nil)
        #expect(schema.type(named: "String") != nil, "introspection refers to it")
        let other = try GraphQLSchema.build(from: "type Query { a: String } directive @d(i: ID) on FIELD")
        #expect(other.type(named: "ID") != nil)
    }

    @Test("Without a schema definition the roots have their default names")
    func findsDefaultRoots() throws {
        let schema = try GraphQLSchema.build(
            from: "type Mutation { a: Int } type Query { a: Int } type Subscription { a: Int }")
        #expect(schema[schema.queryType].name == "Query")
        #expect(schema.rootType(of: .mutation).map { schema[$0].name } == "Mutation")
        #expect(schema.rootType(of: .subscription).map { schema[$0].name } == "Subscription")
    }

    @Test("A schema definition names the roots, its extensions add more")
    func readsRoots() throws {
        let schema = try GraphQLSchema.build(
            from: """
                "about" schema @a { query: Q }
                extend schema @b { mutation: M }
                directive @a on SCHEMA
                directive @b on SCHEMA
                type Q { a: Int }
                type M { a: Int }
                type Mutation { a: Int }
                """)
        #expect(schema.description == "about")
        #expect(schema[schema.queryType].name == "Q")
        #expect(schema.mutationType.map { schema[$0].name } == "M")
        #expect(schema.subscriptionType == nil)
        #expect(schema.appliedDirectives.map(\.name) == ["a", "b"])
    }

    @Test("Extensions are laid onto their types, from all documents")
    func extendsTypes() throws {
        var builder = SchemaBuilder()
        builder.add(try Document(parsing: "extend type Query { b: I } extend union U = B extend enum E { Y }"))
        builder.add(try Document(parsing: "type Query { a: U } union U = A enum E { X } interface I { x: S }"))
        builder.add(try Document(parsing: "type A { x(i: In): E } type B { x: S } scalar S input In { a: Int }"))
        builder.add(
            try Document(
                parsing: """
                    extend type B implements I @d { y: Int } extend interface I { y: Int } extend input In { b: Int = 2 }
                    extend scalar S @specifiedBy(url: "https://s") directive @d on OBJECT extend type B { z: Int }
                    """))
        let schema = try builder.build()
        #expect(schema.type(named: "Query")?.fields.map(\.name) == ["a", "b"])
        #expect(schema.type(named: "U")?.members.map { schema[$0].name } == ["A", "B"])
        #expect(schema.type(named: "E")?.enumValues.map(\.name) == ["X", "Y"])
        #expect(schema.type(named: "B")?.fields.map(\.name) == ["x", "y", "z"])
        #expect(schema.type(named: "B")?.fields.map(\.index) == [0, 1, 2])
        #expect(schema.type(named: "B")?.interfaces.map { schema[$0].name } == ["I"])
        #expect(schema.type(named: "B")?.directives.map(\.name) == ["d"])
        #expect(schema.type(named: "In")?.inputFields.map(\.defaultValue) == [nil, .int(2)])
        #expect(schema.type(named: "S")?.specifiedByURL == "https://s")
    }

    @Test("Descriptions, deprecations and applied directives are kept")
    func keepsDetails() throws {
        let schema = try GraphQLSchema.build(
            from: """
                directive @cost(weight: Int = 1, list: [String!]) repeatable on FIELD_DEFINITION | ARGUMENT_DEFINITION
                "the root"
                type Query {
                  "a field"
                  a(
                    "an argument"
                    x: In = { n: 1 } @cost
                    y: Int @deprecated
                  ): E @cost(weight: 5) @cost(list: ["a", "b"]) @deprecated(reason: "use b")
                }
                "an enum"
                enum E { "a value" A B @deprecated }
                input In @oneOf { "an input field" n: Int o: Int @deprecated(reason: "gone") }
                """)
        let query = schema[schema.queryType]
        let field = try #require(query.field(named: "a"))
        #expect(query.description == "the root" && field.description == "a field")
        #expect(field.location == SourceLocation(line: 5, column: 3))
        #expect(field.deprecationReason == "use b" && field.isDeprecated)
        #expect(field.directives.map(\.name) == ["cost", "cost", "deprecated"])
        #expect(field.directives[0]["weight"] == .int(5) && field.directives[0]["list"] == nil)
        #expect(field.directives[1]["list"] == .list([.string("a"), .string("b")]))
        let argument = try #require(field.argument(named: "x"))
        #expect(argument.description == "an argument" && argument.directives.first(named: "cost") != nil)
        #expect(argument.defaultValue?["n"] == .int(1))
        #expect(field.arguments.map(\.deprecationReason) == [nil, "No longer supported"])
        let values = schema.type(named: "E")?.enumValues ?? []
        #expect(values.map(\.description) == ["a value", nil] && values.map(\.isDeprecated) == [false, true])
        let input = try #require(schema.type(named: "In"))
        #expect(input.isOneOf && input.inputFields.map(\.deprecationReason) == [nil, "gone"])
        #expect(input.inputFields[0].description == "an input field")
        #expect(schema.directive(named: "cost")?.isRepeatable == true)
        #expect(schema.directive(named: "cost")?.locations == [.fieldDefinition, .argumentDefinition])
    }

    @Test("Built-in directives may be defined again")
    func acceptsSpecifiedDirectives() throws {
        let schema = try GraphQLSchema.build(
            from:
                "type Query { a: Int @deprecated } directive @deprecated(reason: String = \"why\") on FIELD_DEFINITION")
        #expect(schema.directives.map(\.name) == ["skip", "include", "deprecated", "specifiedBy", "oneOf"])
        #expect(schema.type(named: "Query")?.fields[0].deprecationReason == "why")
        #expect(schema.directive(named: "deprecated")?.isSpecified == true)
    }

    @Test("Issues name their document, and all of a step are reported")
    func reportsAllIssues() throws {
        var builder = SchemaBuilder()
        builder.add(try Document(parsing: "type Query {\n  a: A }"), named: "one.graphql")
        builder.add(try Document(parsing: "type B { b: B @c }"), named: "two.graphql")
        let error = #expect(throws: SchemaError.self) { try builder.build() }
        #expect(
            error?.description == """
                one.graphql:2:6: Unknown type "A".
                two.graphql:1:15: Unknown directive "@c".
                """)
    }

    @Test("A syntax error is an issue")
    func reportsSyntaxErrors() {
        #expect(issues("type {") == ["1:6 Syntax Error: Expected Name, found \"{\"."])
    }

    @Test(
        "Definitions that cannot be sorted in are reported",
        arguments: [
            ("type A { a: Int }\ntype A { b: Int }", ["3:6,2:6 There can be only one type named \"A\"."]),
            ("type A { a: Int }\ninput A { b: Int }", ["3:7,2:6 There can be only one type named \"A\"."]),
            ("scalar Int", ["2:8 Type \"Int\" is defined by the specification and must be left out."]),
            ("type __Type { a: Int }", ["2:6 Type \"__Type\" is defined by the specification and must be left out."]),
            (
                "directive @a on FIELD\ndirective @a on FIELD",
                ["3:12,2:12 There can be only one directive named \"@a\"."]
            ),
            ("extend type A { a: Int }", ["2:13 Cannot extend type \"A\" because it is not defined."]),
            (
                "extend scalar Int @specifiedBy(url: \"x\")",
                ["2:15 Cannot extend type \"Int\" because the specification defines it."]
            ),
            (
                "extend input Query { a: Int }",
                ["2:14,1:6 Cannot extend type \"Query\" as an input object: it is an object type."]
            ),
            (
                "schema { query: Query }\nschema { query: Query }",
                ["3:1,2:1 There can be only one schema definition."]
            ),
            (
                "query { a }\nfragment F on Query { a }",
                [
                    "2:1 A schema consists of type-system definitions, it cannot contain operations or fragments.",
                    "3:1 A schema consists of type-system definitions, it cannot contain operations or fragments.",
                ]
            ),
        ])
    func reportsDefinitions(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }
}
