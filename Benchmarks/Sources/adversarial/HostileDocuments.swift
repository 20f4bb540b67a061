import GraphQL
import JSON

/// A document made to be costly.
struct HostileDocument {
    let name: String
    let text: String
    var variables = JSONObject()

    init(_ name: String, _ text: String, variables: JSONObject = JSONObject()) {
        self.name = name
        self.text = text
        self.variables = variables
    }
}

let hostileSDL = """
    type Query { dog: Dog pets(first: Int): [Pet] @listSize(slicingArguments: ["first"]) value(v: In, c: Colour): Int }
    interface Pet { name: String }
    type Dog implements Pet { name: String nick: String at(x: Int, y: Int): Boolean mother: Dog pups(first: Int): [Dog]
      @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false, assumedSize: 10) }
    type Cat implements Pet { name: String nick: String mother: Cat }
    input In { a: Int list: [In] o: In json: JSON }
    enum Colour { RED GREEN }
    scalar JSON
    """

private func list(_ count: Int, _ part: (Int) -> String) -> String {
    (0..<count).map(part).joined(separator: " ")
}

/// Fragments that spread all later ones.
private func completeGraph(_ count: Int, _ body: (Int, String) -> String) -> String {
    list(count) { index in
        "fragment F\(index) on Dog { \(body(index, list(count - index - 1) { "...F\(index + 1 + $0)" })) name } "
    }
}

private func chain(_ count: Int, _ body: (Int, String) -> String) -> String {
    list(count) { index in
        "fragment F\(index) on Dog { \(body(index, index == count - 1 ? "name" : "...F\(index + 1)")) } "
    }
}

let hostileDocuments: [HostileDocument] = [
    HostileDocument("10,000 aliases of one field", "{ dog { \(list(10_000) { "a\($0): name" }) } }"),
    HostileDocument("10,000 aliases of an object", "{ \(list(10_000) { "a\($0): dog { name }" }) }"),
    HostileDocument("10,000 repetitions", "{ \(list(10_000) { _ in "dog { name }" }) }"),
    HostileDocument("10,000 arguments under one name", "{ dog { \(list(10_000) { "at(x: \($0))" }) } }"),
    HostileDocument(
        "1,000 nested inline fragments",
        "{ dog { " + list(1_000) { _ in "... on Dog {" } + " name " + list(1_000) { _ in "}" } + " } }"),
    HostileDocument(
        "200 fragments, complete graph", "{ dog { ...F0 } } " + completeGraph(200) { $1 }),
    HostileDocument(
        "200 fragments, complete graph, nested", "{ dog { ...F0 } } " + completeGraph(200) { "mother { \($1) name }" }),
    HostileDocument(
        "200 fragments, complete graph, conflicts",
        "{ dog { ...F0 } } " + completeGraph(200) { "x: \($0.isMultiple(of: 2) ? "name" : "nick") \($1)" }),
    HostileDocument(
        "200 fragments in a cycle of all",
        "{ dog { ...F0 } } " + list(200) { "fragment F\($0) on Dog { name \(list(200) { "...F\($0)" }) } " }),
    HostileDocument("chain of 5,000 fragments", "{ dog { ...F0 } } " + chain(5_000) { $1 }),
    HostileDocument(
        "chain of 60 fragments that double",
        "{ dog { ...F0 } } " + chain(60) { "a: mother { \($1) } b: mother { \($1) }" }),
    HostileDocument(
        "chain of 60 fragments that double, lists",
        "{ dog { ...F0 } } " + chain(60) { "a: pups(first: 100) { \($1) } b: pups(first: 100) { \($1) }" }),
    HostileDocument(
        "chain of 200 fragments with conflicts",
        "{ dog { ...F0 } } " + chain(200) { "x: \($0.isMultiple(of: 2) ? "name" : "nick") a: mother { \($1) } \($1)" }),
    HostileDocument(
        "exponentially many merged sets",
        "{ dog { \(list(24) { "...F\($0)" }) } } "
            + list(24) { index in
                let rest = list(24) { $0 == index ? "" : "...F\($0)" }
                return "fragment F\(index) on Dog { mother { \(rest) } a\(index): mother { name \(rest) } } "
            }),
    HostileDocument(
        "10,000 spreads of one fragment", "{ dog { \(list(10_000) { _ in "...F" }) } } fragment F on Dog { name }"),
    HostileDocument(
        "10,000 variables",
        "query (\(list(10_000) { "$v\($0): Int" })) { dog { \(list(10_000) { "a\($0): at(x: $v\($0))" }) } }",
        variables: JSONObject((0..<10_000).map { ("v\($0)", JSONValue.int(Int64($0))) })),
    HostileDocument(
        "10,000 conditions",
        "query (\(list(10_000) { "$v\($0): Boolean!" })) "
            + "{ dog { \(list(10_000) { "a\($0): name @include(if: $v\($0))" }) } }",
        variables: JSONObject((0..<10_000).map { ("v\($0)", JSONValue.bool(true)) })),
    HostileDocument("10,000 arguments of one field", "{ dog { at(\(list(10_000) { "a\($0): 1" })) } }"),
    HostileDocument("10,000 equal arguments", "{ dog { at(\(list(10_000) { _ in "x: 1" })) } }"),
    HostileDocument("object literal of 10,000 fields", "{ value(v: {json: {\(list(10_000) { "a\($0): 1" })}}) }"),
    HostileDocument("list literal of 10,000 objects", "{ value(v: {list: [\(list(10_000) { "{a: \($0)}" })]}) }"),
    HostileDocument("10,000 unknown enum values", "{ \(list(10_000) { "a\($0): value(c: C\($0))" }) }"),
    HostileDocument(
        "1,000 nested objects",
        "{ value(v: " + list(1_000) { _ in "{o:" } + " {a: 1} " + list(1_000) { _ in "}" } + ") }"),
    HostileDocument("10,000 directives", "{ dog { name \(list(10_000) { _ in "@skip(if: false)" }) } }"),
    HostileDocument("10,000 operations", list(10_000) { "query Q\($0) { dog { name } }" }),
    HostileDocument(
        "introspection of 10 levels",
        "{ __schema { types { " + list(10) { _ in "fields { type {" } + " name " + list(10) { _ in "} }" } + " } } }"),
    HostileDocument(
        "introspection of 300 ofType",
        "{ __schema { types { " + list(300) { _ in "ofType {" } + " name " + list(300) { _ in "}" } + " } } }"),
    HostileDocument(
        "nested pages", "{ pets(first: 1000) { ... on Dog { pups(first: 1000) { pups(first: 1000) { name } } } } }"),
]
