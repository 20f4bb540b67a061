import Testing

@Suite("5.7.1 Directives Are Defined")
struct DirectivesAreDefinedRuleTests {
    @Test func `specified and defined directives are valid`() throws {
        try expectValid(
            #"{ dog @include(if: true) { name @skip(if: false) nickname @onField barks @tag(name: "x") } }"#)
    }

    @Test func `undefined directives are refused wherever they stand`() throws {
        try expectErrors(
            """
            query A($x: Int @a) @b {
              dog @c { name @d(if: $x) ...F @e ... @f { name } }
            }
            fragment F on Dog @g { name }
            """,
            "Unknown directive \"@a\". (1:17)",
            "Unknown directive \"@b\". (1:21)",
            "Unknown directive \"@c\". (2:7)",
            "Unknown directive \"@d\". (2:17)",
            "Unknown directive \"@e\". (2:33)",
            "Unknown directive \"@f\". (2:40)",
            "Unknown directive \"@g\". (4:19)")
    }
}
