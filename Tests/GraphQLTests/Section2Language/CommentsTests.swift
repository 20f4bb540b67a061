import GraphQL
import Testing

@Suite("2.1.3 Comments")
struct CommentsTests {
    @Test(arguments: [
        "{a#comment }\nb}", "{a #\rb}", "# only a comment\n{a b} # end", "{a # ümläut 🙂 \u{0} \"\"\" \\u\n b}",
        "{a b}#",
        "#\n#\n{a b}",
    ])
    func `a comment reaches to the end of its line and means nothing`(text: String) throws {
        #expect(try tokens(text) == ["{", "a", "b", "}"])
    }

    @Test func `what follows on the line belongs to the comment`() {
        #expect(syntaxError("{ a # }") == "1:8 Syntax Error: Expected Name, found <EOF>.")
    }

    @Test func `in a string a number sign is content`() throws {
        #expect(try stringValue("\"#no comment\"") == "#no comment")
        #expect(try stringValue("\"\"\"#no comment\"\"\"") == "#no comment")
    }
}
