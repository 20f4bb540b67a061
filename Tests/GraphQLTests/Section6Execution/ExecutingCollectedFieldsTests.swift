import GraphQL
import JSON
import Testing

@Suite("6.3.3 Executing Collected Fields")
struct ExecutingCollectedFieldsTests {
    @Test func `the result has an entry per response name in the order of the fields`() async throws {
        let response = try await Library.run("{ shelves { no: id __typename label } t: __typename }")
        #expect(
            response.text == #"{"data":{"shelves":[{"no":"1","__typename":"Shelf","label":"first"},"#
                + #"{"no":"2","__typename":"Shelf","label":null}],"t":"Query"}}"#)
    }

    @Test func `an error of a non-null field nulls the object around it`() async throws {
        let response = try await Library.run("{ shelves { itemOrNull { id ... on Disc { seconds } } } }")
        #expect(
            response.data?["shelves"]?[0]?["itemOrNull"].map { "\($0)" }
                == #"[null,null,null,{"id":"disc-1","seconds":61.5}]"#)
        #expect(
            response.paths.prefix(2) == [
                #"["shelves",0,"itemOrNull",0,"seconds"]"#, #"["shelves",0,"itemOrNull",2]"#,
            ])
        #expect(response.codes.prefix(2) == ["INTERNAL_SERVER_ERROR", "NOT_FOUND"])
    }

    @Test func `siblings of a failed nullable field are answered`() async throws {
        let response = try await Library.run("{ before: __typename fails after: __typename }")
        #expect(response.data.map { "\($0)" } == #"{"before":"Query","fails":null,"after":"Query"}"#)
    }
}
