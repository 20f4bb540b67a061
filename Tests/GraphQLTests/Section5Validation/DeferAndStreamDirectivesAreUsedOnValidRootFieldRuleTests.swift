import Testing

@Suite("Incremental delivery: Defer And Stream Directives Are Used On Valid Root Field")
struct DeferAndStreamDirectivesAreUsedOnValidRootFieldRuleTests {
    @Test func `the root of a query is valid`() throws {
        try expectValid("{ ... @defer { dog { name } } dogs @stream { name } }")
    }

    @Test func `below the root of a mutation is valid`() throws {
        try expectValid(
            "mutation { renameDog(name: \"a\") { ... @defer { name owner { relatives @stream { name } } } } }")
    }

    @Test func `the root of a mutation is refused, in fragments too`() throws {
        try expectErrors(
            """
            mutation {
              ... @defer { renameDog(name: "a") { name } }
              ...more
              renameDogs(name: "c") @stream { name }
            }
            fragment more on Mutation {
              ...most @defer(if: false)
            }
            fragment most on Mutation { b: renameDog(name: "b") { name } }
            """,
            "The directive \"@defer\" cannot be used on the root of a mutation, type \"Mutation\". (2:7)",
            "The directive \"@stream\" cannot be used on the root of a mutation, type \"Mutation\". (4:25)",
            "The directive \"@defer\" cannot be used on the root of a mutation, type \"Mutation\". (7:11)")
    }

    @Test func `the root of a subscription is refused`() throws {
        try expectErrors(
            "subscription { ... @defer(if: false) { log @stream(if: false) { body } } }",
            "The directive \"@defer\" cannot be used on the root of a subscription, type \"Subscription\". (1:20)",
            "The directive \"@stream\" cannot be used on the root of a subscription, type \"Subscription\". (1:44)")
    }
}
