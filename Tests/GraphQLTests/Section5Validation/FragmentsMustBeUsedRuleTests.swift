import Testing

@Suite("5.5.1.4 Fragments Must Be Used")
struct FragmentsMustBeUsedRuleTests {
    @Test func `fragments used by an operation or a used fragment are valid`() throws {
        try expectValid(
            """
            query A { dog { ...one } }
            query B { human { ...three } }
            fragment one on Dog { owner { ...two } }
            fragment two on Human { name }
            fragment three on Human { name }
            """)
    }

    @Test func `an unused fragment is refused`() throws {
        try expectErrors(
            """
            fragment nameFragment on Dog { name }

            { dog { name } }
            """,
            "Fragment \"nameFragment\" is never used. (1:1)")
    }

    @Test func `fragments that only use each other are refused`() throws {
        try expectErrors(
            """
            { dog { name } }
            fragment one on Dog { ...two }
            fragment two on Dog { ...three }
            fragment three on Dog { name }
            """,
            "Fragment \"one\" is never used. (2:1)",
            "Fragment \"two\" is never used. (3:1)",
            "Fragment \"three\" is never used. (4:1)")
    }

    @Test func `a document of fragments only uses none`() throws {
        try expectErrors("fragment one on Dog { name }", "Fragment \"one\" is never used. (1:1)")
    }
}
