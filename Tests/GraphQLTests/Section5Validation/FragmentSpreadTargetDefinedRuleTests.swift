import Testing

@Suite("5.5.2.1 Fragment Spread Target Defined")
struct FragmentSpreadTargetDefinedRuleTests {
    @Test func `defined fragments are valid wherever they stand`() throws {
        try expectValid(
            """
            fragment one on Dog { ...two }
            { dog { ...one } }
            fragment two on Dog { name }
            """)
    }

    @Test func `undefined fragments are refused`() throws {
        try expectErrors(
            """
            { dog { ...undefinedFragment ...one } }
            fragment one on Dog { ... two }
            """,
            "Unknown fragment \"undefinedFragment\". (1:12)",
            "Unknown fragment \"two\". (2:27)")
    }
}
