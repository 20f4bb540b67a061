import GraphQL
import Testing

@Suite("Schema printer")
struct SchemaPrinterTests {
    private let text = """
        "What this is."
        schema @owner(name: "us") {
          query: Root
        }

        "Who owns it."
        directive @owner(
          "The name."
          name: String! = "nobody"
        ) repeatable on SCHEMA | OBJECT

        directive @plain(a: Int = 1, b: [Level!]) on FIELD_DEFINITION

        "The root."
        type Root implements Node & Other @owner(name: "a") @owner {
          id: ID!

          "One line."
          things(first: Int = 10, filter: Filter = { level: HIGH }): [Thing!]! @plain(a: 2)

          \"\"\"
          Two lines,
            with a "quote".
          \"\"\"
          described(
            "An argument."
            a: Int @deprecated(reason: "why")
            b: Int
          ): Date @deprecated
        }

        interface Node {
          id: ID!
        }

        interface Other implements Node {
          id: ID!
        }

        union Thing = Root | Empty

        type Empty {
          nothing: Boolean
        }

        scalar Date @specifiedBy(url: "https://example.com/date")

        enum Level {
          LOW

          "Above all."
          HIGH
        }

        input Filter @oneOf {
          level: Level
          name: String
        }

        """

    @Test("A schema prints as it was written, and builds again")
    func printsSchema() throws {
        let schema = try GraphQLSchema.build(from: text)
        #expect(SchemaPrinter(schema).print() == text)
        #expect(
            SchemaDiff.changes(from: schema, to: try GraphQLSchema.build(from: SchemaPrinter(schema).print())).isEmpty)
    }

    @Test("The schema definition is left out when the roots have their default names")
    func leavesOutDefaultSchema() throws {
        let schema = try GraphQLSchema.build(
            from: "schema { query: Query mutation: Mutation } type Query { a: Int } type Mutation { a: Int }")
        #expect(SchemaPrinter(schema).print() == "type Query {\n  a: Int\n}\n\ntype Mutation {\n  a: Int\n}\n")
        let other = try GraphQLSchema.build(
            from: "schema { query: Query } type Query { a: Mutation } type Mutation { a: Int }")
        #expect(SchemaPrinter(other).print().hasPrefix("schema {\n  query: Query\n}\n"))
    }

    @Test("Extensions print as one definition")
    func mergesExtensions() throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int } extend type Query { b: Int }")
        #expect(SchemaPrinter(schema).print() == "type Query {\n  a: Int\n  b: Int\n}\n")
    }

    @Test("Directives of the build are left out with their applications and the types that only they use")
    func leavesOutDirectives() throws {
        let schema = try GraphQLSchema.build(
            from: """
                directive @access(rule: Rule!, options: Options, shared: Shared) on OBJECT
                directive @kept(a: Shared) on OBJECT
                enum Rule { PUBLIC }
                enum Shared { X }
                input Options { deep: Deep }
                input Deep { a: Int }
                scalar Orphan
                type Query @access(rule: PUBLIC) @kept { a: Int }
                """)
        let text = SchemaPrinter(schema, omittingDirectives: ["access"]).print()
        #expect(
            text == """
                directive @kept(a: Shared) on OBJECT

                enum Shared {
                  X
                }

                scalar Orphan

                type Query @kept {
                  a: Int
                }

                """)
        #expect(throws: Never.self) { try GraphQLSchema.build(from: text) }
    }

    @Test("Descriptions that a block string cannot hold are quoted")
    func quotesDifficultDescriptions() throws {
        let schema = try GraphQLSchema.build(from: #""  a\n  b" type Query { "\u{7}\n" a: Int }"#)
        let printed = SchemaPrinter(schema).print()
        let again = try GraphQLSchema.build(from: printed)
        #expect(again[again.queryType].description == "  a\n  b")
        #expect(again[again.queryType].fields[0].description == "\u{7}\n")
    }
}
