import Testing

@Suite("5.5.1.2 Fragment Spread Type Existence")
struct FragmentSpreadTypeExistenceRuleTests {
    @Test func `existing types and no type are valid`() throws {
        try expectValid(
            """
            { dog { ...correctType ... on Dog { name } ... @include(if: true) { name } } }
            fragment correctType on Dog { name }
            """)
    }

    @Test func `a fragment on a type that does not exist is refused`() throws {
        try expectErrors(
            """
            { dog { ...notOnExistingType } }
            fragment notOnExistingType on Elsewhere { name { anything } }
            """,
            "Unknown type \"Elsewhere\". (2:31)")
    }

    @Test func `so is an inline fragment`() throws {
        try expectErrors(
            "{ dog { ... on Dogg { name } } }", "Unknown type \"Dogg\". Did you mean \"Dog\"? (1:16)")
    }

    @Test func `so is the type of a variable`() throws {
        try expectErrors(
            "query($a: Booleen, $b: [Strin!]) { arguments { booleanArgField(booleanArg: $a) stringListArgField(stringListArg: $b) } }",
            "Unknown type \"Booleen\". Did you mean \"Boolean\"? (1:11)",
            "Unknown type \"Strin\". Did you mean \"String\"? (1:25)")
    }

    @Test func `introspection types exist`() throws {
        try expectValid("{ __schema { ... on __Schema { queryType { name } } } }")
    }
}
