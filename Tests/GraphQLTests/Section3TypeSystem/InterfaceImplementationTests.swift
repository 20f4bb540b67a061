import Testing

// IsValidImplementation, for objects and interfaces. The query root is on line 1, the text from line 2.
@Suite("3.6 Objects: implementing interfaces")
struct InterfaceImplementationTests {
    @Test(
        "Valid implementations",
        arguments: [
            "interface I { a: Int } type A implements I { a: Int b: Int }",
            "interface I { a: Int } type A implements I { a: Int! }",
            "interface I { a: I } type A implements I { a: A }",
            "interface I { a: [I] } type A implements I { a: [A!]! }",
            "interface I { a: U } union U = A | B type A implements I { a: B } type B { b: Int }",
            "interface I { a(x: Int): Int } type A implements I { a(x: Int, y: Int, z: Int! = 1): Int }",
            "interface I { a: Int } interface J implements I { a: Int } type A implements J & I { a: Int }",
            "interface I { a: Int @deprecated } type A implements I { a: Int @deprecated }",
            "interface I { a: Int @deprecated } type A implements I { a: Int }",
            "interface I { a: Int } type A { a: Int } extend type A implements I",
            "interface I { a: J } interface J implements I { a: J }",
        ])
    func accepts(_ text: String) {
        #expect(issuesWithQuery(text) == [])
    }

    @Test(
        "Invalid implementations",
        arguments: [
            (
                "type B { a: Int }\ntype A implements B { a: Int }",
                "3:19 Type \"A\" can only implement interfaces, \"B\" is an object type."
            ),
            ("interface I implements I { a: Int }", "2:24 Type \"I\" cannot implement itself."),
            (
                "interface I { a: Int }\ntype A implements I & I { a: Int }",
                "3:23,3:19 Type \"A\" can only implement \"I\" once."
            ),
            (
                "interface I { a: Int }\ntype A implements I { a: Int }\nextend type A implements I",
                "4:26,3:19 Type \"A\" can only implement \"I\" once."
            ),
            (
                "interface I { a: Int } interface J implements I { a: Int }\ntype A implements J { a: Int }",
                "3:19 Type \"A\" must implement \"I\" because \"J\" implements it."
            ),
            (
                "interface I { a: Int }\ntype A implements I { b: Int }",
                "3:6,2:15 Type \"A\" must have the field \"a\" of the interface \"I\"."
            ),
            (
                "interface I { a: Int }\ntype A implements I { a: String }",
                "3:26,2:18 The type of \"A.a\" must be that of \"I.a\" or narrower: expected \"Int\", found \"String\"."
            ),
            (
                "interface I { a: Int! }\ntype A implements I { a: Int }",
                "3:26,2:18 The type of \"A.a\" must be that of \"I.a\" or narrower: expected \"Int!\", found \"Int\"."
            ),
            (
                "interface I { a: [Int] }\ntype A implements I { a: Int }",
                "3:26,2:18 The type of \"A.a\" must be that of \"I.a\" or narrower: expected \"[Int]\", found \"Int\"."
            ),
            (
                "interface I { a(x: Int): Int }\ntype A implements I { a: Int }",
                "3:23,2:17 \"A.a\" must have the argument \"I.a(x:)\"."
            ),
            (
                "interface I { a(x: Int): Int }\ntype A implements I { a(x: Int!): Int }",
                "3:28,2:20 The type of \"A.a(x:)\" must be that of \"I.a(x:)\": expected \"Int\", found \"Int!\"."
            ),
            (
                "interface I { a: Int }\ntype A implements I { a(x: Int!): Int }",
                "3:25,2:15 \"A.a(x:)\" must not be required: \"I.a\" has no such argument."
            ),
            (
                "interface I { a: Int }\ntype A implements I { a: Int @deprecated }",
                "3:23,2:15 \"A.a\" cannot be deprecated while \"I.a\" is not."
            ),
            (
                "interface I { a: Int }\ntype A implements I { a: Int }\nextend interface I { b: Int }",
                "3:6,4:22 Type \"A\" must have the field \"b\" of the interface \"I\"."
            ),
        ])
    func refuses(_ text: String, _ issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test("Interfaces that implement each other are refused on both sides")
    func refusesCycles() {
        #expect(
            issuesWithQuery("interface I implements J { a: Int }\ninterface J implements I { a: Int }") == [
                "2:24 Type \"I\" cannot implement \"J\", which implements \"I\".",
                "3:24 Type \"J\" cannot implement \"I\", which implements \"J\".",
            ])
    }
}
