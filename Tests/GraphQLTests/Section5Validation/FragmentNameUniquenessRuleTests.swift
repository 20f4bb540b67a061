import Testing

@Suite("5.5.1.1 Fragment Name Uniqueness")
struct FragmentNameUniquenessRuleTests {
    @Test func `different names are valid, and inline fragments have none`() throws {
        try expectValid(
            """
            { dog { ...one ...two ... on Dog { barks } ... on Dog { nickname } } }
            fragment one on Dog { name }
            fragment two on Dog { owner { name } }
            """)
    }

    @Test func `equal names are refused, each against the first`() throws {
        try expectErrors(
            """
            { dog { ...one } }
            fragment one on Dog { name }
            fragment one on Dog { owner { name } }
            fragment one on Dog { barks }
            """,
            "There can be only one fragment named \"one\". (2:10, 3:10)",
            "There can be only one fragment named \"one\". (2:10, 4:10)")
    }

    @Test func `unused ones are not counted together`() throws {
        try expectErrors(
            """
            { dog { name } }
            fragment one on Dog { name }
            fragment one on Dog { barks }
            """,
            "There can be only one fragment named \"one\". (2:10, 3:10)",
            "Fragment \"one\" is never used. (2:1)",
            "Fragment \"one\" is never used. (3:1)")
    }
}
