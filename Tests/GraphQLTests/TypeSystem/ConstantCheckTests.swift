// Specification, section 3, "Input Coercion": default values and arguments of applied directives.

import Testing

@Suite("Constants of the type system")
struct ConstantCheckTests {
    private let types = """
        enum E { A B }
        input In { a: Int = 1 b: Int! c: [E!] }
        input One @oneOf { a: Int b: Int }
        scalar S

        """

    private func problem(_ type: String, _ literal: String) -> [String] {
        issuesWithQuery(types + "input X { x: \(type) = \(literal) }")
    }

    @Test(
        "Defaults that can be coerced",
        arguments: [
            ("Int", "1"), ("Int", "-2147483648"), ("Int", "2147483647"), ("Int", "null"), ("Float", "1"),
            ("Float", "1.5"),
            ("Float", "123456789012345678901234567890"), ("String", "\"a\""), ("String", "\"\"\"a\"\"\""),
            ("Boolean", "true"),
            ("ID", "\"a\""), ("ID", "1"), ("ID", "123456789012345678901234567890"), ("E", "A"), ("[Int]", "[1, null]"),
            ("[Int]", "1"), ("[[Int]]", "[1, [2]]"), ("[Int!]!", "[]"), ("In", "{ b: 1 }"), ("In", "{ b: 1, c: A }"),
            ("One", "{ a: 1 }"), ("S", "{ any: [1, \"b\", C] }"), ("S", "null"), ("[In]", "{ b: 1 }"),
        ])
    func accepts(_ type: String, _ literal: String) {
        #expect(problem(type, literal) == [])
    }

    @Test(
        "Defaults that cannot",
        arguments: [
            ("Int", "1.0", "expected a value of type \"Int\", found 1.0."),
            ("Int", "2147483648", "expected a value of type \"Int\", found 2147483648."),
            ("Int", "-2147483649", "expected a value of type \"Int\", found -2147483649."),
            ("Int", "\"1\"", "expected a value of type \"Int\", found \"1\"."),
            ("Int!", "null", "expected a value of type \"Int!\", found null."),
            ("Float", "\"1\"", "expected a value of type \"Float\", found \"1\"."),
            ("Float", "1e999", "expected a value of type \"Float\", found 1e999."),
            ("String", "1", "expected a value of type \"String\", found 1."),
            ("String", "A", "expected a value of type \"String\", found A."),
            ("Boolean", "1", "expected a value of type \"Boolean\", found 1."),
            ("ID", "1.5", "expected a value of type \"ID\", found 1.5."),
            ("ID", "1e999", "expected a value of type \"ID\", found 1e999."),
            ("ID", "true", "expected a value of type \"ID\", found true."),
            ("E", "\"A\"", "expected a value of type \"E\", found \"A\"."),
            ("E", "C", "value \"C\" does not exist in enum \"E\"."),
            ("[Int!]", "[null]", "expected a value of type \"Int!\", found null."),
            ("[Int]", "[\"a\"]", "expected a value of type \"Int\", found \"a\"."),
            ("In", "1", "expected a value of type \"In\", found 1."),
            ("In", "{}", "the required field \"In.b\" is missing."),
            ("In", "{ b: null }", "expected a value of type \"Int!\", found null."),
            ("In", "{ b: 1, d: 1 }", "field \"d\" is not defined by type \"In\"."),
            ("In", "{ b: 1, c: [C] }", "value \"C\" does not exist in enum \"E\"."),
            ("One", "{}", "exactly one field of \"One\" must be given, and not null."),
            ("One", "{ a: 1, b: 2 }", "exactly one field of \"One\" must be given, and not null."),
            ("One", "{ a: null }", "exactly one field of \"One\" must be given, and not null."),
        ])
    func refuses(_ type: String, _ literal: String, _ message: String) {
        let column = "input X { x: \(type) = ".utf8.count + 1
        #expect(problem(type, literal) == ["6:\(column) The default of \"X.x\" is invalid: \(message)"])
    }

    @Test("Defaults of arguments and arguments of directives are checked too")
    func checksOtherPlaces() {
        #expect(
            issuesWithQuery(
                "type A { a(b: Int = \"x\"): Int }\ndirective @d(a: Int = true) on OBJECT\ntype B @d(a: E) { a: Int }")
                == [
                    "3:23 The default of \"@d(a:)\" is invalid: expected a value of type \"Int\", found true.",
                    "2:21 The default of \"A.a(b:)\" is invalid: expected a value of type \"Int\", found \"x\".",
                    "4:14 The argument \"@d(a:)\" is invalid: expected a value of type \"Int\", found E.",
                ])
    }
}
