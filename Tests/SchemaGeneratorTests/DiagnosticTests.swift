import Testing

@testable import SchemaGenerator

@Suite("Diagnostics")
struct DiagnosticTests {
    @Test("A diagnostic has the form that compilers use")
    func form() {
        let sdl = "type Query { a: Missing }"
        #expect {
            try GeneratorPipeline.run(sdl: Array(sdl.utf8), fileName: "schema.graphql")
        } throws: { error in
            "\(error)".hasPrefix("schema.graphql:1:17: error: ") && "\(error)".contains("Missing")
        }
    }

    @Test("A syntax error is a diagnostic at its place")
    func syntax() {
        let found = diagnostics("type {")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("1:6: ") == true)
    }

    @Test("A type without a rule of access is refused, also a root")
    func missingAccess() {
        let expected = "doesn't say who may see its objects; add @access(rule: …)"
        #expect(diagnostics("type Thing { id: ID! }") == ["1:6: the type Thing \(expected)"])
        #expect(diagnostics("\ntype Mutation { id: ID! }") == ["2:6: the type Mutation \(expected)"])
    }

    @Test("The enum of the rules can't leak into the public schema")
    func rulesInPublic() {
        let found = diagnostics("type Thing @access(rule: PUBLIC) {\n  a: AccessRule\n  b(c: [AccessRule]): Int\n}")
        #expect(
            found == [
                "2:3: AccessRule belongs to the build and can't be used in the public schema",
                "3:5: AccessRule belongs to the build and can't be used in the public schema",
            ])
    }

    @Test(
        "Names that Swift or a module has are refused",
        arguments: [
            ("enum Task { A }", "the enum Task needs the Swift type 'Task', a name that is taken already"),
            ("input Cursor { a: Int }", "the input Cursor needs the Swift type 'Cursor', a name that is taken already"),
            ("enum Database { A }", "the enum Database needs the Swift type 'Database', a name that is taken already"),
            ("union Object = Query", nil),
            (
                "interface Output { a: Int }\nenum OutputType { A }",
                "the enum OutputType needs the Swift type 'OutputType', which the interface Output has already"
            ),
            (
                "type A @access(rule: PUBLIC) { b: Int }\ninput AFields { b: Int }",
                "the input AFields needs the Swift type 'AFields', which the type A has already"
            ),
            (
                "scalar Day\nenum DayScalar { A }",
                "the enum DayScalar needs the Swift type 'DayScalar', which is a custom scalar's"
            ),
            (
                "extend type Query { x(a: Int): Int }\ninput QueryXArguments { a: Int }",
                "the input QueryXArguments needs the Swift type 'QueryXArguments', which the field Query.x has already"
            ),
        ])
    func typeNames(snippet: String, message: String?) {
        let found = diagnostics(snippet).map { String($0.split(separator: ": ", maxSplits: 1)[1]) }
        #expect(found == [message].compactMap(\.self))
    }

    @Test("The domain's Task, Character and Document can be object types")
    func domainWords() {
        #expect(diagnostics("type Task @access(rule: PUBLIC) { id: ID! }") == [])
        #expect(diagnostics("type Character @access(rule: PUBLIC) { id: ID! }") == [])
        #expect(diagnostics("type Document @access(rule: PUBLIC) { id: ID! }") == [])
    }

    @Test("Enum values that become the same case or a member of every enum are refused")
    func cases() {
        #expect(
            diagnostics("enum E { A_B a_b }\nenum F { A_B aB }")
                == ["2:14: the enum values F.A_B and F.aB are both 'aB' in Swift"])
        #expect(
            diagnostics("enum E { ALL_CASES }")
                == ["1:10: the enum value E.ALL_CASES would be the Swift case 'allCases', which is reserved"])
    }

    @Test("Members that Swift can't have are refused")
    func members() {
        #expect(
            diagnostics("input I {\n  self: Int\n}")
                == ["2:3: the input field I.self would be the Swift member 'self', which is reserved"])
        #expect(
            diagnostics("extend type Query { a(isPresent: Int): Int }")
                == [
                    "1:23: the argument Query.a(isPresent:) would be the Swift member 'isPresent', which is reserved"
                ])
    }

    @Test("Two types with one label are refused")
    func sameLabels() {
        let sdl = "type HTTPThing @access(rule: PUBLIC) { a: Int }\ntype HttpThing @access(rule: PUBLIC) { a: Int }"
        #expect(diagnostics(sdl) == ["2:6: the types HTTPThing and HttpThing are both 'httpThing' in Swift"])
    }

    @Test("Directives that make no sense are refused")
    func directives() {
        #expect(
            diagnostics("type A @access(rule: PUBLIC) { b(c: Int): A @stored }")
                == ["1:32: A.b is @stored and has arguments; a stored field can't have any"])
        #expect(
            diagnostics("type A @access(rule: PUBLIC) { b: A @stored @loaded }")
                == ["1:32: A.b is both @stored and @loaded"])
        #expect(
            diagnostics("extend type Query { a: Int @loaded }") == [
                "1:21: Query.a is @loaded, which root fields can't be"
            ])
    }

    @Test("A subscription of a scalar is refused")
    func scalarSubscription() {
        #expect(
            diagnostics("type Subscription @access(rule: PUBLIC) { a: Int }")
                == ["1:43: Subscription.a is a subscription of a scalar or enum; only objects can be streamed"])
    }

    @Test("An input that contains itself is refused, through a list it is fine")
    func inputCycles() {
        let message = "a Swift value can do so only through a list"
        #expect(
            diagnostics("input A { b: B }\ninput B { a: A }") == [
                "1:11: A.b makes the input A contain itself; \(message)",
                "2:11: B.a makes the input B contain itself; \(message)",
            ])
        #expect(diagnostics("input A { and: [A!] }") == [])
    }

    @Test("Everything that is wrong comes at once, in the order of the file")
    func order() {
        let found = diagnostics("enum Task { A }\ntype A { b: Int }\nenum Set { A }")
        #expect(found.map { $0.prefix(3) } == ["1:6", "2:6", "3:6"])
    }
}
