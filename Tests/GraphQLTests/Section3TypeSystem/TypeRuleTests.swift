// Specification, sections 3.6 to 3.10 and 3.13, "Type Validation". The query root is on line 1, the text from line 2.

import Testing

@Suite("Rules on types")
struct TypeRuleTests {
    @Test(
        "Types are not empty",
        arguments: [
            ("type A", ["2:6 Type \"A\" must define one or more fields."]),
            ("interface A", ["2:11 Type \"A\" must define one or more fields."]),
            (
                "type A\nextend type A @d\ndirective @d on OBJECT",
                ["2:6,3:13 Type \"A\" must define one or more fields."]
            ),
            ("type A\nextend type A { a: Int }", []),
            ("union A", ["2:7 Union \"A\" must have one or more members."]),
            ("enum A", ["2:6 Enum \"A\" must define one or more values."]),
            ("input A", ["2:7 Input object \"A\" must define one or more fields."]),
            ("input A\nextend input A { a: Int }", []),
        ])
    func refusesEmptyTypes(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Fields have output types, arguments and input fields input types",
        arguments: [
            (
                "input I { a: Int } type A { a: [I!] }",
                ["2:32 The type of \"A.a\" must be an output type, \"I\" is an input object."]
            ),
            (
                "type A { a(b: [A]): Int }",
                ["2:15 The type of \"A.a(b:)\" must be an input type, \"A\" is an object type."]
            ),
            ("input I { a: Query }", ["2:14 The type of \"I.a\" must be an input type, \"Query\" is an object type."]),
            ("union U = Query input I { a: U }", ["2:30 The type of \"I.a\" must be an input type, \"U\" is a union."]),
            (
                "directive @d(a: Query) on FIELD",
                ["2:17 The type of \"@d(a:)\" must be an input type, \"Query\" is an object type."]
            ),
            (
                "interface N { a(b: N): N }",
                ["2:20 The type of \"N.a(b:)\" must be an input type, \"N\" is an interface."]
            ),
            ("enum E { A } scalar S input I { a: E b: S c: I } type A { a(b: I): E c(d: [S]): S }", []),
        ])
    func checksInputAndOutput(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Unions have different object types",
        arguments: [
            ("union U = Query | Query", ["2:19,2:11 Union \"U\" can only have \"Query\" once."]),
            ("union U = Query\nextend union U = Query", ["3:18,2:11 Union \"U\" can only have \"Query\" once."]),
            ("union U = Query | S scalar S", ["2:19 Union \"U\" can only have object types, \"S\" is a scalar."]),
            ("union U = U", ["2:11 Union \"U\" can only have object types, \"U\" is a union."]),
            (
                "union U = I interface I { a: Int }",
                ["2:11 Union \"U\" can only have object types, \"I\" is an interface."]
            ),
        ])
    func checksUnions(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Fields of a oneOf input object are nullable and have no default",
        arguments: [
            ("input A @oneOf { a: Int b: [Int!] }", []),
            ("input A @oneOf { a: Int! }", ["2:21 \"A.a\" must be nullable because the input object is \"@oneOf\"."]),
            (
                "input A @oneOf { a: Int = 1 }",
                ["2:27 \"A.a\" cannot have a default because the input object is \"@oneOf\"."]
            ),
            (
                "input A @oneOf { a: Int }\nextend input A { b: Int! }",
                ["3:21 \"A.b\" must be nullable because the input object is \"@oneOf\"."]
            ),
            ("input A { a: Int }\nextend input A @oneOf", ["3:16 An extension of \"A\" cannot apply \"@oneOf\"."]),
        ])
    func checksOneOf(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Input objects do not need themselves",
        arguments: [
            ("input A { a: A }", []), ("input A { a: [A!]! }", []), ("input A { a: B! } input B { a: A }", []),
            (
                "input A { a: A! }",
                ["2:11 Input object \"A\" cannot contain itself through the non-null fields \"A.a\"."]
            ),
            (
                "input A { b: B! }\ninput B { x: Int c: C! }\ninput C { a: A! }",
                [
                    "2:11,3:18,4:11 Input object \"A\" cannot contain itself through the non-null fields \"A.b\", \"B.c\", \"C.a\"."
                ]
            ),
            (
                "input A { b: B! }\ninput B { b: B! }",
                ["3:11 Input object \"B\" cannot contain itself through the non-null fields \"B.b\"."]
            ),
            (
                "input A { b: B! c: B! }\ninput B { a: A! }",
                [
                    "2:11,3:11 Input object \"A\" cannot contain itself through the non-null fields \"A.b\", \"B.a\"."
                ]
            ),
        ])
    func refusesInputCycles(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Default values do not lead back to themselves",
        arguments: [
            ("input A { a: A = null }", []), ("input A { a: Int = 1 b: B = {} } input B { c: Int = 2 }", []),
            ("input A { a: A = { a: null } }", []), ("input A { a: A = { a: { a: null } } }", []),
            ("input A { a: A = {} }", ["2:18 The default values of \"A.a\" lead back to themselves."]),
            ("input A { a: A = { b: 1 } b: Int }", ["2:18 The default values of \"A.a\" lead back to themselves."]),
            ("input A { a: [A] = [{}] }", ["2:20 The default values of \"A.a\" lead back to themselves."]),
            (
                "input A { b: B = {} }\ninput B { a: A = {} }",
                ["2:18,3:18 The default values of \"A.b\", \"B.a\" lead back to themselves."]
            ),
            (
                "input A { x: A = { y: {} } y: A }",
                ["2:18 The default values of \"A.x\" lead back to themselves."]
            ),
        ])
    func refusesDefaultCycles(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "What is required cannot be deprecated",
        arguments: [
            (
                "type A { a(b: Int! @deprecated): Int }",
                ["2:20,2:15 \"A.a(b:)\" is required and so cannot be deprecated."]
            ),
            ("input A { a: Int! @deprecated }", ["2:19,2:14 \"A.a\" is required and so cannot be deprecated."]),
            (
                "directive @d(a: Int! @deprecated) on FIELD",
                ["2:22,2:17 \"@d(a:)\" is required and so cannot be deprecated."]
            ),
            ("type A { a(b: Int! = 1 @deprecated, c: Int @deprecated): Int! @deprecated }", []),
        ])
    func checksDeprecation(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Directives do not refer to themselves",
        arguments: [
            (
                "directive @d(a: Int @d) on ARGUMENT_DEFINITION",
                ["2:12 The definition of directive \"@d\" cannot refer to itself."]
            ),
            (
                "directive @a(x: Int @b) on ARGUMENT_DEFINITION\ndirective @b(x: Int @a) on ARGUMENT_DEFINITION",
                [
                    "2:12 The definition of directive \"@a\" cannot refer to itself.",
                    "3:12 The definition of directive \"@b\" cannot refer to itself.",
                ]
            ),
            (
                "directive @d(a: E) on ENUM_VALUE\nenum E { X @d }",
                ["2:12 The definition of directive \"@d\" cannot refer to itself."]
            ),
            (
                "directive @d(a: I) on INPUT_FIELD_DEFINITION\ninput I { a: J }\ninput J { a: Int @d }",
                ["2:12 The definition of directive \"@d\" cannot refer to itself."]
            ),
            ("directive @d(a: S) on OBJECT\nscalar S\ntype A @d { a: Int }", []),
            ("directive @a(x: Int @b) on ARGUMENT_DEFINITION\ndirective @b(x: Int) on ARGUMENT_DEFINITION", []),
        ])
    func refusesDirectiveCycles(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }
}
