import Testing

@Suite("5.1.1 Executable Definitions")
struct ExecutableDefinitionsRuleTests {
    @Test func `operations and fragments are executable`() throws {
        try expectValid(
            """
            query Foo {
              dog {
                name
                ...Frag
              }
            }

            fragment Frag on Dog {
              name
            }
            """)
    }

    @Test func `types, directives, schemas and extensions are not`() throws {
        try expectErrors(
            """
            query Foo {
              dog { name }
            }

            type Cow {
              name: String
            }

            "A description belongs to the definition."
            scalar Grass
            """,
            "The \"Cow\" definition is not executable. (5:1)",
            "The \"Grass\" definition is not executable. (9:1)")
        try expectErrors(
            """
            { dog { name } }
            extend type Dog {
              color: String
            }
            schema { query: Query }
            extend schema @tag(name: "x")
            directive @moo on FIELD
            """,
            "The \"Dog\" definition is not executable. (2:1)",
            "The schema definition is not executable. (5:1)",
            "The schema definition is not executable. (6:1)",
            "The \"moo\" definition is not executable. (7:1)")
    }
}
