import GraphQL
import JSON
import Schema
import Testing

/// A program that has resolvers for some types of the schema runs a schema of these.
@Suite("Generated fields in an engine")
struct GeneratedFieldsTests {
    private static let sdl = """
        scalar DateTime
        interface Node { id: ID! }
        type Query { project(id: ID!): Project  node(id: ID!): Node  nodes(ids: [ID!]!): [Node]! }
        type Subscription { exportProgress(exportId: ID!, after: ID): ExportProgress! }
        type Project implements Node {
          id: ID!  name: String!  createdAt: DateTime!
          reviews(
            filter: ReviewFilter, orderBy: ReviewOrder, first: Int, after: String, last: Int, before: String
          ): ReviewConnection!
        }
        input ReviewFilter { createdFrom: DateTime }
        input ReviewOrder { field: String! }
        type ReviewConnection { edges: [ReviewEdge!]!  pageInfo: PageInfo!  totalCount: Int! }
        type ReviewEdge { cursor: String! }
        type PageInfo { hasNextPage: Boolean!  endCursor: String }
        type ExportProgress { eventId: ID!  status: ExportStatus!  slidesDone: Int! }
        enum ExportStatus { PENDING PROCESSING COMPLETED FAILED CANCELLED }
        """

    private let engine: Engine
    private let context = ExecutionContext(host: .standalone())

    init() throws {
        var table = ResolverTable()
        let all: [any InstallableFields] = [
            SampleRoots(), SampleResolvers.page, SampleResolvers.pageInfo,
            SampleResolvers.exportProgress,
        ]
        for fields in all { fields.install(into: &table) }
        engine = try Engine(schema: GraphQLSchema.build(from: Self.sdl), resolvers: table)
    }

    private func run(_ query: String) async throws -> String {
        let request = try engine.prepare(GraphQLRequest(query))
        let engine = engine
        let context = context
        let task = Task(executorPreference: context.host.executor) { await engine.execute(request, in: context).body }
        return String(decoding: await task.value, as: UTF8.self)
    }

    @Test("Stored, loaded and nested fields make a response")
    func query() async throws {
        let id = "Project_00000000000000000000000000000001"
        let response = try await run(
            """
            { project(id: "\(id)") {
                id name createdAt
                reviews(first: 2) { totalCount edges { cursor } pageInfo { hasNextPage endCursor } }
            } }
            """)
        let cursors = (1...2).map { Cursor([.uuid(UUIDScalar(high: 1, low: $0))]).text }
        #expect(
            response == #"{"data":{"project":{"id":"\#(id)","name":"First","createdAt":"1970-01-01T00:00:00.000000Z","#
                + #""reviews":{"totalCount":3,"edges":[{"cursor":"\#(cursors[0])"},{"cursor":"\#(cursors[1])"}],"#
                + #""pageInfo":{"hasNextPage":true,"endCursor":"\#(cursors[1])"}}}}}"#)
    }

    @Test("An object of an interface has its own type, and what is not there is null")
    func abstract() async throws {
        let second = "Project_00000000000000000000000000000002"
        let response = try await run(
            #"{ nodes(ids: ["\#(second)", "Review_00000000000000000000000000000002", "x"]) { __typename ... on Project { name } } }"#
        )
        #expect(response == #"{"data":{"nodes":[{"__typename":"Project","name":"Second \"2\""},null,null]}}"#)
        #expect(try await run(#"{ node(id: "x") { id } }"#) == #"{"data":{"node":null}}"#)
    }

    @Test("Bad arguments of a connection are an error of that field")
    func badPage() async throws {
        let response = try await run(
            #"{ project(id: "Project_00000000000000000000000000000001") { reviews(first: 1000) { totalCount } } }"#)
        #expect(response.contains(#""code":"BAD_USER_INPUT","argument":"first""#))
        #expect(response.contains(#""path":["project","reviews"]"#))
        #expect(response.hasSuffix(#""data":{"project":null}}"#))
    }

    @Test("A subscription streams objects from where the client left off")
    func subscription() async throws {
        let request = try engine.prepare(
            GraphQLRequest(#"subscription { exportProgress(exportId: "x", after: "1") { eventId status slidesDone } }"#)
        )
        let engine = engine
        let context = context
        let task = Task(executorPreference: context.host.executor) {
            var responses: [String] = []
            let stream = try await engine.subscribe(request, in: context)
            while let event = try await stream.next(in: { context }) {
                responses.append(String(decoding: event.body, as: UTF8.self))
            }
            return responses
        }
        #expect(
            try await task.value
                == [#"{"data":{"exportProgress":{"eventId":"2","status":"COMPLETED","slidesDone":2}}}"#])
    }
}
