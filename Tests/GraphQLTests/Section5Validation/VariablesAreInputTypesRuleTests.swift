import Testing

@Suite("5.8.2 Variables Are Input Types")
struct VariablesAreInputTypesRuleTests {
    @Test func `scalars, enums and input objects are valid`() throws {
        try expectValid(
            """
            query($a: Boolean, $b: ComplexInput, $c: [Boolean]!, $d: DogCommand, $e: JSON) {
              arguments {
                booleanArgField(booleanArg: $a) complexArgField(complexArg: $b) booleanListArgField(booleanListArg: $c)
                enumArgField(enumArg: $d)
              }
              json(value: $e)
            }
            """)
    }

    @Test func `objects, interfaces and unions are refused`() throws {
        try expectErrors(
            """
            query($cat: Cat, $dog: Dog!, $pets: [Pet], $catOrDog: [CatOrDog!]!) {
              json(value: { a: $cat, b: $dog, c: $pets, d: $catOrDog })
            }
            """,
            "Variable \"$cat\" cannot be non-input type \"Cat\". (1:13)",
            "Variable \"$dog\" cannot be non-input type \"Dog!\". (1:24)",
            "Variable \"$pets\" cannot be non-input type \"[Pet]\". (1:37)",
            "Variable \"$catOrDog\" cannot be non-input type \"[CatOrDog!]!\". (1:55)")
    }

    @Test func `their default values are not checked as well`() throws {
        try expectErrors(
            "query($cat: Cat = { x: 1 }) { json(value: { a: $cat }) }",
            "Variable \"$cat\" cannot be non-input type \"Cat\". (1:13)")
    }
}
