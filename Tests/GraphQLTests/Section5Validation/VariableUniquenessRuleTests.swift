import Testing

@Suite("5.8.1 Variable Uniqueness")
struct VariableUniquenessRuleTests {
    @Test func `equal names in different operations are valid`() throws {
        try expectValid(
            """
            query A($atOtherHomes: Boolean) { ...HouseTrained }
            query B($atOtherHomes: Boolean) { ...HouseTrained }
            fragment HouseTrained on Query { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }
            """)
    }

    @Test func `equal names in one operation are refused with all places`() throws {
        try expectErrors(
            "query A($x: Int, $y: Int, $x: Int, $ x: Int) { dog { isAt(x: $x, y: $y) } }",
            "There can be only one variable named \"$x\". (1:10, 1:28, 1:38)")
    }
}
