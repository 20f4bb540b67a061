import Testing

@Suite("5.7.3 Directives Are Unique per Location")
struct DirectivesAreUniquePerLocationRuleTests {
    @Test func `equal directives in different places are valid`() throws {
        try expectValid(
            """
            query($foo: Boolean = true, $bar: Boolean = false) {
              dog @skip(if: $foo) { name }
              dog @skip(if: $bar) { nickname @skip(if: $foo) @include(if: $bar) }
            }
            """)
    }

    @Test func `repeatable directives may be repeated`() throws {
        try expectValid(#"{ dog { name @tag(name: "a") @tag(name: "b") @tag(name: "a") } }"#)
    }

    @Test func `other directives may not, each against the first`() throws {
        try expectErrors(
            """
            query($foo: Boolean = true) {
              dog @skip(if: $foo) @ skip(if: true) @include(if: $foo) @skip(if: $foo) { name }
            }
            """,
            "The directive \"@skip\" can only be used once at this location. (2:7, 2:23)",
            "The directive \"@skip\" can only be used once at this location. (2:7, 2:59)")
    }

    @Test func `every kind of place is checked`() throws {
        try expectErrors(
            """
            query Q($x: Int @onVariable @onVariable) @onQuery @onQuery {
              dog { isAt(x: $x) ...F @onFragmentSpread @onFragmentSpread ... @onInlineFragment @onInlineFragment { name } }
            }
            fragment F on Dog @onFragmentDefinition @onFragmentDefinition { name }
            """,
            "The directive \"@onVariable\" can only be used once at this location. (1:17, 1:29)",
            "The directive \"@onQuery\" can only be used once at this location. (1:42, 1:51)",
            "The directive \"@onFragmentSpread\" can only be used once at this location. (2:26, 2:44)",
            "The directive \"@onInlineFragment\" can only be used once at this location. (2:66, 2:84)",
            "The directive \"@onFragmentDefinition\" can only be used once at this location. (4:19, 4:41)")
    }
}
