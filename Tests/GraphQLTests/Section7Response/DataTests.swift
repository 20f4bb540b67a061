import GraphQL
import JSON
import Testing

@Suite("7.1.5 Data")
struct DataTests {
    @Test func `data is an object of the operation's root type`() async throws {
        #expect(try await Library.run("{ __typename }").data.map { "\($0)" } == #"{"__typename":"Query"}"#)
        #expect(try await Library.run("mutation { __typename }").data.map { "\($0)" } == #"{"__typename":"Mutation"}"#)
        let run = try await SubscriptionRun.of("subscription { ticks(count: 1) { value } }")
        #expect(run.bodies == [#"{"data":{"ticks":{"value":1}}}"#])
    }

    @Test func `after an error before execution there is none`() async throws {
        #expect(try await Library.run("{ nothing }").data == nil)
    }

    @Test func `after an error that leaves nothing it is null`() async throws {
        let response = try await Library.run("{ failsHard }")
        #expect(response.data == .null && response.text.hasSuffix(#","data":null}"#))
    }
}
