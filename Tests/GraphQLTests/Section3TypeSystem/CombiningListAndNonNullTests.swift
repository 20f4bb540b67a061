import GraphQL
import JSON
import Testing

@Suite("3.12.1 Combining List and Non-Null")
struct CombiningListAndNonNullTests {
    enum Thing: Sendable {
        case object, null, failure
    }

    /// The table of the specification, with objects as items; `nil` stands for no list.
    @Test(
        arguments: [
            ("[T]", [.object, .object], "[{},{}]"), ("[T]", nil, "null"), ("[T]", [.object, .null], "[{},null]"),
            ("[T]", [.object, .failure], #"[{},null] ["f",1]"#), ("[T]!", [.object], "[{}]"),
            ("[T]!", nil, #"- ["f"]"#), ("[T]!", [.object, .null], "[{},null]"),
            ("[T]!", [.object, .failure], #"[{},null] ["f",1]"#), ("[T!]", [.object], "[{}]"), ("[T!]", nil, "null"),
            ("[T!]", [.object, .null], #"null ["f",1]"#), ("[T!]", [.object, .failure], #"null ["f",1]"#),
            ("[T!]!", [.object], "[{}]"), ("[T!]!", nil, #"- ["f"]"#), ("[T!]!", [.object, .null], #"- ["f",1]"#),
            ("[T!]!", [.object, .failure], #"- ["f",1]"#), ("[T!]!", [], "[]"),
        ] as [(String, [Thing]?, String)])
    func `lists of objects`(type: String, things: [Thing]?, expected: String) async throws {
        #expect(try await written(type, things) == expected)
    }

    /// The same with numbers, of which only NaN can fail.
    @Test(
        arguments: [
            ("[Float]", [1, 2], "[1,2]"), ("[Float]", [1, nil], "[1,null]"), ("[Float]", nil, "null"),
            ("[Float]", [1, .nan], #"[1,null] ["f",1]"#),
        ] as [(String, [Double?]?, String)])
    func `lists of leaves`(type: String, values: [Double?]?, expected: String) async throws {
        #expect(try await Written.of(type, .root { (_: NoArguments, _) in values }) == expected)
        if let values, !values.contains(where: { $0 == nil }) {
            let items = values.compactMap { $0 }
            let isFinite = items.allSatisfy(\.isFinite)
            #expect(
                try await Written.of("[Float!]!", .root { (_: NoArguments, _) in items })
                    == (isFinite ? expected : #"- ["f",1]"#))
        }
    }

    private enum Tag: AbstractTypeTag { static var typeName: String { "T" } }

    private struct Object: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "T" } }
    }

    private func written(_ type: String, _ things: [Thing]?) async throws -> String {
        let schema = try GraphQLSchema.build(from: "type Query { f: \(type) } type T { none: Int }")
        var table = ResolverTable()
        table.set("T", "none", .stored { (_: Object) -> Int32? in nil })
        table.set(
            "Query", "f",
            .rootObjects { (_: NoArguments, _) -> Objects<Tag> in
                var objects = AbstractObjects<Tag>()
                guard let things else { return Objects.none() }
                objects.appendList { list in
                    for thing in things {
                        switch thing {
                        case .object: list.append(Object())
                        case .null: list.appendNull()
                        case .failure: list.append(failure: .notFound("It"))
                        }
                    }
                }
                return objects.finish()
            })
        let response = try await Library.run(
            "{ f { none } }", engine: Engine(schema: schema, resolvers: table))
        let value = response.data == .null ? "-" : response.data?["f"].map { "\($0)" } ?? "absent"
        return ([value.replacing(#""none":null"#, with: "")] + response.paths).joined(separator: " ")
    }
}
