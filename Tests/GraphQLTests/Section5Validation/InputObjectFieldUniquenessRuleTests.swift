import Testing

@Suite("5.6.3 Input Object Field Uniqueness")
struct InputObjectFieldUniquenessRuleTests {
    @Test func `different fields, and equal ones of different objects, are valid`() throws {
        try expectValid(
            "{ findDog(complex: { required: true, name: \"x\", child: { required: true, name: \"x\" } }) { name } }")
    }

    @Test func `a field given twice is refused`() throws {
        try expectErrors(
            "{ findDog(complex: { required: true, required: false, required: true }) { name } }",
            "There can be only one input field named \"required\". (1:22, 1:38)",
            "There can be only one input field named \"required\". (1:22, 1:55)")
    }

    @Test func `so it is in nested objects, default values and custom scalars`() throws {
        try expectErrors(
            """
            query($c: ComplexInput = { required: true, name: "a", name: "b" }) {
              findDog(complex: $c) { name }
              a: findDog(complex: { required: true, child: { required: true, required: true } }) { name }
              json(value: { x: 1, y: [{ z: 1, z: 2 }], x: 2 })
            }
            """,
            "There can be only one input field named \"name\". (1:44, 1:55)",
            "There can be only one input field named \"required\". (3:50, 3:66)",
            "There can be only one input field named \"x\". (4:17, 4:44)",
            "There can be only one input field named \"z\". (4:29, 4:35)")
    }
}
