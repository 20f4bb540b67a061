import GraphQL
import JSON
import Testing

@Suite("6.4.4 Handling Execution Errors")
struct HandlingExecutionErrorsTests {
    @Test func `an error of a nullable position is null with path and location, the rest stays`() async throws {
        let response = try await Library.run("{ ok: __typename\n  f: fails }")
        #expect(
            response.text == #"{"errors":[{"message":"expected","locations":[{"line":2,"column":3}],"path":["f"],"#
                + #""extensions":{"code":"FORBIDDEN","hint":"ask"}}],"data":{"ok":"Query","f":null}}"#)
    }

    @Test func `a null item of a list of non-nulls nulls the list`() async throws {
        let response = try await Library.run("{ shelves { id count items { id } strict { next { id } } } }")
        // Shelf 1 has a null in its [Book!]; shelf 2 has no list, which is no error.
        #expect(response.data?["shelves"]?[0]?["strict"] == .null)
        #expect(response.data?["shelves"]?[1]?["strict"] == .null)
        #expect(response.data?["shelves"]?[0]?["items"]?.array?.count == 3)
        #expect(response.paths == [#"["shelves",0,"strict",1]"#])
    }

    @Test func `an error climbs through non-null positions to the nearest that may be null`() async throws {
        let response = try await Library.run("{ shelves { grid { next { next { next { id } } } } } }")
        // Book 1 → 2 → 3 → none: `next` of book 3 is non-null, so the item of the inner list becomes null.
        #expect(response.data?["shelves"]?[0]?["grid"].map { "\($0)" } == "[[null,null],[null]]")
        #expect(response.paths.first == #"["shelves",0,"grid",0,0,"next","next","next"]"#)
        #expect(response.messages.first == "Cannot return null for non-nullable field next.")
    }

    @Test func `when everything up to the root is non-null, the data is null`() async throws {
        let response = try await Library.run("{ failsHard shelves { id } }")
        #expect(response.data == .null)
        #expect(response.codes == ["INTERNAL_SERVER_ERROR"] && response.paths == [#"["failsHard"]"#])
    }

    @Test func `there is one error per position, and none for positions that only pass it on`() async throws {
        let response = try await Library.run(
            "{ found { ... on Disc { tracks } } shelves { itemOrNull { ... on Disc { seconds } } } }")
        #expect(response.data?["found"]?[1]?["tracks"].map { "\($0)" } == "[1.5,null,null,2]")
        #expect(response.paths.first == #"["found",1,"tracks",2]"#)
        #expect(Set(response.paths).count == response.paths.count && response.errors.count == 5)
    }

    @Test func `a field that fails for all its parents is an error at each of their positions`() async throws {
        let response = try await Library.run("{ shelves { e: itemOrNull { ... on Disc { seconds } } } }")
        #expect(
            response.paths == [
                #"["shelves",0,"e",0,"seconds"]"#, #"["shelves",0,"e",2]"#, #"["shelves",1,"e",0,"seconds"]"#,
                #"["shelves",1,"e",2]"#,
            ])
    }
}
