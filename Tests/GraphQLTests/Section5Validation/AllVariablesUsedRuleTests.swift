import Testing

@Suite("5.8.4 All Variables Used")
struct AllVariablesUsedRuleTests {
    @Test func `variables used in the operation, a directive or a fragment are valid`() throws {
        try expectValid(
            """
            query A($x: Int, $y: Int, $b: Boolean!, $j: JSON) {
              dog { isAt(x: $x) name @skip(if: $b) ...F }
              json(value: [$j])
            }
            fragment F on Dog { b: isAt(y: $y) }
            """)
    }

    @Test func `an unused variable is refused`() throws {
        try expectErrors(
            "query variableUnused($atOtherHomes: Boolean) { dog { isHouseTrained } }",
            "Variable \"$atOtherHomes\" is never used in operation \"variableUnused\". (1:22)")
        try expectErrors(
            "query ($a: Int, $b: Int) { dog { isAt(x: $b) } }", "Variable \"$a\" is never used. (1:8)")
    }

    @Test func `a use in a fragment that is not reached does not count`() throws {
        try expectErrors(
            """
            query A($x: Int) { dog { ...F } }
            query B($x: Int) { dog { ...G } }
            fragment F on Dog { isAt(x: $x) }
            fragment G on Dog { name }
            """,
            "Variable \"$x\" is never used in operation \"B\". (2:9)")
    }

    @Test func `all operations must use all of their variables`() throws {
        try expectErrors(
            """
            query A($x: Int) { dog { ...F } }
            query B($x: Int, $extra: Int) { dog { ...F } }
            fragment F on Dog { isAt(x: $x) }
            """,
            "Variable \"$extra\" is never used in operation \"B\". (2:18)")
    }
}
