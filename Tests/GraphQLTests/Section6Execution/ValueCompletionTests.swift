import JSON
import Testing

@testable import GraphQL

@Suite("6.4.3 Value Completion")
struct ValueCompletionTests {
    private enum Tag: AbstractTypeTag { static var typeName: String { "I" } }

    private struct A: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "A" } }
        let number: Int32
    }

    private struct B: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "B" } }
    }

    /// The answer to `{ f { n } }` where `f` is of that type.
    private func complete(_ type: String, _ make: @escaping @Sendable () -> Objects<Tag>) async throws -> String {
        let schema = try GraphQLSchema.build(
            from: "type Query { f: \(type) } interface I { n: Int } type A implements I { n: Int } type B { n: Int }")
        var table = ResolverTable()
        table.set("A", "n", .stored { (a: A) -> Int32? in a.number })
        table.set("B", "n", .stored { (_: B) -> Int32? in nil })
        table.set("Query", "f", .rootObjects { (_: NoArguments, _) in make() })
        let response = try await Library.run("{ f { n } }", engine: Engine(schema: schema, resolvers: table))
        let value = response.data == .null ? "-" : response.data?["f"].map { "\($0)" } ?? "absent"
        return ([value.replacing(#""n":"#, with: "")] + response.paths).joined(separator: " ")
    }

    private func objects(_ fill: (inout AbstractObjects<Tag>) -> Void) -> Objects<Tag> {
        var objects = AbstractObjects<Tag>()
        fill(&objects)
        return objects.finish()
    }

    @Test(arguments: [("I", "{1}"), ("I!", "{1}"), ("A", "{1}")])
    func `an object has the fields of its concrete type`(type: String, expected: String) async throws {
        #expect(try await complete(type) { objects { $0.append(A(number: 1)) } } == expected)
    }

    @Test(arguments: [("I", "null"), ("I!", #"- ["f"]"#)])
    func `null is null, or an error of a non-null type`(type: String, expected: String) async throws {
        #expect(try await complete(type) { objects { $0.appendNull() } } == expected)
    }

    @Test(arguments: [("I", #"null ["f"]"#), ("I!", #"- ["f"]"#)])
    func `an object of a type that is not possible is an error`(type: String, expected: String) async throws {
        #expect(try await complete(type) { objects { $0.append(B()) } } == expected)
    }

    @Test func `such an error names nothing internal`() async throws {
        let response = try await Library.run("{ wrongType { id } }")
        #expect(response.data?["wrongType"] == .null)
        #expect(response.messages == ["Internal server error"])
    }

    @Test func `what is no list is an error of a list type, and a list of another`() async throws {
        #expect(try await complete("[I]") { objects { $0.append(A(number: 1)) } } == #"null ["f"]"#)
        #expect(try await complete("I") { objects { $0.appendList { $0.append(A(number: 1)) } } } == #"null ["f"]"#)
        #expect(
            try await complete("[[I]]") { objects { $0.appendList { $0.append(A(number: 1)) } } } == #"[null] ["f",0]"#)
        #expect(
            try await complete("[I]") { objects { $0.appendList { $0.appendList { $0.append(A(number: 1)) } } } }
                == #"[null] ["f",0]"#)
    }

    @Test func `lists of lists keep their shape, their nulls and their failures`() async throws {
        let make: @Sendable () -> Objects<Tag> = {
            var objects = AbstractObjects<Tag>()
            objects.appendList { outer in
                outer.appendList { $0.append(A(number: 1)) }
                outer.appendNull()
                outer.appendList { inner in
                    inner.append(A(number: 2))
                    inner.appendNull()
                    inner.append(failure: .notFound("It"))
                }
                outer.appendList { _ in }
                outer.append(failure: .notFound("They"))
            }
            return objects.finish()
        }
        #expect(try await complete("[[I]]", make) == #"[[{1}],null,[{2},null,null],[],null] ["f",2,2] ["f",4]"#)
        #expect(try await complete("[[I!]]", make) == #"[[{1}],null,null,[],null] ["f",2,1] ["f",4]"#)
        #expect(try await complete("[[I]!]", make) == #"null ["f",1]"#)
        #expect(try await complete("[[I]!]!", make) == #"- ["f",1]"#)
    }

    @Test func `a resolver that gives another number of values than it has parents fails its field`() async throws {
        #expect(try await complete("I") { objects { _ in } } == #"null ["f"]"#)
        #expect(
            try await complete("I") {
                objects {
                    $0.append(A(number: 1))
                    $0.append(A(number: 2))
                }
            } == #"null ["f"]"#)
    }

    @Test(arguments: [
        ("Int!", LeafShape(.int).orNull), ("[Int!]", LeafShape(.int).orNull.inList.orNull),
        ("Int", LeafShape(.int).inList),
        ("[Int]", LeafShape(.int)), ("Int", LeafShape(.float)), ("Int", LeafShape(.string)),
        ("Float", LeafShape(.string)),
        ("String", LeafShape(.int)), ("Boolean", LeafShape(.int)), ("ID", LeafShape(.int)), ("E", LeafShape(.string)),
        ("[[Int]]", LeafShape(.int).inList),
    ])
    func `a resolver whose values are not all of the field's type keeps the engine from starting`(
        type: String, leaf: LeafShape
    ) throws {
        let schema = try GraphQLSchema.build(from: "type Query { f: \(type) } enum E { A }")
        var table = ResolverTable()
        table.set("Query", "f", FieldResolver(.storedLeaf { _, _, _ in }, batchType: nil, leaf: leaf))
        let error = #expect(throws: MismatchedResolversError.self) { try Engine(schema: schema, resolvers: table) }
        #expect(error?.fields == ["Query.f: \(type), resolved as \(leaf)"])
    }

    @Test(arguments: [
        ("Int", LeafShape(.int)), ("Int", LeafShape(.int).orNull), ("[Int!]", LeafShape(.int).inList),
        ("Float", LeafShape(.int)),
        ("ID!", LeafShape(.string)), ("E!", LeafShape(.custom)), ("S", LeafShape(.int)),
        ("[[S]!]", LeafShape(.string).inList.inList),
    ])
    func `one whose values are does not`(type: String, leaf: LeafShape) throws {
        let schema = try GraphQLSchema.build(from: "type Query { f: \(type) } enum E { A } scalar S")
        var table = ResolverTable()
        table.set("Query", "f", FieldResolver(.storedLeaf { _, _, _ in }, batchType: nil, leaf: leaf))
        _ = try Engine(schema: schema, resolvers: table)
    }

    @Test func `the shape of a leaf is that of its Swift type`() {
        #expect(Int32.leafShape.description == "int!" && Double?.leafShape.description == "float")
        #expect([[String?]]?.leafShape.description == "[[string]!]" && [ID].leafShape.description == "[id!]!")
        #expect(Text.leafShape == String.leafShape && Bool.leafShape.kind == .boolean)
    }

    @Test func `nested lists keep their nulls where the type allows them`() async throws {
        let response = try await Library.run("{ shelves { grid { pages } } }")
        #expect(response.data?["shelves"]?[0]?["grid"].map { "\($0)" } == #"[[{"pages":100},null],[{"pages":null}]]"#)
    }

    @Test func `an interface's objects get the plan of their own type and keep their order`() async throws {
        let response = try await Library.run(
            "{ shelves { items { __typename id ... on Book { pages title } ...D } } } fragment D on Disc { seconds }")
        let items = response.data?["shelves"]?[0]?["items"]?.array ?? []
        #expect(items.map { $0["__typename"] } == ["Book", "Disc", "Book"])
        #expect(items[0]["id"] == "Book_00000000000000000000000000000001")
        #expect(items[0]["title"] == "Book \"1\" 監修")
        #expect(items[2]["pages"] == .null)
        #expect(items[1]["seconds"] == 61.5)
        #expect(items[1]["pages"] == nil)
    }
}
