import Testing

@Suite("5.6.1 Values of Correct Type")
struct ValuesOfCorrectTypeRuleTests {
    @Test(arguments: [
        "booleanArgField(booleanArg: true)", "booleanArgField(booleanArg: null)",
        "intArgField(intArg: 123)", "intArgField(intArg: -2147483648)", "intArgField(intArg: 2147483647)",
        "floatArgField(floatArg: 123)", "floatArgField(floatArg: 1.5e3)",
        "floatArgField(floatArg: 12345678901234567890)",
        #"stringArgField(stringArg: "x")"#, #"stringArgField(stringArg: """block""")"#,
        #"idArgField(idArg: "x")"#, "idArgField(idArg: 123456789012345678901234567890)",
        "enumArgField(enumArg: SIT)",
        #"stringListArgField(stringListArg: ["one", null, "two"])"#, #"stringListArgField(stringListArg: "one")"#,
        "stringListArgField(stringListArg: [])", "stringListArgField(stringListArg: null)",
        "matrixArgField(matrix: 1)", "matrixArgField(matrix: [1, [2, 3], null])",
        "complexArgField(complexArg: { required: true })",
        #"complexArgField(complexArg: { required: true, strings: "one", child: { required: false, command: HEEL } })"#,
        "complexListArgField(complexListArg: { required: true })",
        "complexListArgField(complexListArg: [{ required: true }, null])",
    ])
    func `values that can be coerced are valid`(field: String) throws {
        try expectValid("{ arguments { \(field) } }")
    }

    @Test(arguments: [
        (#"intArgField(intArg: "123")"#, #"Int cannot represent non-integer value: "123" (1:35)"#),
        ("intArgField(intArg: 1.0)", "Int cannot represent non-integer value: 1.0 (1:35)"),
        ("intArgField(intArg: true)", "Int cannot represent non-integer value: true (1:35)"),
        ("intArgField(intArg: SIT)", "Int cannot represent non-integer value: SIT (1:35)"),
        ("intArgField(intArg: [1])", "Int cannot represent non-integer value: [1] (1:35)"),
        (
            "intArgField(intArg: 2147483648)",
            "Int cannot represent non 32-bit signed integer value: 2147483648 (1:35)"
        ),
        (
            "intArgField(intArg: -99999999999999999999)",
            "Int cannot represent non 32-bit signed integer value: -99999999999999999999 (1:35)"
        ),
        (#"floatArgField(floatArg: "1.5")"#, #"Float cannot represent non numeric value: "1.5" (1:39)"#),
        ("floatArgField(floatArg: true)", "Float cannot represent non numeric value: true (1:39)"),
        ("floatArgField(floatArg: 1e999)", "Float cannot represent non finite value: 1e999 (1:39)"),
        ("booleanArgField(booleanArg: 1)", "Boolean cannot represent a non boolean value: 1 (1:43)"),
        (#"booleanArgField(booleanArg: "true")"#, #"Boolean cannot represent a non boolean value: "true" (1:43)"#),
        ("booleanArgField(booleanArg: TRUE)", "Boolean cannot represent a non boolean value: TRUE (1:43)"),
        ("stringArgField(stringArg: 1)", "String cannot represent a non string value: 1 (1:41)"),
        ("stringArgField(stringArg: SIT)", "String cannot represent a non string value: SIT (1:41)"),
        ("idArgField(idArg: 1.5)", "ID cannot represent a non-string and non-integer value: 1.5 (1:33)"),
        ("idArgField(idArg: true)", "ID cannot represent a non-string and non-integer value: true (1:33)"),
        (
            #"enumArgField(enumArg: "SIT")"#,
            #"Enum "DogCommand" cannot represent non-enum value: "SIT". Did you mean the enum value "SIT"? (1:37)"#
        ),
        ("enumArgField(enumArg: 1)", #"Enum "DogCommand" cannot represent non-enum value: 1. (1:37)"#),
        ("enumArgField(enumArg: JUMP)", #"Value "JUMP" does not exist in "DogCommand" enum. (1:37)"#),
        (
            "enumArgField(enumArg: sit)",
            #"Value "sit" does not exist in "DogCommand" enum. Did you mean the enum value "SIT"? (1:37)"#
        ),
        ("nonNullIntArgField(nonNullIntArg: null)", #"Expected value of type "Int!", found null. (1:49)"#),
        (#"stringListArgField(stringListArg: ["one", 2])"#, "String cannot represent a non string value: 2 (1:57)"),
        ("stringListArgField(stringListArg: 1)", "String cannot represent a non string value: 1 (1:49)"),
        (
            #"nonNullStringListArgField(stringListArg: ["one", null])"#,
            #"Expected value of type "String!", found null. (1:64)"#
        ),
        ("matrixArgField(matrix: [[1, true]])", "Int cannot represent non-integer value: true (1:43)"),
        (
            #"complexArgField(complexArg: "name")"#,
            #"Expected value of type "ComplexInput", found "name". (1:43)"#
        ),
        (
            #"complexArgField(complexArg: [{ name: "x" }])"#,
            #"Expected value of type "ComplexInput", found [{ name: "x" }]. (1:43)"#
        ),
        (
            "complexArgField(complexArg: { required: true, strings: [1] })",
            "String cannot represent a non string value: 1 (1:71)"
        ),
        (
            "complexArgField(complexArg: { required: true, withDefault: null })",
            #"Expected value of type "Int!", found null. (1:74)"#
        ),
        ("stringArgField(stringArg: { a: 1 })", "String cannot represent a non string value: { a: 1 } (1:41)"),
    ])
    func `values that cannot be coerced are refused`(field: String, error: String) throws {
        try expectErrors("{ arguments { \(field) } }", error)
    }

    @Test func `custom scalars accept everything`() throws {
        try expectValid(
            #"""
            {
              a: json(value: { x: [1, "two", THREE, null, { y: 4.5 }] })
              b: json(value: [1])
              c: json(value: "text")
            }
            """#)
    }

    @Test func `directives have typed arguments, too`() throws {
        try expectErrors(
            #"{ dog { name @include(if: "yes") @tag(name: 1, weight: null) } }"#,
            #"Boolean cannot represent a non boolean value: "yes" (1:27)"#,
            "String cannot represent a non string value: 1 (1:45)")
    }

    @Test func `default values of variables are checked`() throws {
        try expectErrors(
            """
            query(
              $a: Int = "one", $b: String! = null, $c: ComplexInput = { name: 123 }, $d: [Int] = [1, "2"],
              $e: Int! = 1, $f: [String!] = "one"
            ) {
              arguments {
                intArgField(intArg: $a) stringArgField(stringArg: $b) complexArgField(complexArg: $c)
                matrixArgField(matrix: [$d]) nonNullIntArgField(nonNullIntArg: $e)
                nonNullStringListArgField(stringListArg: $f)
              }
            }
            """,
            #"Int cannot represent non-integer value: "one" (2:13)"#,
            #"Expected value of type "String!", found null. (2:34)"#,
            #"Field "ComplexInput.required" of required type "Boolean!" was not provided. (2:59)"#,
            "String cannot represent a non string value: 123 (2:67)",
            #"Int cannot represent non-integer value: "2" (2:90)"#)
    }
}
