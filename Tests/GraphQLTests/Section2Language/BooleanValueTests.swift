import GraphQL
import Testing

@Suite("2.10.3 Boolean Value")
struct BooleanValueTests {
    @Test(arguments: [("true", Value.Kind.true), ("false", .false)])
    func `the two keywords are Booleans`(text: String, kind: Value.Kind) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        #expect(document.arguments[0].value.kind == kind)
        #expect(document.constant(document.arguments[0].value) == .boolean(text == "true"))
    }

    @Test(arguments: ["True", "TRUE", "trueish", "falsey", "_true"])
    func `other names are enum values`(text: String) throws {
        let document = try Document(parsing: "{ f(a: \(text)) }")
        #expect(document.arguments[0].value.kind == .enum)
    }
}
