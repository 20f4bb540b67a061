import Testing

@Suite("5.7.2 Directives Are in Valid Locations")
struct DirectivesAreInValidLocationsRuleTests {
    @Test func `every executable location is known`() throws {
        try expectValid(
            """
            query Q($x: Int @onVariable) @onQuery {
              dog @onField { isAt(x: $x) ...F @onFragmentSpread ... @onInlineFragment { name } }
            }
            mutation M @onMutation { renameDog(name: "x") { name } }
            subscription S @onSubscription { newMessage { body } }
            fragment F on Dog @onFragmentDefinition { name }
            """)
    }

    @Test func `a directive in another place is refused`() throws {
        try expectErrors(
            """
            query Q($x: Int @onField) @skip(if: true) {
              dog @onQuery { isAt(x: $x) ...F @onField ... @onFragmentSpread { name } }
            }
            mutation M @onQuery { renameDog(name: "x") { name } }
            subscription S @onMutation { newMessage { body } }
            fragment F on Dog @onFragmentSpread { name }
            """,
            "Directive \"@onField\" may not be used on VARIABLE_DEFINITION. (1:17)",
            "Directive \"@skip\" may not be used on QUERY. (1:27)",
            "Directive \"@onQuery\" may not be used on FIELD. (2:7)",
            "Directive \"@onField\" may not be used on FRAGMENT_SPREAD. (2:35)",
            "Directive \"@onFragmentSpread\" may not be used on INLINE_FRAGMENT. (2:48)",
            "Directive \"@onQuery\" may not be used on MUTATION. (4:12)",
            "Directive \"@onMutation\" may not be used on SUBSCRIPTION. (5:16)",
            "Directive \"@onFragmentSpread\" may not be used on FRAGMENT_DEFINITION. (6:19)")
    }

    @Test func `directives of the type system have no place in operations`() throws {
        try expectErrors(
            "{ dog @deprecated { name } }", "Directive \"@deprecated\" may not be used on FIELD. (1:7)")
    }
}
