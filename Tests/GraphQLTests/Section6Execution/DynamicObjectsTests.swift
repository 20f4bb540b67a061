import GraphQL
import JSON
import Testing

/// Objects whose types are known only at run time, and what happens when a resolver's lists are not those of its type.
@Suite("6.4.3 Value Completion: objects of types known at run time")
struct DynamicObjectsTests {
    private struct Source: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "" } }
        enum AnyType: AbstractTypeTag { static var typeName: String { "" } }
        let number: Int32
    }

    private static let sdl = """
        interface I { n: Int }
        type A implements I { n: Int }
        type B implements I { n: Int }
        type Query { single: A nested: [[I!]!] flat: [I] length(of: String! = "x"): Int }
        """

    /// Runs a query where every composite field of the root gives what `body` appends.
    private func run(
        _ query: String, variables: JSONObject = JSONObject(),
        _ body: @escaping @Sendable (inout AbstractObjects<Source.AnyType>) -> Void = { $0.appendNull() }
    ) async throws -> String {
        var table = ResolverTable()
        for type in ["A", "B"] { table.set(type, "n", .stored { (source: Source) in source.number }) }
        for field in ["single", "nested", "flat"] {
            table.set(
                "Query", field,
                .rootObjects { (_: NoArguments, _) -> Objects<Source.AnyType> in
                    var objects = AbstractObjects<Source.AnyType>()
                    body(&objects)
                    return objects.finish()
                })
        }
        table.set("Query", "length", .root { (_: NoArguments, _) -> Int32? in 1 })
        let engine = try Engine(schema: try GraphQLSchema.build(from: Self.sdl), resolvers: table)
        let prepared = try engine.prepare(GraphQLRequest(query, variables: variables))
        let context = ExecutionContext(host: .standalone())
        let body = await withTaskExecutorPreference(context.host.executor) {
            await engine.execute(prepared, in: context).body
        }
        return String(decoding: body, as: UTF8.self)
    }

    @Test func `one Swift type stands for several object types, in lists of lists`() async throws {
        let text = try await run("{ nested { __typename n } }") { objects in
            objects.appendList { outer in
                outer.appendList { inner in
                    inner.append(Source(number: 1), typeName: "A")
                    inner.append(Source(number: 2), typeName: "B")
                }
                outer.appendList { _ in }
                outer.appendList { $0.append(Source(number: 3), typeName: "A") }
            }
        }
        #expect(
            text == #"{"data":{"nested":[[{"__typename":"A","n":1},{"__typename":"B","n":2}],"#
                + #"[],[{"__typename":"A","n":3}]]}}"#)
    }

    @Test func `a list where the type has none is a fault of the resolver`() async throws {
        let text = try await run("{ single { n } }") { objects in
            objects.appendList { $0.append(Source(number: 1), typeName: "A") }
        }
        #expect(text.contains(#""path":["single"]"#) && text.hasSuffix(#""data":{"single":null}}"#))
    }

    @Test func `an object where the type has a list is a fault of the resolver`() async throws {
        let text = try await run("{ flat { n } }") { $0.append(Source(number: 1), typeName: "A") }
        #expect(text.contains(#""path":["flat"]"#) && text.hasSuffix(#""data":{"flat":null}}"#))
    }

    @Test func `an argument that a null variable makes wrong is reported where its value is written`() async throws {
        let text = try await run(
            "query($v: String) {\n  length(of: $v)\n}", variables: ["v": nil])
        #expect(text.contains(#""locations":[{"line":2,"column":14}],"path":["length"]"#))
    }
}
