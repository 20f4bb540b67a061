import GraphQL
import JSON
import Testing

@Suite("6.3.2 Field Collection")
struct FieldCollectionTests {
    @Test func `fields with one response name are one field with all their subfields`() async throws {
        let response = try await Library.run(
            "{ shelves { id } ...Q shelves { label } } fragment Q on Query { shelves { id l: label ... { count } } }")
        #expect(
            response.data?["shelves"]?[0].map { "\($0)" } == #"{"id":"1","l":"first","count":3,"label":"first"}"#)
        let keys = try await Library.run("{ shelves { id } b: __typename shelves { count } }").data?.object?.members
        #expect(keys?.map(\.key) == ["shelves", "b"])
    }

    @Test func `the order is that of a depth-first search`() async throws {
        let response = try await Library.run(
            """
            { a: __typename ...F d: __typename b: __typename }
            fragment F on Query { b: __typename ... { c: __typename a: __typename ...G } }
            fragment G on Query { e: __typename }
            """)
        #expect(response.data?.object?.members.map(\.key) == ["a", "b", "c", "e", "d"])
    }

    @Test(arguments: [(true, #"{"a":"Query","b":"Query"}"#), (false, #"{"b":"Query","a":"Query"}"#)])
    func `conditions decide per occurrence, and the order follows what is included`(
        included: Bool, expected: String
    ) async throws {
        let response = try await Library.run(
            """
            query($x: Boolean!) {
              a: __typename @include(if: $x)
              b: __typename
              a: __typename
              c: __typename @skip(if: true)
              d: __typename @include(if: true) @skip(if: true)
            }
            """, variables: ["x": .bool(included)])
        #expect(response.data.map { "\($0)" } == expected)
    }

    @Test func `a fragment that was skipped once may still be spread`() async throws {
        let response = try await Library.run(
            "{ ...F @skip(if: true) b: __typename ...F ...F } fragment F on Query { a: __typename }")
        #expect(response.data?.object?.members.map(\.key) == ["b", "a"])
    }

    @Test func `fragments apply to objects of their type, their interface and their union`() async throws {
        let response = try await Library.run(
            """
            { found { ... on Item { item: __typename } ... on Found { found: __typename }
                ... on Book { book: __typename } ... on Person { person: __typename } } }
            """)
        let keys = response.data?["found"]?.array?.map { $0.object?.members.map(\.key) }
        #expect(keys == [["found", "person"], ["item", "found"], nil, ["item", "found", "book"]])
    }

    @Test func `selections of several fragments on one object are merged at every depth`() async throws {
        let response = try await Library.run(
            """
            { found { ... on Item { id } ... on Book { next { id } } ...B } }
            fragment B on Book { next { pages } }
            """)
        let first = response.data?["found"]?[3]
        #expect(first?["next"]?.object?.members.map(\.key) == ["id", "pages"])
    }

    @Test func `more than a dozen response names are merged as well`() async throws {
        let names = (0..<40).map { "f\($0): __typename" }.joined(separator: " ")
        let response = try await Library.run("{ \(names) \(names) }")
        #expect(response.data?.object?.members.map(\.key) == (0..<40).map { "f\($0)" })
    }
}
