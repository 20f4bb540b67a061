import GraphQL
import Testing

@Suite("3.13 Directives")
struct DirectiveDefinitionsTests {
    @Test func `a directive has arguments, repeatability and locations`() throws {
        let document = try Document(
            parsing: "\"d\" directive @a(b: Int = 1) repeatable on | FIELD | OBJECT directive @c on QUERY")
        let directives = document.typeSystemDefinitions.compactMap { definition in
            if case .directive(let node) = definition { node } else { nil }
        }
        #expect(directives.map(\.isRepeatable) == [true, false])
        #expect(directives[0].locations.map { document.string($0) } == ["FIELD", "OBJECT"])
        #expect(directives[0].arguments.count == 1 && document.text(directives[0].description) == "d")
        try expectRoundTrip("directive @a(b: Int = 1 @c) repeatable on FIELD | OBJECT directive @repeatable on QUERY")
    }

    @Test(arguments: [
        ("directive @a", "1:13 Syntax Error: Expected \"on\", found <EOF>."),
        ("directive @a on", "1:16 Syntax Error: Expected a directive location, found <EOF>."),
        ("directive a on FIELD", "1:11 Syntax Error: Expected \"@\", found Name \"a\"."),
        ("directive @a() on FIELD", "1:14 Syntax Error: Expected Name, found \")\"."),
        ("directive @a on NOWHERE", "1:17 Syntax Error: Expected a directive location, found Name \"NOWHERE\"."),
        ("directive @a on field", "1:17 Syntax Error: Expected a directive location, found Name \"field\"."),
        ("directive @a on FIELD |", "1:24 Syntax Error: Expected a directive location, found <EOF>."),
        ("directive @a repeated on FIELD", "1:14 Syntax Error: Expected \"on\", found Name \"repeated\"."),
    ])
    func `what breaks its grammar is refused`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `every location has its name`() throws {
        let names = [
            "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
            "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
            "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
        ]
        let schema = try GraphQLSchema.build(
            from: "type Query { a: Int } directive @d on " + names.joined(separator: "|"))
        #expect(schema.directive(named: "d")?.locations.names == names)
        #expect(DirectiveLocations(name: "FIELD_DEFINITION") == .fieldDefinition)
        #expect(DirectiveLocations(name: "field") == nil)
    }

    @Test(arguments: [
        ("skip", "if: Boolean!", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]),
        ("include", "if: Boolean!", ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]),
        (
            "deprecated", "reason: String! = \"No longer supported\"",
            ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "ENUM_VALUE", "INPUT_FIELD_DEFINITION"]
        ),
        ("specifiedBy", "url: String!", ["SCALAR"]), ("oneOf", "", ["INPUT_OBJECT"]),
    ])
    func `the built-in directives are there`(name: String, arguments: String, locations: [String]) throws {
        let schema = try GraphQLSchema.build(from: "type Query { a: Int }")
        let directive = try #require(schema.directive(named: name))
        let texts = directive.arguments.map { argument in
            "\(argument.name): \(schema.text(argument.type))" + (argument.defaultValue.map { " = \($0)" } ?? "")
        }
        #expect(texts.joined() == arguments)
        #expect(directive.locations.names == locations)
        #expect(!directive.isRepeatable && directive.isSpecified && directive.description != nil)
    }

    @Test(arguments: [
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
    func `built-in directives that are defined again keep their meaning`(text: String, isValid: Bool) {
        let name = text.split(separator: " ")[1].prefix { $0 != "(" }
        let issue = "2:12 The directive \"\(name)\" must be defined as in the specification, or left out."
        #expect(issuesWithQuery(text) == (isValid ? [] : [issue]))
    }

    @Test(arguments: [
        ("type A @b { a: Int }", ["2:8 Unknown directive \"@b\"."]),
        ("type A @skip(if: true) { a: Int }", ["2:8 Directive \"@skip\" may not be used on OBJECT."]),
        ("extend schema @oneOf", ["2:15 Directive \"@oneOf\" may not be used on SCHEMA."]),
        ("directive @d(a: Int!) on OBJECT type A @d { a: Int }", ["2:40 Directive \"@d\" needs the argument \"a\"."]),
        (
            "directive @d(a: Int) on OBJECT type A @d(b: 1) { a: Int }",
            ["2:42 Unknown argument \"b\" on directive \"@d\"."]
        ),
        (
            "directive @d(a: Int) on OBJECT type A @d(a: 1, a: 2) { a: Int }",
            ["2:48,2:42 There can be only one argument named \"a\"."]
        ),
        (
            "directive @d(a: Int) on OBJECT type A @d(a: \"1\") { a: Int }",
            ["2:45 The argument \"@d(a:)\" is invalid: expected a value of type \"Int\", found \"1\"."]
        ),
        (
            "directive @d(a: S) on OBJECT\nscalar S\ntype A @d(a: [{ b: { c: 1, c: 2 } }]) { a: Int }",
            ["4:28,4:22 There can be only one input field named \"c\"."]
        ),
        (
            "directive @d on FIELD_DEFINITION type A { a: Int @d @d }",
            ["2:53,2:50 The directive \"@d\" can only be used once at this location."]
        ),
        ("directive @r repeatable on OBJECT\ntype A @r @r { a: Int }\nextend type A @r", []),
        ("directive @o(a: Int! = 1) on OBJECT\ntype A @o { a: Int }", []),
    ])
    func `applied directives are known, allowed there, and have their arguments`(text: String, expected: [String]) {
        #expect(issuesWithQuery(text) == expected)
    }

    @Test func `directives may stand in all their places`() {
        #expect(
            issuesWithQuery(
                "directive @everywhere on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE "
                    + "| UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION\n"
                    + "extend schema @everywhere scalar S @everywhere "
                    + "type A implements I @everywhere { a(b: Int @everywhere): Int @everywhere } "
                    + "interface I @everywhere { a: Int } union U @everywhere = A enum E @everywhere { X @everywhere } "
                    + "input In @everywhere { a: Int @everywhere } directive @x(a: Int @everywhere) on FIELD\n"
                    + "extend type A { i: Int } extend interface I { i: Int }") == [])
    }

    @Test(arguments: [
        (
            "directive @__d on FIELD",
            "2:12 Name \"__d\" must not begin with \"__\", which is reserved for introspection."
        ),
        (
            "directive @d(__a: Int) on FIELD",
            "2:14 Name \"__a\" must not begin with \"__\", which is reserved for introspection."
        ),
        ("directive @d(a: Int, a: Int) on FIELD", "2:22,2:14 Argument \"@d(a:)\" can only be defined once."),
        (
            "directive @d(a: Query) on FIELD",
            "2:17 The type of \"@d(a:)\" must be an input type, \"Query\" is an object type."
        ),
        (
            "directive @d(a: Int @d) on ARGUMENT_DEFINITION",
            "2:12 The definition of directive \"@d\" cannot refer to itself."
        ),
        (
            "directive @d(a: E) on ENUM_VALUE\nenum E { X @d }",
            "2:12 The definition of directive \"@d\" cannot refer to itself."
        ),
        (
            "directive @d(a: I) on INPUT_FIELD_DEFINITION\ninput I { a: J }\ninput J { a: Int @d }",
            "2:12 The definition of directive \"@d\" cannot refer to itself."
        ),
        (
            "directive @d(a: S) on SCALAR\nscalar S\nextend scalar S @d",
            "2:12 The definition of directive \"@d\" cannot refer to itself."
        ),
    ])
    func `definitions have valid arguments and do not refer to themselves`(text: String, issue: String) {
        #expect(issuesWithQuery(text) == [issue])
    }

    @Test func `definitions do not refer to each other in a circle`() {
        #expect(
            issuesWithQuery(
                "directive @a(x: Int @b) on ARGUMENT_DEFINITION\ndirective @b(x: Int @a) on ARGUMENT_DEFINITION") == [
                    "2:12 The definition of directive \"@a\" cannot refer to itself.",
                    "3:12 The definition of directive \"@b\" cannot refer to itself.",
                ])
        #expect(
            issuesWithQuery(
                "directive @a(x: Int @b) on ARGUMENT_DEFINITION\ndirective @b(x: Int) on ARGUMENT_DEFINITION") == [])
        #expect(issuesWithQuery("directive @d(a: S) on OBJECT\nscalar S\ntype A @d { a: Int }") == [])
    }
}
