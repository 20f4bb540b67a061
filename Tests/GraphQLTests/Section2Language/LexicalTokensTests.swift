import GraphQL
import Testing

@Suite("2.1.5 Lexical Tokens")
struct LexicalTokensTests {
    @Test func `tokens need nothing between them when they cannot be read otherwise`() throws {
        #expect(
            try tokens(#"query($a:Int=1){f(a:$a b:[1"x"true-2"""y"""]){...F@d}}"#) == [
                "query", "(", "$", "a", ":", "Int", "=", "1", ")", "{", "f", "(", "a", ":", "$", "a", "b", ":", "[",
                "1", "\"x", "true", "-2", "\"y", "]", ")", "{", "...", "F", "@", "d", "}", "}",
            ])
    }

    @Test func `a token is the longest that can be read`() throws {
        #expect(try tokens("a1 abc_d 123 1.5e3") == ["a1", "abc_d", "123", "1.5e3"])
        #expect(try tokens(#""" """"""  1"#) == ["\"", "\"", "1"])
    }

    @Test(arguments: [
        ("{ a 1 }", "1:5 Syntax Error: Expected Name, found Int \"1\"."),
        ("{ a 1.5 }", "1:5 Syntax Error: Expected Name, found Float \"1.5\"."),
        ("{ \"d\" a }", "1:3 Syntax Error: Expected Name, found String \"d\"."),
        ("{ a \"\"\"b\"\"\" }", "1:5 Syntax Error: Expected Name, found BlockString \"b\"."),
        ("{ a ! }", "1:5 Syntax Error: Expected Name, found \"!\"."),
        ("{ a { b", "1:8 Syntax Error: Expected Name, found <EOF>."),
        ("{ a", "1:4 Syntax Error: Expected Name, found <EOF>."),
        ("query { a } b", "1:13 Syntax Error: Expected a definition, found Name \"b\"."),
    ])
    func `an error names the token that was found and what was expected`(text: String, error: String) {
        #expect(syntaxError(text) == error)
    }

    @Test func `long tokens are cut in messages`() {
        let error = syntaxError("{ a \"\(String(repeating: "x", count: 1000))\" }")
        #expect(error == "1:5 Syntax Error: Expected Name, found String \"\(String(repeating: "x", count: 60))…\".")
    }
}
