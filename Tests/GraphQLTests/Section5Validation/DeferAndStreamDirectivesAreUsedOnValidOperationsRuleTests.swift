import Testing

@Suite("Incremental delivery: Defer And Stream Directives Are Used On Valid Operations")
struct DeferAndStreamDirectivesAreUsedOnValidOperationsRuleTests {
    @Test func `in a subscription they are valid when false or a variable`() throws {
        try expectValid(
            """
            subscription($on: Boolean!) {
              typing { ... @defer(if: false) { name } relatives @stream(if: $on) { ...F @defer(if: $on) } }
            }
            fragment F on Human { name }
            """)
    }

    @Test func `in a subscription they are refused otherwise, in fragments too and once`() throws {
        try expectErrors(
            """
            subscription a { typing { ...F ... @defer(if: true) { id } } }
            subscription b { typing { ...F } }
            fragment F on Human {
              relatives @stream { ...G }
            }
            fragment G on Human { ... @defer(label: "x") { name } }
            """,
            "The directive \"@defer\" cannot be used in a subscription unless its argument \"if\" is false or a variable. "
                + "(1:36)",
            "The directive \"@stream\" cannot be used in a subscription unless its argument \"if\" is false or a variable. "
                + "(4:13)",
            "The directive \"@defer\" cannot be used in a subscription unless its argument \"if\" is false or a variable. "
                + "(6:27)")
    }

    @Test func `a fragment that only queries reach is free`() throws {
        try expectValid(
            """
            query a { dog { ...F } }
            subscription b { newMessage { body } }
            fragment F on Dog { ... @defer { name } }
            """)
    }
}
