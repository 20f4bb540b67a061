import GraphQL
import JSON
import Schema
import Testing

@Suite("JSONScalar")
struct JSONScalarTests {
    @Test("Values and texts are written as they are")
    func writing() {
        #expect(response(JSONScalar(["a": [1, nil, "é\""]])) == #"{"a":[1,null,"é\""]}"#)
        #expect(response(JSONScalar(uncheckedText: Array("{ \"a\" : 1 }".utf8))) == "{ \"a\" : 1 }")
    }

    @Test("Text of somebody else's memory is written without a copy and kept alive by its owner")
    func borrowed() throws {
        final class Owner: Sendable {
            // Written in the initialiser, freed in the deinitialiser, only read between.
            nonisolated(unsafe) let memory: UnsafeMutableBufferPointer<UInt8>
            init(_ text: String) {
                memory = .allocate(capacity: text.utf8.count)
                _ = memory.initialize(fromContentsOf: Array(text.utf8))
            }
            deinit { memory.deallocate() }
        }
        let scalar = {
            let owner = Owner(#"{"b":[true]}"#)
            return JSONScalar(owner: owner, uncheckedText: UnsafeBufferPointer(owner.memory))
        }()
        #expect(response(scalar) == #"{"b":[true]}"#)
        #expect(try scalar.value() == ["b": [true]])
        #expect(
            response(JSONScalar(owner: Owner(""), uncheckedText: UnsafeBufferPointer(start: nil, count: 0))) == "null")
    }

    @Test("The value of a text is read when asked for, and a broken text is an error then")
    func reading() throws {
        #expect(try JSONScalar(uncheckedText: Array("[1.5]".utf8)).value() == [1.5])
        #expect(throws: JSONError.self) { try JSONScalar(uncheckedText: Array("[".utf8)).value() }
    }

    @Test("Every shape of input becomes JSON")
    func input() throws {
        let input = InputValue.record([
            InputMember("a", .list([.int(1), .float(1.5), .boolean(false), .null])), InputMember("b", .string("x")),
        ])
        #expect(response(try JSONScalar(input: input)) == #"{"a":[1,1.5,false,null],"b":"x"}"#)
    }

    @Test(
        "Names of enum values, numbers out of range and typed objects are refused",
        arguments: [InputValue.enumValue("RED"), .list([.float(.infinity)]), .object([])])
    func refused(input: InputValue) {
        #expect(throws: InputDecodingError.self) { try JSONScalar(input: input) }
    }
}
