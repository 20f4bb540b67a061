import JSON
import Testing

@testable import GraphQL

@Suite("6.1 Executing Requests")
struct ExecutingRequestsTests {
    private let document = "query A { a: __typename } query B { b: __typename } mutation M { m: __typename }"

    @Test(arguments: [
        ("A", #"{"data":{"a":"Query"}}"#), ("B", #"{"data":{"b":"Query"}}"#), ("M", #"{"data":{"m":"Mutation"}}"#),
    ])
    func `the operation with the name is executed`(name: String, expected: String) async throws {
        #expect(try await Library.run(document, operationName: name).text == expected)
    }

    @Test func `without a name the only operation is executed`() async throws {
        #expect(try await Library.run("{ a: __typename }").text == #"{"data":{"a":"Query"}}"#)
        #expect(try await Library.run("query Q { a: __typename }").text == #"{"data":{"a":"Query"}}"#)
    }

    @Test func `without a name several operations are a request error`() async throws {
        let response = try await Library.run(document)
        #expect(response.data == nil && response.codes == ["OPERATION_RESOLUTION_FAILURE"])
        #expect(response.messages == ["Must provide operation name if query contains multiple operations."])
    }

    @Test(arguments: ["C", "a", ""])
    func `a name that no operation has is a request error`(name: String) async throws {
        for document in [document, "{ a: __typename }", "query Q { a: __typename }"] {
            let response = try await Library.run(document, operationName: name)
            #expect(response.data == nil && response.codes == ["OPERATION_RESOLUTION_FAILURE"])
            #expect(response.messages == ["Unknown operation named \"\(name)\"."])
        }
    }

    @Test func `a document without operations is a request error`() throws {
        let coercion = InputCoercion(
            document: try Document(parsing: "fragment F on Query { a }"),
            schema: try GraphQLSchema.build(from: "type Query { a: Int }"), scalars: [:])
        let document = PreparedDocument(coercion, maximumPlanBytes: 1_000_000)
        for name in [nil, "F"] {
            #expect(throws: RequestError.self) { try document.operation(named: name) }
        }
    }
}
