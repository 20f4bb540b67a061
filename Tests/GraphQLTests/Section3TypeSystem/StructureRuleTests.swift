// Specification, section 3: names, references, roots, directives. The query root is on line 1, the text from line 2.

import Testing

@Suite("Rules on definitions")
struct StructureRuleTests {
    @Test(
        "Names that begin with two underscores are reserved",
        arguments: [
            ("type __A { a: Int }", "2:6", "__A"), ("type A { __a: Int }", "2:10", "__a"),
            ("type A { a(__b: Int): Int }", "2:12", "__b"), ("enum A { __X }", "2:10", "__X"),
            ("input A { __a: Int }", "2:11", "__a"), ("directive @__a on FIELD", "2:12", "__a"),
            ("directive @a(__b: Int) on FIELD", "2:14", "__b"), ("scalar __S", "2:8", "__S"),
        ])
    func reservesNames(_ text: String, _ place: String, _ name: String) {
        let message = "Name \"\(name)\" must not begin with \"__\", which is reserved for introspection."
        #expect(issuesWithQuery(text) == ["\(place) \(message)"])
    }

    @Test(
        "Members have different names",
        arguments: [
            ("type A { a: Int a: Int }", "2:17,2:10 Field \"A.a\" can only be defined once."),
            ("interface A { a: Int a: Int }", "2:22,2:15 Field \"A.a\" can only be defined once."),
            ("type A { a: Int }\nextend type A { a: Int }", "3:17,2:10 Field \"A.a\" can only be defined once."),
            ("type A { a(b: Int, b: Int): Int }", "2:20,2:12 Argument \"A.a(b:)\" can only be defined once."),
            ("enum A { X X }", "2:12,2:10 Enum value \"A.X\" can only be defined once."),
            ("enum A { X }\nextend enum A { X }", "3:17,2:10 Enum value \"A.X\" can only be defined once."),
            ("input A { a: Int a: Int }", "2:18,2:11 Input field \"A.a\" can only be defined once."),
            ("directive @a(b: Int, b: Int) on FIELD", "2:22,2:14 Argument \"@a(b:)\" can only be defined once."),
        ])
    func refusesEqualNames(_ text: String, _ issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test(
        "Named types are defined",
        arguments: [
            ("type A { a: B }", "2:13"), ("type A { a(b: [B!]): Int }", "2:16"), ("input A { a: B }", "2:14"),
            ("type A implements B { a: Int }", "2:19"), ("union U = B", "2:11"),
            ("directive @a(b: B) on FIELD", "2:17"),
            ("interface A implements B { a: Int }", "2:24"), ("extend schema { mutation: B }", "2:27"),
        ])
    func refusesUnknownTypes(_ text: String, _ place: String) {
        #expect(issuesWithQuery(text) == ["\(place) Unknown type \"B\"."])
    }

    @Test(
        "Roots are object types, one per operation, all different",
        arguments: [
            ("type A { a: Int }", [" The query root operation type must be provided."]),
            ("schema { mutation: A } type A { a: Int }", ["1:1 The query root operation type must be provided."]),
            ("schema { query: A } type A { a: Int }", []),
            (
                "schema { query: A } input A { a: Int }",
                ["1:17 The query root operation type must be an object type, \"A\" is an input object."]
            ),
            (
                "interface Query { a: Int }",
                ["1:11 The query root operation type must be an object type, \"Query\" is an interface."]
            ),
            (
                "type Query { a: Int } scalar Mutation",
                ["1:30 The mutation root operation type must be an object type, \"Mutation\" is a scalar."]
            ),
            (
                "schema { query: A subscription: A } type A { a: Int }",
                ["1:33,1:17 \"A\" cannot be the root operation type of both query and subscription."]
            ),
            (
                "schema { query: A query: B } type A { a: Int } type B { a: Int }",
                ["1:19,1:10 There can be only one query root operation type."]
            ),
            (
                "schema { query: A } extend schema { query: A } type A { a: Int }",
                ["1:37,1:10 There can be only one query root operation type."]
            ),
        ])
    func checksRoots(_ text: String, _ expected: [String]) {
        #expect(issues(text) == expected)
    }

    @Test(
        "Applied directives are known, stand where they may, and have their arguments",
        arguments: [
            ("type A @b { a: Int }", ["2:8 Unknown directive \"@b\"."]),
            ("type A @skip(if: true) { a: Int }", ["2:8 Directive \"@skip\" may not be used on OBJECT."]),
            ("scalar A @deprecated", ["2:10 Directive \"@deprecated\" may not be used on SCALAR."]),
            ("extend schema @oneOf", ["2:15 Directive \"@oneOf\" may not be used on SCHEMA."]),
            ("scalar A @specifiedBy", ["2:10 Directive \"@specifiedBy\" needs the argument \"url\"."]),
            (
                "scalar A @specifiedBy(url: \"a\", uri: \"b\")",
                ["2:33 Unknown argument \"uri\" on directive \"@specifiedBy\"."]
            ),
            (
                "scalar A @specifiedBy(url: \"a\", url: \"b\")",
                ["2:33,2:23 There can be only one argument named \"url\"."]
            ),
            (
                "type A { a: Int @deprecated @deprecated }",
                ["2:29,2:17 The directive \"@deprecated\" can only be used once at this location."]
            ),
            (
                "input A @oneOf { a: Int }\nextend input A @oneOf",
                ["3:16,2:9 The directive \"@oneOf\" can only be used once at this location."]
            ),
            ("directive @r repeatable on OBJECT\ntype A @r @r { a: Int }\nextend type A @r", []),
            ("directive @o(a: Int! = 1) on OBJECT\ntype A @o { a: Int }", []),
            (
                "directive @everywhere on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE "
                    + "| UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION\n"
                    + "extend schema @everywhere scalar S @everywhere "
                    + "type A implements I @everywhere { a(b: Int @everywhere): Int @everywhere } "
                    + "interface I @everywhere { a: Int } union U @everywhere = A enum E @everywhere { X @everywhere } "
                    + "input In @everywhere { a: Int @everywhere } directive @x(a: Int @everywhere) on FIELD\n"
                    + "extend type A { i: Int } extend interface I { i: Int }",
                []
            ),
        ])
    func checksDirectives(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test(
        "Built-in directives that are defined again keep their meaning",
        arguments: [
            ("directive @skip(if: Boolean!) on FIELD", true), ("directive @include(if: Boolean) on FIELD", true),
            ("directive @deprecated(reason: String = \"\") on ENUM_VALUE", true),
            ("directive @specifiedBy(url: String!, more: Int) on SCALAR", true), ("directive @skip on FIELD", false),
            ("directive @skip(if: String!) on FIELD", false), ("directive @skip(if: [Boolean!]) on FIELD", false),
            ("directive @oneOf(need: Int!) on INPUT_OBJECT", false), ("directive @oneOf on OBJECT", false),
            ("directive @defer(label: String, if: Boolean) on INLINE_FRAGMENT", true),
            ("directive @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD", true),
            ("directive @defer on FRAGMENT_SPREAD", false),
            ("directive @stream(if: Boolean, label: String) on FIELD", false),
            ("directive @stream(if: Boolean, label: String, initialCount: Int) on QUERY", false),
        ])
    func checksSpecifiedDirectives(_ text: String, _ isValid: Bool) {
        let name = text.split(separator: " ")[1].prefix { $0 != "(" }
        let issue = "2:12 The directive \"\(name)\" must be defined as in the specification, or left out."
        #expect(issuesWithQuery(text) == (isValid ? [] : [issue]))
    }

    @Test(
        "An object literal has each field once",
        arguments: [
            ("input A { a: A = { b: 1, b: 2 } b: Int }", ["2:26,2:20 There can be only one input field named \"b\"."]),
            (
                "directive @d(a: S) on OBJECT\nscalar S\ntype A @d(a: [{ b: { c: 1, c: 2 } }]) { a: Int }",
                ["4:28,4:22 There can be only one input field named \"c\"."]
            ),
        ])
    func refusesEqualFields(_ text: String, _ expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }
}
