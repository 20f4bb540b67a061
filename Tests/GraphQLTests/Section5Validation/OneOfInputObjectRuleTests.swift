import Testing

@Suite("5.6.1 Values of Correct Type: OneOf Input Objects")
struct OneOfInputObjectRuleTests {
    @Test func `exactly one field is valid`() throws {
        try expectValid(
            """
            query($name: String!) {
              a: pick(by: { name: "Fido" }) { name }
              b: pick(by: { id: 1 }) { name }
              c: pick(by: { complex: { required: true } }) { name }
              d: pick(by: { name: $name }) { name }
              e: pickMany(by: [{ id: 1 }, { name: "Rex" }]) { name }
            }
            """)
    }

    @Test func `none or several are refused`() throws {
        try expectErrors(
            "{ a: pick(by: {}) { name } b: pick(by: { name: \"x\", id: null }) { name } c: pickMany(by: [{ id: 1, name: \"x\" }]) { name } }",
            "OneOf Input Object \"PickInput\" must specify exactly one key. (1:15)",
            "OneOf Input Object \"PickInput\" must specify exactly one key. (1:40)",
            "OneOf Input Object \"PickInput\" must specify exactly one key. (1:91)")
    }

    @Test func `null is no value`() throws {
        try expectErrors(
            "{ pick(by: { name: null }) { name } }", "Field \"PickInput.name\" must be non-null. (1:12)")
    }

    @Test func `the value is checked, and an unknown field counts`() throws {
        try expectErrors(
            "{ a: pick(by: { name: 1 }) { name } b: pick(by: { nme: \"x\" }) { name } }",
            "String cannot represent a non string value: 1 (1:23)",
            "Field \"nme\" is not defined by type \"PickInput\". Did you mean \"name\"? (1:51)")
    }

    @Test func `a variable in it must be non-null`() throws {
        try expectErrors(
            """
            query A($a: String, $b: String = "x") {
              pick(by: { name: $a }) { name }
              ...F
            }
            fragment F on Query { b: pick(by: { name: $b }) { name } }
            """,
            "Variable \"$a\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"PickInput\". "
                + "(1:9, 2:20)",
            "Variable \"$b\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"PickInput\". "
                + "(1:21, 5:43)")
    }

    @Test func `the object as a whole may be a variable`() throws {
        try expectValid(
            "query($by: PickInput!, $c: ComplexInput!) { pick(by: $by) { name } a: pick(by: { complex: $c }) { name } }"
        )
    }
}
