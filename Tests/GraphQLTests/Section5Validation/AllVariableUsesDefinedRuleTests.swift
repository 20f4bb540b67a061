import Testing

@Suite("5.8.3 All Variable Uses Defined")
struct AllVariableUsesDefinedRuleTests {
    @Test func `variables that the operation defines are valid, also in fragments`() throws {
        try expectValid(
            """
            query A($x: Int, $y: Int) { dog { isAt(x: $x) ...F } }
            fragment F on Dog { ... on Dog { b: isAt(y: $y) ...G } }
            fragment G on Dog { c: isAt(x: $x) }
            """)
    }

    @Test func `an undefined variable is refused`() throws {
        try expectErrors(
            "query variableIsNotDefined { dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }",
            "Variable \"$atOtherHomes\" is not defined by operation \"variableIsNotDefined\". (1:65, 1:1)")
        try expectErrors(
            "{ dog { isHouseTrained(atOtherHomes: $atOtherHomes) } }",
            "Variable \"$atOtherHomes\" is not defined. (1:38, 1:1)")
    }

    @Test func `so it is in directives, lists and objects`() throws {
        try expectErrors(
            """
            query A { dog @skip(if: $a) { knows(commands: [SIT, $b]) }
              findDog(complex: { required: $c, child: { name: $d, required: true } }) { name }
              json(value: [{ x: $e }]) }
            """,
            "Variable \"$a\" is not defined by operation \"A\". (1:25, 1:1)",
            "Variable \"$b\" is not defined by operation \"A\". (1:53, 1:1)",
            "Variable \"$c\" is not defined by operation \"A\". (2:32, 1:1)",
            "Variable \"$d\" is not defined by operation \"A\". (2:51, 1:1)",
            "Variable \"$e\" is not defined by operation \"A\". (3:21, 1:1)")
    }

    @Test func `so it is in fragments, transitively`() throws {
        try expectErrors(
            """
            query A { dog { ...outer } }
            fragment outer on Dog { ...inner }
            fragment inner on Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }
            """,
            "Variable \"$atOtherHomes\" is not defined by operation \"A\". (3:54, 1:1)")
    }

    @Test func `every operation that reaches the fragment must define it`() throws {
        try expectErrors(
            """
            query A($atOtherHomes: Boolean) { dog { ...F } }
            query B { dog { ...F } }
            query C { dog { ...F } }
            fragment F on Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }
            """,
            "Variable \"$atOtherHomes\" is not defined by operation \"B\". (4:50, 2:1)",
            "Variable \"$atOtherHomes\" is not defined by operation \"C\". (4:50, 3:1)")
    }

    @Test func `unknown fields and arguments count`() throws {
        try expectErrors(
            "{ dog { nothing(x: $a) @nowhere(y: $b) barks(z: $c) } }",
            "Cannot query field \"nothing\" on type \"Dog\". (1:9)",
            "Unknown directive \"@nowhere\". (1:24)",
            "Unknown argument \"z\" on field \"Dog.barks\". (1:46)",
            "Variable \"$a\" is not defined. (1:20, 1:1)",
            "Variable \"$b\" is not defined. (1:36, 1:1)",
            "Variable \"$c\" is not defined. (1:49, 1:1)")
    }

    @Test func `a fragment that no operation reaches needs no definitions`() throws {
        try expectErrors(
            """
            { dog { name } }
            fragment F on Dog { isHouseTrained(atOtherHomes: $atOtherHomes) }
            """,
            "Fragment \"F\" is never used. (2:1)")
    }
}
