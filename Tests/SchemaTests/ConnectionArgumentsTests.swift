import GraphQL
import JSON
import Schema
import Testing

private struct Paging: PagingArguments {
    var first: Int32?
    var after: String?
    var last: Int32?
    var before: String?
}

@Suite("Arguments of connections")
struct ConnectionArgumentsTests {
    private let cursor = Cursor([.integer(7)])

    @Test("Without arguments a page has the default count from the front")
    func defaults() throws {
        let page = try ConnectionArguments(Paging())
        #expect(page.direction == .forward)
        #expect(page.count == 20)
        #expect(page.after == nil && page.before == nil)
        #expect(try ConnectionArguments(Paging(), default: 5).count == 5)
    }

    @Test("first and last choose direction and count")
    func counts() throws {
        let forward = try ConnectionArguments(Paging(first: 3, after: cursor.text))
        #expect(forward.direction == .forward)
        #expect(forward.count == 3)
        #expect(forward.after == cursor)
        let backward = try ConnectionArguments(Paging(last: 100, before: cursor.text))
        #expect(backward.direction == .backward)
        #expect(backward.count == 100)
        #expect(backward.before == cursor)
        #expect(try ConnectionArguments(Paging(first: 0)).count == 0)
        #expect(try ConnectionArguments(Paging(after: cursor.text, last: 1, before: cursor.text)).count == 1)
    }

    @Test(
        "Arguments that make no page are bad input",
        arguments: [
            (Paging(first: 1, last: 1), "\"first\" and \"last\" can't be given together", "last"),
            (Paging(first: -1), "\"first\" can't be negative", "first"),
            (Paging(last: -1), "\"last\" can't be negative", "last"),
            (Paging(first: 101), "\"first\" can't be more than 100", "first"),
            (Paging(last: .max), "\"last\" can't be more than 100", "last"),
            (Paging(after: "x"), "\"after\" is no cursor of this API", "after"),
            (Paging(before: ""), "\"before\" is no cursor of this API", "before"),
        ])
    private func refused(arguments: Paging, message: String, argument: String) {
        #expect(
            throws: FieldError(message, code: .badUserInput, extensions: ["argument": .string(argument)])
        ) {
            try ConnectionArguments(arguments)
        }
    }

    @Test("The generated arguments of a connection are checked")
    func generated() throws {
        let values = try ArgumentValues(object: .object([nil, nil, .int(2), .string(cursor.text), nil, .null]))
        let page = try ConnectionArguments(QueryProjectsArguments(values))
        #expect(page.count == 2)
        #expect(page.after == cursor)
    }
}
