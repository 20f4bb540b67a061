import Testing

@Suite("5.4.2 Argument Uniqueness")
struct ArgumentUniquenessRuleTests {
    @Test func `different arguments, and equal ones of different fields, are valid`() throws {
        try expectValid("{ dog { isAt(x: 1, y: 2) a: isAt(x: 1) } }")
    }

    @Test func `an argument given twice is refused with all places`() throws {
        try expectErrors(
            "{ dog { isAt(x: 1, y: 2, x: 1, x: 2) } }",
            "There can be only one argument named \"x\". (1:14, 1:26, 1:32)")
    }

    @Test func `so is one of a directive`() throws {
        try expectErrors(
            "{ dog { name @skip(if: true, if: true) } }", "There can be only one argument named \"if\". (1:20, 1:30)")
    }

    @Test func `so are several among many`() throws {
        try expectErrors(
            "{ arguments { multipleOptional(one: 1, two: 1, one: 1, two: 1, one: 1, two: 1, one: 1, two: 1, one: 1) } }",
            "There can be only one argument named \"one\". (1:32, 1:48, 1:64, 1:80, 1:96)",
            "There can be only one argument named \"two\". (1:40, 1:56, 1:72, 1:88)")
    }
}
