import GraphQL
import JSON
import Testing

@Suite("7.2 Serialization Format")
struct SerializationFormatTests {
    @Test func `maps, lists, strings and null are told apart`() async throws {
        let response = try await Library.run("{ shelves { id label items { __typename } } wrongType { id } }")
        #expect(response.data?.object != nil && response.data?["shelves"]?.array != nil)
        #expect(response.data?["shelves"]?[0]?["id"]?.string == "1" && response.data?["wrongType"]?.isNull == true)
    }
}

@Suite("7.2.1 JSON Serialization")
struct JSONSerializationTests {
    private enum Color: LeafValue {
        case red

        func write(to out: inout ResponseWriter) { out.json.writeRaw("\"RED\"") }
    }

    @Test func `every kind of value has its JSON value`() async throws {
        #expect(try await Written.of("String", .root { (_: NoArguments, _) in "a" }) == #""a""#)
        #expect(try await Written.of("Boolean", .root { (_: NoArguments, _) in true }) == "true")
        #expect(try await Written.of("Int", .root { (_: NoArguments, _) in Int32(-5) }) == "-5")
        #expect(try await Written.of("Float", .root { (_: NoArguments, _) in 2.5 }) == "2.5")
        #expect(try await Written.of("Float", .root { (_: NoArguments, _) in 2.0 }) == "2")
        #expect(try await Written.of("ID", .root { (_: NoArguments, _) in ID("7") }) == #""7""#)
        #expect(
            try await Written.of("E", .root { (_: NoArguments, _) in Color.red }, types: "enum E { RED }") == #""RED""#)
        #expect(try await Written.of("[Int]", .root { (_: NoArguments, _) in [Int32(1)] }) == "[1]")
        #expect(try await Written.of("Int", .root { (_: NoArguments, _) -> Int32? in nil }) == "null")
    }

    @Test func `a response is JSON text, whatever its strings hold`() async throws {
        let text = "\"\\/\u{0}\u{8}\u{C}\n\r\t\u{1F}\u{7F}\u{2028}é🙂"
        let written = try await Written.of("String", .root { (_: NoArguments, _) in text })
        #expect(try JSONReader.read(written).string == text)
    }
}

@Suite("7.2.2 Serialized Map Ordering")
struct SerializedMapOrderingTests {
    @Test(arguments: [
        ("{ name: __typename age: __typename }", #"{"data":{"name":"Query","age":"Query"}}"#),
        ("{ age: __typename name: __typename }", #"{"data":{"age":"Query","name":"Query"}}"#),
    ])
    func `entries have the order of the request`(query: String, expected: String) async throws {
        #expect(try await Library.run(query).text == expected)
    }

    @Test func `so they have below the root, across fragments, and where some fields wait and others do not`()
        async throws
    {
        let response = try await Library.run(
            "{ shelves { count ...F id } } fragment F on Shelf { label c: count }")
        #expect(response.data?["shelves"]?[0]?.object?.members.map(\.key) == ["count", "label", "c", "id"])
    }
}
