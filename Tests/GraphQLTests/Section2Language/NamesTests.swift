import GraphQL
import Testing

@Suite("2.1.8 Names")
struct NamesTests {
    @Test func `a name is the longest run of letters, digits and underscores`() throws {
        let document = try Document(parsing: "{ _ __x a1 A_b9 a }")
        #expect(document.selections.map { document.string($0.name) } == ["_", "__x", "a1", "A_b9", "a"])
    }

    @Test(arguments: [("{ 1a }", "1:4"), ("{ 9 }", "1:3")])
    func `no name begins with a digit`(text: String, place: String) {
        #expect(syntaxError(text).hasPrefix(place + " "))
    }

    @Test(arguments: [("{ é }", "1:3", "U+00E9"), ("{ naïve }", "1:5", "U+00EF"), ("{ a-b }", "1:5", "\"b\"")])
    func `names are ASCII`(text: String, place: String, found: String) {
        #expect(syntaxError(text).hasPrefix(place + " ") && syntaxError(text).contains(found))
    }

    @Test func `names are case-sensitive, and underscores count`() throws {
        let schema = try GraphQLSchema.build(from: "type Query { name: Int Name: Int na_me: Int }")
        #expect(try errors(in: "{ name Name na_me }", schema: schema) == [])
        #expect(try errors(in: "{ NAME }", schema: schema).count == 1)
        #expect(try errors(in: "{ n_ame }", schema: schema).count == 1)
    }

    @Test func `keywords are names where names are expected`() throws {
        try expectRoundTrip(
            "query query($on: fragment) { on: on(true: true) type: null ...fragment } fragment fragment on on { on }")
        try expectRoundTrip("type type { type(input: input): enum } enum enum { on extend schema }")
    }

    @Test(arguments: [
        ("type __A { a: Int }", "2:6", "__A"), ("type A { __a: Int }", "2:10", "__a"),
        ("type A { a(__b: Int): Int }", "2:12", "__b"), ("enum A { __X }", "2:10", "__X"),
        ("input A { __a: Int }", "2:11", "__a"), ("directive @__a on FIELD", "2:12", "__a"),
        ("directive @a(__b: Int) on FIELD", "2:14", "__b"), ("scalar __S", "2:8", "__S"),
        ("interface __I { a: Int }", "2:11", "__I"), ("union __U = Query", "2:7", "__U"),
        ("extend type Query { __a: Int }", "2:21", "__a"),
    ])
    func `a type system's names do not begin with two underscores`(text: String, place: String, name: String) {
        let message = "Name \"\(name)\" must not begin with \"__\", which is reserved for introspection."
        #expect(issuesWithQuery(text) == ["\(place) \(message)"])
    }

    @Test func `one underscore, and two further on, are allowed`() {
        #expect(issuesWithQuery("type _A { _a__b(_c: Int): Int } enum E { _X }") == [])
    }
}
