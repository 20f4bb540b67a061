import JSON
import Synchronization
import Testing

@testable import GraphQL

@Suite("Execution (specification section 6)")
struct ExecutorTests {
    @Test("leaves, aliases, __typename and nullable fields are written in the order of the selection")
    func leaves() async throws {
        let response = try await Library.run("{ shelves { no: id __typename label } t: __typename }")
        #expect(
            response.text == #"{"data":{"shelves":[{"no":"1","__typename":"Shelf","label":"first"},"#
                + #"{"no":"2","__typename":"Shelf","label":null}],"t":"Query"}}"#)
    }

    @Test("an interface's objects get the plan of their own type and keep their order")
    func interfaces() async throws {
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

    @Test("a union mixes types and nulls")
    func unions() async throws {
        let response = try await Library.run("{ found { __typename ... on Person { name } ... on Item { title } } }")
        #expect(
            response.text == #"{"data":{"found":[{"__typename":"Person","name":"Person 1"},"#
                + #"{"__typename":"Disc","title":"Disc 2"},null,{"__typename":"Book","title":"Book \"1\" 監修"}]}}"#)
    }

    @Test("equal response keys are merged with all their subfields, over fragments too")
    func merging() async throws {
        let response = try await Library.run(
            "{ shelves { id } ...Q shelves { label } } fragment Q on Query { shelves { id l: label ... { count } } }")
        #expect(
            response.data?["shelves"]?[0].map { "\($0)" } == #"{"id":"1","l":"first","count":3,"label":"first"}"#)
    }

    @Test(
        "skip and include decide per occurrence, and the order follows what is included",
        arguments: [
            (true, #"{"a":"Query","b":"Query"}"#), (false, #"{"b":"Query","a":"Query"}"#),
        ])
    func conditions(included: Bool, expected: String) async throws {
        let response = try await Library.run(
            """
            query($x: Boolean!) {
              a: __typename @include(if: $x)
              b: __typename
              a: __typename
              c: __typename @skip(if: true)
              d: __typename @include(if: true) @skip(if: true)
            }
            """, variables: JSONObject([("x", .bool(included))]))
        #expect(response.data.map { "\($0)" } == expected)
    }

    @Test("nested lists keep their nulls where the type allows them")
    func nestedLists() async throws {
        let response = try await Library.run("{ shelves { grid { pages } } }")
        #expect(response.data?["shelves"]?[0]?["grid"].map { "\($0)" } == #"[[{"pages":100},null],[{"pages":null}]]"#)
    }

    @Test("an error of a nullable field is null with path and location, the rest stays")
    func fieldError() async throws {
        let response = try await Library.run("{ ok: __typename\n  f: fails }")
        #expect(
            response.text == #"{"errors":[{"message":"expected","locations":[{"line":2,"column":3}],"path":["f"],"#
                + #""extensions":{"code":"FORBIDDEN","hint":"ask"}}],"data":{"ok":"Query","f":null}}"#)
    }

    @Test("an error of a non-null field nulls its nearest nullable ancestor")
    func nullPropagation() async throws {
        let response = try await Library.run("{ shelves { id count items { id } strict { next { id } } } }")
        // shelves 1: [Book!] with a null item: the list is null; 2: null; both are kept.
        #expect(response.data?["shelves"]?[0]?["strict"] == .null)
        #expect(response.data?["shelves"]?[1]?["strict"] == .null)
        #expect(response.paths == [#"["shelves",0,"strict",1]"#])
        let whole = try await Library.run("{ failsHard shelves { id } }")
        #expect(whole.json["data"] == .null)
        #expect(whole.codes == ["INTERNAL_SERVER_ERROR"])
    }

    @Test("null climbs through a chain of non-null objects up to the list item that may be null")
    func nullChain() async throws {
        let response = try await Library.run("{ shelves { grid { next { next { next { id } } } } } }")
        // Book 1 → 2 → 3 → none: `next` of book 3 is non-null, so the item of the inner list becomes null.
        #expect(response.data?["shelves"]?[0]?["grid"].map { "\($0)" } == "[[null,null],[null]]")
        #expect(response.paths.first == #"["shelves",0,"grid",0,0,"next","next","next"]"#)
        #expect(response.messages.first == "Cannot return null for non-nullable field next.")
    }

    @Test("failures inside lists of interfaces null only their item")
    func abstractFailures() async throws {
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

    @Test("a list of scalars nulls the item that can't be written, with the item's path")
    func leafListErrors() async throws {
        let response = try await Library.run("{ found { ... on Disc { tracks } } }")
        #expect(response.data?["found"]?[1]?["tracks"].map { "\($0)" } == "[1.5,null,null,2]")
        #expect(response.paths == [#"["found",1,"tracks",2]"#])
    }

    @Test("an object of an impossible type is an error that names nothing internal")
    func impossibleType() async throws {
        let response = try await Library.run("{ wrongType { id } }")
        #expect(response.data?["wrongType"] == .null)
        #expect(response.messages == ["Internal server error"])
    }

    @Test("unexpected errors are masked")
    func masking() async throws {
        let response = try await Library.run("{ hidden }")
        #expect(response.messages == ["Internal server error"])
        #expect(!response.text.contains("Secret"))
    }

    @Test("one loader batch per wave, however many objects and fields ask")
    func batching() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            """
            { shelves { items { ... on Book { author { name books { author { name } } } } }
                more: items { ... on Book { a: author { id } } } } }
            """, context: context)
        #expect(response.errors.isEmpty)
        // Wave 1 asks for the authors of books 1, 2 and 3 (200 stands for nobody); wave 3 asks for what is new.
        #expect(context.batches.withLock { $0 } == [[1, 2, 200]])
        #expect(context.log.withLock { $0 } == ["books of [1, 2, 2]"])
    }

    @Test("mutations run one after the other, each with everything below it")
    func serialMutations() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { a: add(by: 1) { later } b: add(by: 5) { value later } }", context: context)
        #expect(response.text == #"{"data":{"a":{"later":2},"b":{"value":5,"later":6}}}"#)
        #expect(context.log.withLock { $0 } == ["add 1", "later 1", "add 5", "later 5"])
    }

    @Test("after a failed non-null mutation nothing more runs")
    func failedMutation() async throws {
        let context = Library.Context(host: .standalone())
        let response = try await Library.run(
            "mutation { a: add(by: 1) { value } failAdd { value } b: add(by: 2) { value } }", context: context)
        #expect(response.json["data"] == .null)
        #expect(response.codes == ["FORBIDDEN"])
        #expect(context.log.withLock { $0 } == ["add 1", "failAdd"])
    }

    @Test("a cancelled request ends without calling more resolvers")
    func cancellation() async throws {
        let context = Library.Context(host: .standalone())
        let engine = try Library.makeEngine()
        let prepared = try engine.prepare(GraphQLRequest("mutation { add(by: 1) { value later } }"))
        let task = Task(executorPreference: context.host.executor) {
            withUnsafeCurrentTask { $0?.cancel() }
            return await engine.execute(prepared, in: context)
        }
        let body = String(decoding: await task.value.body, as: UTF8.self)
        #expect(body.contains("CANCELLED"))
        #expect(context.log.withLock { $0 }.isEmpty)
    }
}
