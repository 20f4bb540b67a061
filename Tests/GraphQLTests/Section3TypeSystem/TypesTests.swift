import GraphQL
import Testing

@Suite("3.4 Types")
struct TypesTests {
    private let document = """
        scalar S @a type T interface I union U enum E input In
        type T2 implements I { a: Int } interface I2 implements I { a: Int } union U2 = T enum E2 { A } input In2 { a: Int }
        """

    @Test func `there are six kinds of named types, each with or without a body`() throws {
        let document = try Document(parsing: document)
        let kinds = document.typeSystemDefinitions.compactMap { definition -> TypeKind? in
            if case .type(let node) = definition, !node.isExtension { node.kind } else { nil }
        }
        #expect(
            kinds == [
                .scalar, .object, .interface, .union, .enum, .inputObject, .object, .interface, .union, .enum,
                .inputObject,
            ])
        try expectRoundTrip(self.document)
    }

    @Test(arguments: ["list T", "object T", "struct T { a: Int }", "Type T { a: Int }"])
    func `there is no other`(text: String) {
        #expect(syntaxError(text).hasPrefix("1:1 Syntax Error: Expected a definition, found Name "))
    }

    @Test func `a type without a body is not followed by a shorthand query`() throws {
        #expect(syntaxError("type T { a }").hasPrefix("1:12 "))
        #expect(try Document(parsing: "type T query { a }").description == "type T\n\nquery {\n  a\n}\n")
    }
}
