// What a plan may become when fragments are expanded; each limit at its value and one above.

import JSON
import Testing

@testable import GraphQL

@Suite("Plan limits")
struct PlanLimitsTests {
    private func error(_ query: String, _ configuration: EngineConfiguration) throws -> GraphQLError? {
        let engine = try Library.makeEngine(configuration: configuration)
        do throws(RequestError) {
            _ = try engine.prepare(GraphQLRequest(query))
            return nil
        } catch {
            return error.errors.first
        }
    }

    private func limited(depth: Int = 64, introspection: Int = 4, fields: Int = 50_000) -> EngineConfiguration {
        EngineConfiguration(
            parserLimits: ParserLimits(maximumDepth: depth), maximumPlannedFields: fields,
            maximumIntrospectionDepth: introspection, cost: nil)
    }

    @Test func `fragments count for the depth of an operation`() throws {
        // { found { ... on Book { next { next { id } } } } } has four levels of fields.
        let query = "{ found { ...A } } fragment A on Book { next { ...B } } fragment B on Book { next { id } }"
        #expect(try error(query, limited(depth: 4)) == nil)
        let refused = try error(query, limited(depth: 3))
        #expect(refused?.code.rawValue == "OPERATION_TOO_DEEP")
        #expect(refused?.message == "With its fragments the operation is nested deeper than 3 levels.")
    }

    @Test func `a fragment that was planned at a shallow place counts at a deep one too`() throws {
        let query = """
            { a: found { ...A } b: found { ... on Book { next { next { ...A } } } } }
            fragment A on Book { next { next { id } } }
            """
        #expect(try error(query, limited(depth: 6)) == nil)
        #expect(try error(query, limited(depth: 5))?.code == .tooDeep)
    }

    @Test func `a chain of fragments cannot make the stack end`() throws {
        var query = "{ found { ...F0 } }"
        for index in 0..<400 {
            query += "fragment F\(index) on Book { next { \(index == 399 ? "id" : "...F\(index + 1)") } }"
        }
        #expect(try error(query, EngineConfiguration())?.code == .tooDeep)
    }

    @Test func `introspection may not multiply itself`() throws {
        let query = "{ __schema { types { fields { type { fields { args { name } } } } } } }"
        #expect(try error(query, limited(introspection: 4)) == nil)
        let refused = try error(query, limited(introspection: 3))
        #expect(refused?.code.rawValue == "INTROSPECTION_TOO_DEEP")
        #expect(refused?.message == "More than 3 introspection lists lie in each other.")
        let type = #"{ __type(name: "Book") { fields { type { fields { type { name } } } } } }"#
        #expect(try error(type, limited(introspection: 2)) == nil)
        #expect(try error(type, limited(introspection: 1))?.code == .introspectionTooDeep)
    }

    @Test func `introspection is bounded through fragments as well`() throws {
        let query = """
            { __schema { types { ...T0 } } } fragment T0 on __Type { fields { type { ...T1 } } }
            fragment T1 on __Type { fields { type { ...T2 } } } fragment T2 on __Type { interfaces { name } }
            """
        #expect(try error(query, limited(introspection: 4)) == nil)
        #expect(try error(query, limited(introspection: 3))?.code == .introspectionTooDeep)
    }

    @Test func `a plan grows with the document, not with the paths through it`() throws {
        // The fewest planned fields that suffice for a chain of fragments that double at every level.
        func fields(_ levels: Int) throws -> Int {
            var query = "{ found { ...F0 } }"
            for level in 0..<levels {
                query += "fragment F\(level) on Book { a: next { ...F\(level + 1) } b: next { ...F\(level + 1) } }"
            }
            query += "fragment F\(levels) on Book { id }"
            var (low, high) = (1, 100_000)
            while low < high {
                let middle = (low + high) / 2
                if try error(query, limited(fields: middle)) == nil { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let (ten, twenty, forty) = (try fields(10), try fields(20), try fields(40))
        #expect(twenty - ten == (forty - twenty) / 2)
    }

    @Test func `thousands of variables and conditions are found by hashing`() throws {
        let names = (0..<2_000).map { "v\($0)" }
        let index = NameIndex(names)
        let document = try Document(parsing: "{ v1999 v0 v2000 }")
        let found = document.selections.map { index.index(of: $0.name, in: document) }
        #expect(found == [1_999, 0, nil])
        #expect(index.index(of: "v7") == 7)
        #expect(NameIndex(["a", "b"]).index(of: "b") == 1)
        #expect(NameIndex(names) == index)
    }
}
