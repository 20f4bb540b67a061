// Any bytes as a request to one schema that has a bit of everything: `document`, or `document`, a byte 0 and variables
// in JSON.

import GraphQL

private let library = FuzzedEngine(
    schema: """
        directive @note(text: String, level: Int! = 1) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | QUERY
        interface Node { id: ID! }
        interface Item implements Node { id: ID! title(length: Int = 3): String! related: [Item!] }
        type Book implements Item & Node { id: ID! title(length: Int = 3): String! related: [Item!] pages: [[Int!]]! }
        type Disc implements Item & Node { id: ID! title(length: Int = 3, f: Filter): String! related: [Item!] next: Disc! }
        type Person { name: String! books(first: Int!, sort: [Sort!] = [UP]): [Book!]! rating: Float born: Date }
        union Found = Book | Disc | Person
        enum Sort { UP DOWN @deprecated }
        scalar Date
        input Filter { from: Int! = 1 to: Int sorts: [[Sort!]] sub: Filter text: String = "x" id: ID date: Date }
        input Pick @oneOf { id: ID name: String }
        type Query { node(id: ID!): Node found(filter: Filter, pick: Pick): [Found] person: Person! echo(f: Filter, b: Boolean, x: Float, d: Date): String item: Item }
        type Mutation { add(by: Int!): Person rename(p: Pick!): String! }
        type Subscription { ticks(count: Int!): Person }
        """)

@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let library else { preconditionFailure("The schema of this fuzzer is not valid") }
    let parts = UnsafeBufferPointer(start: data, count: count).split(separator: 0, maxSplits: 1).map(Array.init)
    library.run(document: parts.first ?? [], variables: parts.count > 1 ? parts[1] : [])
    return 0
}
