import Testing

@Suite("5.8.5 All Variable Usages Are Allowed")
struct AllVariableUsagesAreAllowedRuleTests {
    @Test(arguments: [
        ("Boolean", "booleanArgField(booleanArg: $v)"),
        ("Boolean!", "booleanArgField(booleanArg: $v)"),
        ("Boolean!", "nonNullBooleanArgField(nonNullBooleanArg: $v)"),
        ("Boolean = true", "nonNullBooleanArgField(nonNullBooleanArg: $v)"),
        ("Boolean", "optionalNonNullBooleanArgField(optionalBooleanArg: $v)"),
        ("Boolean = null", "optionalNonNullBooleanArgField(optionalBooleanArg: $v)"),
        ("[Boolean]!", "booleanListArgField(booleanListArg: $v)"),
        ("[Boolean!]!", "booleanListArgField(booleanListArg: $v)"),
        ("Boolean", "booleanListArgField(booleanListArg: [$v])"),
        ("[String!]!", "nonNullStringListArgField(stringListArg: $v)"),
        ("String!", "nonNullStringListArgField(stringListArg: [$v])"),
        ("[[Int]]", "matrixArgField(matrix: $v)"),
        ("[Int!]", "matrixArgField(matrix: [$v])"),
        ("Int", "matrixArgField(matrix: [[$v]])"),
        ("Boolean!", "complexArgField(complexArg: { required: $v })"),
        ("Boolean = false", "complexArgField(complexArg: { required: $v })"),
        ("Int", "complexArgField(complexArg: { required: true, withDefault: $v })"),
        ("DogCommand", "enumArgField(enumArg: $v)"),
    ])
    func `types that fit are valid`(type: String, field: String) throws {
        try expectValid("query Q($v: \(type)) { arguments { \(field) } }")
    }

    @Test(arguments: [
        ("Int", "booleanArgField(booleanArg: $v)", "Boolean"),
        ("Int", "floatArgField(floatArg: $v)", "Float"),
        ("String", "idArgField(idArg: $v)", "ID"),
        ("String", "enumArgField(enumArg: $v)", "DogCommand"),
        ("[Boolean]", "booleanArgField(booleanArg: $v)", "Boolean"),
        ("Boolean", "booleanListArgField(booleanListArg: $v)", "[Boolean]!"),
        ("Boolean", "nonNullBooleanArgField(nonNullBooleanArg: $v)", "Boolean!"),
        ("Boolean = null", "nonNullBooleanArgField(nonNullBooleanArg: $v)", "Boolean!"),
        ("Int = 1", "nonNullBooleanArgField(nonNullBooleanArg: $v)", "Boolean!"),
        ("[Boolean]", "booleanListArgField(booleanListArg: $v)", "[Boolean]!"),
        ("[String]", "nonNullStringListArgField(stringListArg: $v)", "[String!]"),
        ("String", "nonNullStringListArgField(stringListArg: [$v])", "String!"),
        ("[Int]", "matrixArgField(matrix: $v)", "[[Int]]"),
        ("Boolean", "complexArgField(complexArg: { required: $v })", "Boolean!"),
        ("ComplexInput", "complexListArgField(complexListArg: $v)", "[ComplexInput]"),
        ("[String] = [\"a\"]", "nonNullStringListArgField(stringListArg: $v)", "[String!]"),
    ])
    func `types that do not fit are refused`(type: String, field: String, expected: String) throws {
        let name = type.prefix { $0 != " " }
        let column = "query Q($v: \(type)) { arguments { ".count + field.prefix { $0 != "$" }.count + 1
        try expectErrors(
            "query Q($v: \(type)) { arguments { \(field) } }",
            "Variable \"$v\" of type \"\(name)\" used in position expecting type \"\(expected)\". (1:9, 1:\(column))")
    }

    @Test func `directives are places, too`() throws {
        try expectErrors(
            "query Q($v: Boolean) { dog @include(if: $v) { name } }",
            "Variable \"$v\" of type \"Boolean\" used in position expecting type \"Boolean!\". (1:9, 1:41)")
    }

    @Test func `uses in fragments are checked for every operation`() throws {
        try expectErrors(
            """
            query A($v: Int!) { arguments { ...F } }
            query B($v: Int) { arguments { ...F } }
            query C($v: String!) { arguments { ...F } }
            fragment F on Arguments { nonNullIntArgField(nonNullIntArg: $v) }
            """,
            "Variable \"$v\" of type \"Int\" used in position expecting type \"Int!\". (2:9, 4:61)",
            "Variable \"$v\" of type \"String!\" used in position expecting type \"Int!\". (3:9, 4:61)")
    }

    @Test func `inside a custom scalar's object everything fits, in its lists only the scalar`() throws {
        try expectErrors(
            "query Q($v: Int) { json(value: { a: $v, b: [$v] }) b: json(value: [$v]) }",
            "Variable \"$v\" of type \"Int\" used in position expecting type \"JSON\". (1:9, 1:68)")
    }
}
