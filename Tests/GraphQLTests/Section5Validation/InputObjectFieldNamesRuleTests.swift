import Testing

@Suite("5.6.2 Input Object Field Names")
struct InputObjectFieldNamesRuleTests {
    @Test func `defined fields are valid`() throws {
        try expectValid(#"{ findDog(complex: { name: "Fido", required: true }) { name } }"#)
    }

    @Test func `an undefined field is refused, at any depth`() throws {
        try expectErrors(
            #"{ findDog(complex: { favoriteCookieFlavor: "Bacon", required: true, child: { required: true, nam: 1 } }) { name } }"#,
            "Field \"favoriteCookieFlavor\" is not defined by type \"ComplexInput\". (1:22)",
            "Field \"nam\" is not defined by type \"ComplexInput\". Did you mean \"name\"? (1:94)")
    }

    @Test func `an undefined field is refused in a list and in a default value`() throws {
        try expectErrors(
            """
            query($c: ComplexInput = { required: true, x: 1 }) {
              arguments { complexArgField(complexArg: $c) complexListArgField(complexListArg: [{ required: true, y: 1 }]) }
            }
            """,
            "Field \"x\" is not defined by type \"ComplexInput\". (1:44)",
            "Field \"y\" is not defined by type \"ComplexInput\". (2:102)")
    }
}
