import Testing

@Suite("5.2.3.1 Lone Anonymous Operation")
struct LoneAnonymousOperationRuleTests {
    @Test func `an anonymous operation alone is valid`() throws {
        try expectValid("{ dog { name } }")
    }

    @Test func `an anonymous operation with fragments is valid`() throws {
        try expectValid(
            """
            { dog { ...Foo } }
            fragment Foo on Dog { name }
            """)
    }

    @Test func `an anonymous operation beside another is refused`() throws {
        try expectErrors(
            """
            {
              dog { name }
            }
            query getName { dog { name } }
            """,
            "This anonymous operation must be the only defined operation. (1:1)")
    }

    @Test func `all anonymous operations are named`() throws {
        try expectErrors(
            """
            { dog { name } }
            query { dog { name } }
            """,
            "This anonymous operation must be the only defined operation. (1:1)",
            "This anonymous operation must be the only defined operation. (2:1)")
    }
}
