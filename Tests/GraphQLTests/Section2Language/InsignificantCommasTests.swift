import GraphQL
import Testing

@Suite("2.1.4 Insignificant Commas")
struct InsignificantCommasTests {
    @Test(arguments: ["{a,b}", ",{,,a,,,b,},", "{a\n,b,}"])
    func `commas may stand anywhere between tokens, or be left out`(text: String) throws {
        #expect(try Document(parsing: text).description == Document(parsing: "{a b}").description)
    }

    @Test func `repeated commas are no missing values`() throws {
        #expect(try value("[1,,2,,]") == "[1, 2]")
        #expect(try value("{a:1,,b:2,}") == "{ a: 1, b: 2 }")
    }

    @Test func `a comma separates tokens but is none`() {
        #expect(syntaxError("{ a(b:,) }") == "1:8 Syntax Error: Expected a value, found \")\".")
        #expect(syntaxError("{ , }") == "1:5 Syntax Error: Expected Name, found \"}\".")
    }
}
