import Testing

@Suite("5.5.2.2 Fragment Spreads Must Not Form Cycles")
struct FragmentSpreadsMustNotFormCyclesRuleTests {
    @Test func `a fragment spread twice is no cycle`() throws {
        try expectValid(
            """
            { dog { ...one ...two ...two } }
            fragment one on Dog { ...two ... on Dog { ...two } }
            fragment two on Dog { name }
            """)
    }

    @Test func `a fragment that spreads itself is refused`() throws {
        try expectErrors(
            """
            { dog { ...one } }
            fragment one on Dog { mother { ...one } }
            """,
            "Cannot spread fragment \"one\" within itself. (2:32)")
    }

    @Test func `a cycle over others is refused with the whole way`() throws {
        try expectErrors(
            """
            { dog { ...one } }
            fragment one on Dog { ...two }
            fragment two on Dog { ... on Dog { ...three } }
            fragment three on Dog { owner { pets { ...one } } }
            """,
            "Cannot spread fragment \"one\" within itself via \"two\", \"three\". (2:23, 3:36, 4:40)")
    }

    @Test func `cycles with fields in between are cycles, too`() throws {
        try expectErrors(
            """
            { dog { ...dogFragment } }
            fragment dogFragment on Dog { name owner { ...ownerFragment } }
            fragment ownerFragment on Human { name pets { ...dogFragment } }
            """,
            "Cannot spread fragment \"dogFragment\" within itself via \"ownerFragment\". (2:44, 3:47)")
    }

    @Test func `several cycles are several errors`() throws {
        try expectErrors(
            """
            { dog { ...one } }
            fragment one on Dog { ...two ...three }
            fragment two on Dog { ...one }
            fragment three on Dog { ...one ...three }
            """,
            "Cannot spread fragment \"one\" within itself via \"two\". (2:23, 3:23)",
            "Cannot spread fragment \"one\" within itself via \"three\". (2:30, 4:25)",
            "Cannot spread fragment \"three\" within itself. (4:32)")
    }

    @Test func `a cycle that no operation reaches is refused`() throws {
        try expectErrors(
            """
            { dog { name } }
            fragment one on Dog { ...two }
            fragment two on Dog { ...one }
            """,
            "Cannot spread fragment \"one\" within itself via \"two\". (2:23, 3:23)",
            "Fragment \"one\" is never used. (2:1)",
            "Fragment \"two\" is never used. (3:1)")
    }

    @Test func `an undefined fragment is no cycle`() throws {
        try expectErrors(
            """
            { dog { ...one } }
            fragment one on Dog { ...missing ...missing }
            """,
            "Unknown fragment \"missing\". (2:26)",
            "Unknown fragment \"missing\". (2:37)")
    }
}
