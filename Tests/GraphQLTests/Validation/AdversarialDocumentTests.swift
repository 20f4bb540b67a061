import GraphQL
import Testing

/// Documents made to be costly.
///
/// Each must be answered; how fast is measured in `Benchmarks/`.
@Suite("Adversarial documents")
struct AdversarialDocumentTests {
    private func validate(_ text: String) throws -> [GraphQLError] {
        let limits = ParserLimits(
            maximumBytes: .max, maximumTokens: .max, maximumDepth: 1_100, maximumAliases: .max,
            maximumDirectivesPerLocation: .max, maximumFragmentSpreads: .max)
        return Validator.validate(try Document(parsing: text, limits: limits), against: RuleHarness.schema)
    }

    private func list(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: " ")
    }

    @Test func `ten thousand aliases of one field are valid`() throws {
        #expect(try validate("{ dog { \(list(10_000) { "a\($0): name" }) } }").isEmpty)
    }

    @Test func `ten thousand repetitions of one field are valid`() throws {
        #expect(try validate("{ dog { \(list(10_000) { _ in "name" }) } }").isEmpty)
        #expect(try validate("{ \(list(10_000) { _ in "dog { name }" }) }").isEmpty)
        #expect(try validate("{ dog { \(list(10_000) { _ in "isAt(x: 1, y: 2)" }) } }").isEmpty)
    }

    @Test func `one different field among ten thousand is found`() throws {
        let errors = try validate("{ dog { \(list(9_999) { _ in "x: name" }) x: nickname } }")
        #expect(!errors.isEmpty)
        #expect(errors.allSatisfy { $0.message.hasPrefix("Fields \"x\" conflict because") })
        let nested = try validate("{ \(list(9_999) { _ in "dog { x: name }" }) dog { x: nickname } }")
        #expect(!nested.isEmpty)
        #expect(nested.allSatisfy { $0.message.hasPrefix("Fields \"dog\" conflict because subfields") })
    }

    @Test func `ten thousand different fields under one key stop at the error limit`() throws {
        let errors = try validate("{ dog { \(list(10_000) { "isAt(x: \($0))" }) } }")
        #expect(errors.count == 101)
        #expect(errors.last?.message == "Too many validation errors, error limit reached. Validation aborted.")
    }

    @Test func `a thousand nested inline fragments are valid`() throws {
        let text = "{ dog { " + list(1_000) { _ in "... on Dog {" } + " name " + list(1_000) { _ in "}" } + " } }"
        #expect(try validate(text).isEmpty)
    }

    @Test func `two hundred fragments that spread each other are refused`() throws {
        let spreads = list(200) { "...F\($0)" }
        let fragments = list(200) { "fragment F\($0) on Dog { name mother { \(spreads) } \(spreads) }" }
        let errors = try validate("{ dog { \(spreads) } } \(fragments)")
        #expect(errors.count == 101)
        #expect(errors.dropLast().allSatisfy { $0.message.hasPrefix("Cannot spread fragment") })
    }

    @Test func `fragments that double at every level are valid`() throws {
        let fragments = list(200) { index in
            let next = index == 199 ? "name" : "...F\(index + 1)"
            return "fragment F\(index) on Dog { a: mother { \(next) } b: mother { \(next) } a: mother { \(next) } }"
        }
        #expect(try validate("{ dog { ...F0 } } \(fragments)").isEmpty)
    }

    @Test func `a chain of fragments may be long`() throws {
        let fragments = list(5_000) { index in
            "fragment F\(index) on Dog { mother { \(index == 4_999 ? "name" : "...F\(index + 1)") } }"
        }
        #expect(try validate("{ dog { ...F0 } } \(fragments)").isEmpty)
        let direct = list(5_000) { "fragment F\($0) on Dog { \($0 == 4_999 ? "name" : "...F\($0 + 1)") }" }
        #expect(try validate("{ dog { ...F0 } } \(direct)").isEmpty)
        let cycle = list(5_000) { "fragment F\($0) on Dog { ...F\(($0 + 1) % 5_000) }" }
        #expect(try validate("{ dog { ...F0 } } \(cycle)").count == 1)
    }

    @Test func `merging that needs exponentially many sets is refused`() throws {
        // Every path takes another subset of the fragments with it.
        let count = 24
        let fragments = list(count) { index in
            let rest = list(count) { $0 == index ? "" : "...F\($0)" }
            return "fragment F\(index) on Dog { mother { \(rest) } a\(index): mother { name \(rest) } }"
        }
        let errors = try validate("{ dog { \(list(count) { "...F\($0)" }) } } \(fragments)")
        #expect(!errors.isEmpty)
    }

    @Test func `arguments, input fields and directives may be many`() throws {
        let arguments = try validate("{ dog { isAt(\(list(10_000) { _ in "x: 1" })) } }")
        #expect(arguments.map(\.message) == ["There can be only one argument named \"x\"."])
        #expect(arguments.first?.locations.count == 10_000)
        let unknown = try validate("{ dog { isAt(\(list(10_000) { "a\($0): 1" })) } }")
        #expect(unknown.count == 101)
        let fields = try validate("{ json(value: { \(list(10_000) { "a\($0): 1" }) }) }")
        #expect(fields.isEmpty)
        let directives = try validate("{ dog { name \(list(5_000) { "@tag(name: \"\($0)\")" }) } }")
        #expect(directives.isEmpty)
    }

    @Test func `many operations that reach many variables are refused`() throws {
        let fragment = "fragment F on Dog { \(list(2_000) { "a\($0): isAt(x: $x)" }) }"
        let errors = try validate(list(1_000) { "query Q\($0)($x: Int) { dog { ...F } }" } + fragment)
        #expect(errors.map(\.code) == [.tooComplex])
    }

    @Test func `a name as long as a document is cut in messages`() throws {
        let name = String(repeating: "n", count: 256)
        #expect(
            try validate("{ dog { \(name) } }").map(\.message) == ["Cannot query field \"\(name)\" on type \"Dog\"."])
        #expect(
            try validate("{ dog { \(name)nnn } }").map(\.message) == [
                "Cannot query field \"\(name)…\" on type \"Dog\"."
            ])
    }

    @Test func `a conflict with many others in it has a message of bounded length`() throws {
        let one = list(3_000) { "a\($0): name" }
        let other = list(3_000) { "a\($0): nickname" }
        let errors = try validate("{ dog { \(one) } dog { \(other) } }")
        #expect(errors.count == 1)
        #expect(errors.allSatisfy { $0.message.utf8.count < 20_000 && $0.locations.count < 250 })
    }

    // MARK: Growth

    /// The fewest steps within which the costly rules get through a valid document.
    private func steps(_ text: String) throws -> Int {
        let limits = ParserLimits(
            maximumBytes: .max, maximumTokens: .max, maximumDepth: 1_100, maximumAliases: .max,
            maximumDirectivesPerLocation: .max, maximumFragmentSpreads: .max)
        let document = try Document(parsing: text, limits: limits)
        var (low, high) = (0, 4_000_000)
        while low < high {
            let middle = (low + high) / 2
            let options = ValidationOptions(maximumSteps: middle)
            if Validator.validate(document, against: RuleHarness.schema, options: options).isEmpty {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    /// A family of documents that grow with a number.
    enum Family: String, CaseIterable, CustomTestStringConvertible {
        case aliases, repetitions, objects, arguments, spreads, chain, doubling, variables

        var testDescription: String { rawValue }

        func text(_ size: Int) -> String {
            func list(_ part: (Int) -> String) -> String { (0..<size).map(part).joined(separator: " ") }
            return switch self {
            case .aliases: "{ dog { \(list { "a\($0): name" }) } }"
            case .repetitions: "{ dog { \(list { _ in "name" }) } }"
            case .objects: "{ \(list { "dog { a\($0): name mother { name } }" }) }"
            case .arguments: "{ dog { \(list { _ in "isAt(x: 1, y: 2)" }) } }"
            case .spreads: "{ dog { \(list { _ in "...F" }) } } fragment F on Dog { name }"
            case .chain:
                "{ dog { ...F0 } } "
                    + list { "fragment F\($0) on Dog { name \($0 == size - 1 ? "" : "...F\($0 + 1)") }" }
            case .doubling:
                "{ dog { ...F0 } } "
                    + list { index in
                        let next = index == size - 1 ? "name" : "...F\(index + 1)"
                        return "fragment F\(index) on Dog { a: mother { \(next) } b: mother { \(next) } }"
                    }
            case .variables:
                "query (\(list { "$v\($0): Int" })) { dog { \(list { "a\($0): isAt(x: $v\($0))" }) } }"
            }
        }
    }

    @Test(arguments: Family.allCases)
    func `twice the document takes about twice the steps`(_ family: Family) throws {
        let (small, large) = (try steps(family.text(100)), try steps(family.text(200)))
        #expect(large <= small * 5 / 2 + 50, "\(small) steps for 100, \(large) for 200")
    }
}
