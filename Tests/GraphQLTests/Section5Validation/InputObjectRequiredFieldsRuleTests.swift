import Testing

@Suite("5.6.4 Input Object Required Fields")
struct InputObjectRequiredFieldsRuleTests {
    @Test func `fields that are nullable or have a default may be left out`() throws {
        try expectValid("{ findDog(complex: { required: true }) { name } }")
    }

    @Test func `a required field may not`() throws {
        try expectErrors(
            "{ findDog(complex: { name: \"Fido\" }) { name } }",
            "Field \"ComplexInput.required\" of required type \"Boolean!\" was not provided. (1:20)")
    }

    @Test func `null is no value for it`() throws {
        try expectErrors(
            "{ findDog(complex: { required: null }) { name } }",
            "Expected value of type \"Boolean!\", found null. (1:32)")
    }

    @Test func `nested objects are checked`() throws {
        try expectErrors(
            "{ findDog(complex: { required: true, child: { child: {} } }) { name } }",
            "Field \"ComplexInput.required\" of required type \"Boolean!\" was not provided. (1:45)",
            "Field \"ComplexInput.required\" of required type \"Boolean!\" was not provided. (1:54)")
    }
}
