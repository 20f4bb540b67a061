import Testing

@Suite("Incremental delivery: Stream Directives Are Used On List Fields")
struct StreamDirectivesAreUsedOnListFieldsRuleTests {
    @Test func `lists of objects and of scalars are valid`() throws {
        try expectValid("{ dogs @stream { name } arguments { booleanListArgField(booleanListArg: []) @stream } }")
    }

    @Test func `a field that is no list is refused`() throws {
        try expectErrors(
            "{ dog @stream(initialCount: 1) { name @stream } dogs { owner @stream(if: false) { name } } }",
            "The directive \"@stream\" cannot be used on the field \"Query.dog\", which is no list. (1:7)",
            "The directive \"@stream\" cannot be used on the field \"Dog.name\", which is no list. (1:39)",
            "The directive \"@stream\" cannot be used on the field \"Dog.owner\", which is no list. (1:62)")
    }
}
