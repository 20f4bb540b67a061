import JSON
import Testing

@testable import GraphQL

@Suite("Cost analysis")
struct CostAnalysisTests {
    private static let sdl = """
        type Query {
          users(max: Int): [User] @listSize(slicingArguments: ["max"], requireOneSlicingArgument: false, assumedSize: 7)
          page(first: Int, last: Int): UserConnection!
            @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"],
              requireOneSlicingArgument: false, slicingArgumentDefaultValue: 20)
          strict(first: Int, last: Int): [User!]! @listSize(slicingArguments: ["first", "last"])
          withDefault(first: Int = 4): [User!]! @listSize(slicingArguments: ["first"])
          filtered(filter: Filter): [User] @listSize(slicingArguments: ["filter.page.size"], assumedSize: 9,
            requireOneSlicingArgument: false)
          many: [User] @listSize(assumedSize: 3)
          plain: [User]
          anything: [Thing] @listSize(assumedSize: 2)
          search(text: String @cost(weight: "5"), cheap: Boolean @cost(weight: "-4")): String @cost(weight: "2.5")
          money: Money
          prices: [Money] @listSize(assumedSize: 6)
        }
        type User { name: String age: Int @cost(weight: "2.0") friend: User friends: [User] @listSize(assumedSize: 10) }
        type UserConnection { edges: [UserEdge!]! nodes: [User!]! total: Int }
        type UserEdge { cursor: String node: User! }
        interface Thing { name: String }
        type Light implements Thing { name: String }
        type Heavy implements Thing @cost(weight: "30") { name: String parts: [Light] @listSize(assumedSize: 50) }
        scalar Money @cost(weight: "0.5")
        input Filter { page: Page names: [String!] @cost(weight: "3") }
        input Page { size: Int }
        """

    private let harness: CostHarness

    init() throws {
        harness = try CostHarness(Self.sdl)
    }

    @Test(
        arguments: [
            // Query and five users; the field users once, age five times.
            ("{ users(max: 5) { name age } }", [11.0, 6.0]),
            ("{ users { name } }", [1, 8]),
            ("{ users(max: 0) { age } }", [1, 1]),
            ("{ users(max: -5) { age } }", [1, 1]),
            ("{ users(max: null) { name } }", [1, 8]),
            // A connection: the size holds for its lists, not for itself.
            ("{ page(first: 10) { edges { cursor node { name } } total } }", [12, 22]),
            ("{ page(first: 10) { nodes { age } } }", [22, 12]),
            ("{ page { nodes { name } } }", [2, 22]),
            ("{ page(first: 3, last: 8) { nodes { name } } }", [2, 10]),
            ("{ strict(last: 6) { name } }", [1, 7]),
            ("{ withDefault { name } }", [1, 5]),
            ("{ withDefault(first: 2) { name } }", [1, 3]),
            ("{ filtered { name } }", [1, 10]),
            // Filter and Page are input types, the argument and the field page are of such a type.
            ("{ filtered(filter: {page: {size: 2}}) { name } }", [3, 5]),
            ("{ filtered(filter: {names: [\"a\"]}) { name } }", [5, 11]),
            ("{ many { friend { name } } }", [4, 7]),
            ("{ plain { name } }", [1, 2]),
            ("{ a: plain { name } b: plain { name } }", [2, 3]),
            // Weights of fields and arguments; a field never costs less than nothing.
            ("{ search }", [2.5, 1]),
            ("{ search(text: \"x\") }", [7.5, 1]),
            ("{ search(cheap: true) }", [0, 1]),
            ("{ money prices }", [0, 4.5]),
            ("{ __typename }", [0, 1]),
            ("{ __schema { types { name fields { name } } } }", [0, 1]),
        ])
    func `costs follow the weights and the sizes of lists`(_ query: String, _ expected: [Double]) throws {
        #expect(try harness.cost(query) == expected)
    }

    @Test func `of the types that are possible each cost takes the highest`() throws {
        #expect(try harness.cost("{ anything { name } }") == [1, 61])
        // Two items that may be heavy, each with fifty parts.
        #expect(try harness.cost("{ anything { ... on Heavy { parts { name } } } }") == [3, 161])
        #expect(try harness.cost("{ anything { ... on Light { name } } }") == [1, 61])
    }

    @Test func `variables decide per request, from one plan`() throws {
        let query = "query ($n: Int, $f: Filter) { users(max: $n) { age } filtered(filter: $f) { name } }"
        func cost(_ pairs: [(String, JSONValue)]) throws -> [Double] { try harness.cost(query, JSONObject(pairs)) }
        #expect(try cost([("n", 5)]) == [12, 15])
        #expect(try cost([("n", 50)]) == [102, 60])
        #expect(try cost([]) == [16, 17])
        #expect(try cost([("n", nil)]) == [16, 17])
        let filter = JSONValue.object(JSONObject([("page", .object(JSONObject([("size", 3)])))]))
        #expect(try cost([("n", 0), ("f", filter)]) == [4, 6])
    }

    @Test func `exactly one slicing argument must be given where the schema requires it`() {
        for query in ["{ strict { name } }", "{ strict(first: 1, last: 2) { name } }"] {
            let error = harness.refusal(query)
            #expect(error?.code == .slicingArgumentRequired)
            #expect(error?.message == "Field \"strict\" needs exactly one of its arguments \"first\", \"last\".")
            #expect(error?.locations == [SourceLocation(line: 1, column: 3)])
        }
        let query = "query ($a: Int, $b: Int) { strict(first: $a, last: $b) { name } }"
        #expect(harness.refusal(query)?.code == .slicingArgumentRequired)
        #expect(harness.refusal(query, JSONObject([("b", 2)])) == nil)
    }

    @Test func `what costs more than allowed is refused with cost and limit`() throws {
        let harness = try CostHarness(Self.sdl, options: CostOptions(maximumFieldCost: 10, maximumTypeCost: 20))
        #expect(harness.refusal("{ users(max: 19) { name } }") == nil)
        let types = harness.refusal("{ users(max: 20) { name } }")
        #expect(types?.code.rawValue == "OPERATION_TOO_COSTLY")
        #expect(
            types?.message
                == "The operation is too costly: its type cost is 21, at most 20 is allowed. "
                + "Ask for smaller pages or fewer fields.")
        #expect(types?.extensions["cost"] == OperationCost(fieldCost: 1, typeCost: 21).json)
        #expect(types?.extensions["limit"] == OperationCost(fieldCost: 10, typeCost: 20).json)
        #expect(harness.refusal("{ users(max: 4) { age } search }")?.message.contains("field cost is 11.5") == true)
    }

    @Test func `fragments that double at every level cost much but take no time to count`() throws {
        var document = "{ many { ...F0 } } "
        for level in 0..<60 {
            document +=
                "fragment F\(level) on User { a: friends { ...F\(level + 1) } b: friends { ...F\(level + 1) } } "
        }
        document += "fragment F60 on User { age }"
        let error = harness.refusal(document)
        #expect(error?.code == .tooCostly)
        #expect(error?.extensions["cost"]?["typeCost"] == .int(9_007_199_254_740_991))
        let plan = try planWithoutLimit(document)
        // The root, the field many, and two selections per level.
        #expect(plan.nodes.count == 122)
        #expect(plan.constant?.fieldCost == OperationCost.maximum)
    }

    private func planWithoutLimit(_ document: String) throws -> CostPlan {
        let options = CostOptions(maximumFieldCost: .infinity, maximumTypeCost: .infinity)
        let harness = try CostHarness(Self.sdl, options: options)
        return try #require(try harness.engine.prepare(GraphQLRequest(document)).plan.cost)
    }

    @Test func `an engine that estimates no costs refuses nothing`() throws {
        let harness = try CostHarness(Self.sdl, options: nil)
        let prepared = try harness.engine.prepare(GraphQLRequest("{ strict { name } }"))
        #expect(prepared.cost == nil)
        #expect(prepared.plan.cost == nil)
    }

    @Test func `default weights and sizes can be chosen`() throws {
        let options = CostOptions(compositeWeight: 2, leafWeight: 0.5, defaultListSize: 10)
        // Field: plain 2, ten names 0.5 each. Type: Query 2, ten users 2 each, ten names 0.5 each.
        #expect(try CostHarness(Self.sdl, options: options).cost("{ plain { name } }") == [7, 27])
    }

    @Test func `a request can ask for its cost beside the data or instead of it`() async throws {
        let engine = try Library.makeEngine()
        func run(_ cost: JSONValue) async throws -> String {
            let request = GraphQLRequest("{ shelves { id } }", extensions: JSONObject([("cost", cost)]))
            let prepared = try engine.prepare(request)
            let context = Library.Context(host: .standalone())
            return await withTaskExecutorPreference(context.host.executor) {
                String(decoding: await engine.execute(prepared, in: context).body, as: UTF8.self)
            }
        }
        let data = #""data":{"shelves":[{"id":"1"},{"id":"2"}]}"#
        let cost = #""extensions":{"cost":{"fieldCost":1,"typeCost":2}}"#
        #expect(try await run("report") == "{\(data),\(cost)}")
        #expect(try await run("validate") == "{\"data\":null,\(cost)}")
        #expect(try await run("nonsense") == "{\(data)}")
        #expect(try await run(true) == "{\(data)}")
    }

    @Test func `events of a subscription carry the cost; alone it is not given`() async throws {
        let engine = try Library.makeEngine()
        func prepare(_ cost: JSONValue) throws -> PreparedRequest {
            try engine.prepare(
                GraphQLRequest(
                    "subscription { ticks(count: 1) { value } }", extensions: JSONObject([("cost", cost)])))
        }
        let context = Library.Context(host: .standalone())
        let stream = try await engine.subscribe(try prepare("report"), in: context)
        let event = try #require(try await stream.next { Library.Context(host: .standalone()) })
        #expect(
            String(decoding: event.body, as: UTF8.self)
                == #"{"data":{"ticks":{"value":1}},"extensions":{"cost":{"fieldCost":1,"typeCost":2}}}"#)
        await #expect(throws: RequestError.self) {
            _ = try await engine.subscribe(try prepare("validate"), in: context)
        }
    }
}
