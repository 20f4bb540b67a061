// Specification, section 3: the grammar of definitions and extensions.

import GraphQL
import Testing

@Suite("Type-system documents (grammar of section 3)")
struct TypeSystemDocumentTests {
    private func type(_ text: String) throws -> (TypeDefinitionNode, Document) {
        let document = try Document(parsing: text)
        guard case .type(let node) = try #require(document.typeSystemDefinitions.first) else {
            throw SyntaxErrorExpectation()
        }
        return (node, document)
    }

    @Test("A schema definition names its roots")
    func readsSchema() throws {
        let document = try Document(parsing: "\"d\" schema @a { query: Q subscription: S }")
        guard case .schema(let schema) = document.typeSystemDefinitions[0] else { throw SyntaxErrorExpectation() }
        #expect(schema.rootOperations.map(\.kind) == [.query, .subscription])
        #expect(schema.rootOperations.map { document.string($0.type) } == ["Q", "S"])
        #expect(document.text(schema.description) == "d" && !schema.isExtension && schema.start == 4)
    }

    @Test("An object type has interfaces, directives and fields with arguments")
    func readsObject() throws {
        let (node, document) = try type(
            "type T implements & A & B @d { \"f\" a(x: Int = 1 @q, \"y\" y: [Int!]!): String @e b: Int }")
        #expect(node.kind == .object && !node.isExtension)
        #expect(node.interfaces.map { document.string($0) } == ["A", "B"])
        #expect(node.fields.map { document.string($0.name) } == ["a", "b"])
        #expect(node.fields[0].arguments.map { document.text($0.description) } == [nil, "y"])
        #expect(node.fields[0].arguments.map { $0.defaultValue?.kind } == [.int, nil])
        #expect(document[node.fields[0].directives].count == 1)
    }

    @Test(
        "Every kind of type is read, with and without body",
        arguments: [
            ("scalar S @a", TypeKind.scalar), ("type T", .object), ("type T { a: Int }", .object),
            ("interface I implements J { a: Int }", .interface), ("interface I", .interface), ("union U", .union),
            ("union U = A", .union), ("union U @a = | A | B", .union), ("enum E", .enum),
            ("enum E { A \"d\" B @x }", .enum),
            ("input I", .inputObject), ("input I @oneOf { a: Int b: T = { c: 1 } }", .inputObject),
        ])
    func readsKinds(_ text: String, _ kind: TypeKind) throws {
        let (node, _) = try type(text)
        #expect(node.kind == kind)
        #expect(!node.isExtension)
    }

    @Test(
        "Every kind of type can be extended with any of its parts",
        arguments: [
            "extend scalar S @a", "extend type T implements A", "extend type T @a", "extend type T { a: Int }",
            "extend type T implements A & B @a { a: Int }", "extend interface I implements J", "extend interface I @a",
            "extend interface I { a: Int }", "extend union U @a", "extend union U = A | B", "extend enum E @a",
            "extend enum E { A }", "extend input I @a", "extend input I { a: Int }",
        ])
    func readsExtensions(_ text: String) throws {
        #expect(try type(text).0.isExtension)
    }

    @Test("Directive definitions have arguments, repeatability and locations")
    func readsDirectives() throws {
        let document = try Document(
            parsing: "\"d\" directive @a(b: Int = 1) repeatable on | FIELD | OBJECT directive @c on QUERY")
        guard case .directive(let first) = document.typeSystemDefinitions[0],
            case .directive(let second) = document.typeSystemDefinitions[1]
        else { throw SyntaxErrorExpectation() }
        #expect(first.isRepeatable && !second.isRepeatable)
        #expect(first.locations.map { document.string($0) } == ["FIELD", "OBJECT"])
        #expect(first.arguments.count == 1 && document.text(first.description) == "d")
    }

    @Test(
        "What breaks the grammar is refused",
        arguments: [
            ("schema { }", "1:10 Syntax Error: Expected \"query\", \"mutation\" or \"subscription\", found \"}\"."),
            (
                "schema { other: Q }",
                "1:10 Syntax Error: Expected \"query\", \"mutation\" or \"subscription\", found Name \"other\"."
            ),
            ("schema @a", "1:10 Syntax Error: Expected \"{\", found <EOF>."),
            ("extend schema", "1:14 Syntax Error: Expected \"@\" or \"{\", found <EOF>."),
            ("type T { }", "1:10 Syntax Error: Expected Name, found \"}\"."),
            ("type T { a }", "1:12 Syntax Error: Expected \":\", found \"}\"."),
            ("type T { a(): Int }", "1:12 Syntax Error: Expected Name, found \")\"."),
            ("type T implements { a: Int }", "1:19 Syntax Error: Expected Name, found \"{\"."),
            ("type T implements A B { a: Int }", "1:21 Syntax Error: Expected a definition, found Name \"B\"."),
            ("union U =", "1:10 Syntax Error: Expected Name, found <EOF>."),
            ("union U = A |", "1:14 Syntax Error: Expected Name, found <EOF>."),
            (
                "enum E { true }",
                "1:10 Syntax Error: Expected the name of an enum value, which cannot be true, false or null, found Name \"true\"."
            ),
            (
                "enum E { A null }",
                "1:12 Syntax Error: Expected the name of an enum value, which cannot be true, false or null, found Name \"null\"."
            ),
            ("directive @a", "1:13 Syntax Error: Expected \"on\", found <EOF>."),
            ("directive a on FIELD", "1:11 Syntax Error: Expected \"@\", found Name \"a\"."),
            ("directive @a on NOWHERE", "1:17 Syntax Error: Expected a directive location, found Name \"NOWHERE\"."),
            ("extend type T", "1:14 Syntax Error: Expected \"implements\", \"@\" or \"{\", found <EOF>."),
            ("extend scalar S", "1:16 Syntax Error: Expected \"@\", found <EOF>."),
            ("extend union U", "1:15 Syntax Error: Expected \"@\" or \"=\", found <EOF>."),
            ("extend enum E", "1:14 Syntax Error: Expected \"@\" or \"{\", found <EOF>."),
            ("extend input I type T", "1:16 Syntax Error: Expected \"@\" or \"{\", found Name \"type\"."),
            ("extend query", "1:8 Syntax Error: Expected \"schema\" or the kind of a type, found Name \"query\"."),
            (
                "extend directive @a on FIELD",
                "1:8 Syntax Error: Expected \"schema\" or the kind of a type, found Name \"directive\"."
            ),
            (
                "\"d\" extend type T @a",
                "1:1 Syntax Error: Unexpected description, expected a definition that can be described, found an extension."
            ),
            ("input I { a(b: Int): Int }", "1:12 Syntax Error: Expected \":\", found \"(\"."),
        ])
    func refusesOtherTexts(_ text: String, _ error: String) {
        #expect(syntaxError(text) == error)
    }
}

private struct SyntaxErrorExpectation: Error {}
