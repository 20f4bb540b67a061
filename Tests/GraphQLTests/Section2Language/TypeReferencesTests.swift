import GraphQL
import Testing

@Suite("2.12 Type References")
struct TypeReferencesTests {
    @Test(
        "Types are read with all their wrappers",
        arguments: ["T", "T!", "[T]", "[T!]", "[T]!", "[T!]!", "[[T!]]!", "[[[T]!]]", "[[[T!]!]!]!"])
    func readsTypes(_ text: String) throws {
        let document = try Document(parsing: "query ($v: \(text)) { f }")
        let type = document.variableDefinitions[0].type
        #expect(type.wrapping.text(around: document.string(type.name)) == text)
        #expect(type.start == 11)
    }

    @Test("Wrappings are read from the outside in")
    func unwrapsTypes() throws {
        let document = try Document(parsing: "query ($v: [[T]!]!) { f }")
        let wrapping = document.variableDefinitions[0].type.wrapping
        #expect(wrapping.isNonNull && wrapping.isList && wrapping.listDepth == 2)
        #expect(wrapping.nullable.text(around: "T") == "[[T]!]")
        #expect(wrapping.item.text(around: "T") == "[T]!")
        #expect(wrapping.item.item.text(around: "T") == "T")
        #expect(wrapping.item.item.item == .none)
        #expect(TypeWrapping.none.nonNull.list.list.nonNull.text(around: "T") == "[[T!]]!")
    }

    @Test("Lists nest to a depth of 31 and no deeper")
    func boundsNesting() throws {
        func text(_ depth: Int) -> String {
            "query ($v: " + String(repeating: "[", count: depth) + "T!" + String(repeating: "]!", count: depth)
                + ") { f }"
        }
        let type = try Document(parsing: text(31)).variableDefinitions[0].type
        #expect(type.wrapping.listDepth == 31 && type.wrapping.nonNullBits == .max)
        #expect(syntaxError(text(32)) == "1:43 A type nests more than 31 lists.")
        #expect(TypeWrapping(listDepth: 31, nonNullBits: 0).list.listDepth == 31)
    }

    @Test(
        "What is no type is refused",
        arguments: [
            ("[T", "1:14 Syntax Error: Expected \"]\", found \")\"."),
            ("T!!", "1:14 Syntax Error: Expected \"$\", found \"!\"."),
            ("[]", "1:13 Syntax Error: Expected Name, found \"]\"."),
            ("", "1:12 Syntax Error: Expected Name, found \")\"."),
            ("[T]]", "1:15 Syntax Error: Expected \"$\", found \"]\"."),
        ])
    func refusesOtherTokens(_ type: String, _ error: String) {
        #expect(syntaxError("query ($v: \(type)) { f }") == error)
    }
}
