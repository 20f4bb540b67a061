import Testing

@Suite("Incremental delivery: Defer And Stream Directive Labels Are Unique")
struct DeferAndStreamDirectiveLabelsAreUniqueRuleTests {
    @Test func `different labels, or none, are valid`() throws {
        try expectValid(
            """
            {
              dog { ... @defer(label: "a") { name } ... @defer { nickname } ... @defer(label: null) { barks } }
              dogs @stream(label: "b") { name }
            }
            """)
    }

    @Test func `the same label twice is refused, over the whole document`() throws {
        try expectErrors(
            #"""
            query a { dog { ... @defer(label: "same") { name } } }
            query b { dogs @stream(label: """same""") { ...F @defer(label: "s\u0061me") } }
            fragment F on Dog { name }
            """#,
            #"A label can be used only once in all "@defer" and "@stream" directives of a document. (1:21, 2:16)"#,
            #"A label can be used only once in all "@defer" and "@stream" directives of a document. (1:21, 2:50)"#)
    }

    @Test func `a variable is no label`() throws {
        try expectErrors(
            "query($l: String) { dog { ... @defer(label: $l) { name } } dogs @stream(label: $l) { name } }",
            "The argument \"label\" of \"@defer\" must be a static string. (1:31)",
            "The argument \"label\" of \"@stream\" must be a static string. (1:65)")
    }
}
