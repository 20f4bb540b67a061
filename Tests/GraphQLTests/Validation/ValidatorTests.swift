import GraphQL
import Testing

@Suite("Validator")
struct ValidatorTests {
    @Test func `a document without operations is valid: choosing one reports that`() throws {
        let document = try Document(parsing: "fragment F on Dog { name }")
        let messages = Validator.validate(document, against: RuleHarness.schema).map(\.message)
        #expect(messages == ["Fragment \"F\" is never used."])
    }

    @Test func `the error limit can be chosen, and is reached exactly`() throws {
        let text = "{ dog { a b c } }"
        #expect(try errors(in: text, options: ValidationOptions(maximumErrors: 3)).count == 3)
        let limited = try errors(in: text, options: ValidationOptions(maximumErrors: 2))
        #expect(limited.count == 3)
        #expect(limited.last == "Too many validation errors, error limit reached. Validation aborted. ()")
    }

    @Test func `the step limit can be chosen`() throws {
        let document = try Document(parsing: "{ dog { a: name b: name c: name } }")
        let errors = Validator.validate(
            document, against: RuleHarness.schema, options: ValidationOptions(maximumSteps: 3))
        #expect(errors.map(\.code) == [.tooComplex])
        #expect(
            errors.first?.message
                == "The document is too complex: comparing its overlapping fields would take more than 3 steps.")
    }

    @Test func `locations count scalars, every kind of line end once, and no byte order mark`() throws {
        let text = "\u{FEFF}{\r\n  dog { x\r    y }\n  # ä😀\n  human { name(surname: \"ä😀\") } }"
        let document = try Document(parsing: text)
        let errors = Validator.validate(document, against: RuleHarness.schema)
        #expect(
            errors.map(\.locations) == [
                [.init(line: 2, column: 9)], [.init(line: 3, column: 5)], [.init(line: 5, column: 25)],
            ])
        let offsets = document.selections.filter { ["x", "y"].contains(document.string($0.name)) }.map(\.start)
        #expect(offsets.map { [document.location(of: $0)] } == errors.prefix(2).map(\.locations))
    }

    @Test func `a validator keeps nothing between documents`() throws {
        for _ in 0..<3 {
            #expect(try errors(in: "{ dog { ...F } } fragment F on Dog { name }") == [])
            #expect(try errors(in: "{ dog { ...F } }") == ["Unknown fragment \"F\". (1:12)"])
        }
    }
}
