import GraphQL
import JSON
import Synchronization

/// A small world for execution tests: shelves with books and discs, borrowed through a loader that counts its batches.
enum Library {
    static let sdl = """
        directive @note(text: String) on FIELD_DEFINITION
        interface Item { id: ID! title: String! }
        type Book implements Item { id: ID! title: String! pages: Int author: Person next: Book! }
        type Disc implements Item { id: ID! title: String! seconds: Float! tracks: [Float] }
        union Found = Book | Disc | Person
        type Person { id: ID! name: String! books: [Book!]! }
        type Shelf { id: ID! label: String items: [Item!]! itemOrNull: [Item] grid: [[Book]!] strict: [Book!] count: Int! }
        enum Genre { MANGA ANIME GOODS }
        input Range { from: Int! = 1 to: Int genres: [Genre!] = [MANGA] }
        input Pick @oneOf { id: ID name: String }
        scalar Even
        type Query {
          shelves: [Shelf!]!
          echo(int: Int, float: Float, string: String, boolean: Boolean, id: ID, genre: Genre, range: Range,
            list: [Int!], nested: [[Int]], pick: Pick, even: Even): String!
          found: [Found]
          fails: String
          failsHard: String!
          wrongType: Item
          hidden: String
        }
        type Mutation { add(by: Int!): Counter failAdd: Counter! }
        type Counter { value: Int! later: Int! evenOnly: Int! }
        type Subscription { ticks(count: Int!, failAt: Int): Counter numbers(count: Int!): Float! }
        """

    struct Book: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Book" } }
        let number: Int
    }

    struct Disc: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Disc" } }
        let number: Int
    }

    struct Person: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Person" } }
        let number: Int
    }

    struct Shelf: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Shelf" } }
        let number: Int
    }

    struct Counter: ObjectSource {
        enum Object: ObjectTypeTag { static var typeName: String { "Counter" } }
        let value: Int32
    }

    enum ItemTag: AbstractTypeTag { static var typeName: String { "Item" } }
    enum FoundTag: AbstractTypeTag { static var typeName: String { "Found" } }

    /// What a request carries: the loader of people and what it has done.
    class Context: ExecutionContext, @unchecked Sendable {
        let batches = Mutex<[[Int]]>([])
        private(set) var people: DataLoader<Int, Person>!
        let log = Mutex<[String]>([])

        override init(host: ExecutionHost) {
            super.init(host: host)
            people = DataLoader(queue: loaderQueue) { [unowned self] keys in
                batches.withLock { $0.append(keys.sorted()) }
                return Dictionary(uniqueKeysWithValues: keys.filter { $0 < 100 }.map { ($0, Person(number: $0)) })
            }
        }
    }

    /// A failure that nobody expected; its text must never reach a client.
    struct Secret: Error {}

    static func schema() throws -> GraphQLSchema { try GraphQLSchema.build(from: sdl) }

    static func makeEngine(configuration: EngineConfiguration = EngineConfiguration()) throws -> Engine {
        try Engine(schema: schema(), resolvers: resolvers(), configuration: configuration)
    }
}

/// A response taken apart.
struct Response {
    let text: String
    let json: JSONValue

    var data: JSONValue? { json["data"] }
    var errors: [JSONValue] { json["errors"]?.array ?? [] }
    var codes: [String] { errors.compactMap { $0["extensions"]?["code"]?.string } }
    var messages: [String] { errors.compactMap { $0["message"]?.string } }
    var paths: [String] { errors.map { $0["path"].map { "\($0)" } ?? "none" } }
}

extension Library {
    /// Runs a request on an engine of its own.
    static func run(
        _ query: String, variables: JSONObject = JSONObject(), operationName: String? = nil,
        engine: Engine? = nil, context: Context? = nil
    ) async throws -> Response {
        let engine = try engine ?? makeEngine()
        let request = GraphQLRequest(query, operationName: operationName, variables: variables)
        let body: [UInt8]
        do throws(RequestError) {
            let prepared = try engine.prepare(request)
            let context = context ?? Context(host: .standalone())
            body = await withTaskExecutorPreference(context.host.executor) {
                await engine.execute(prepared, in: context).body
            }
        } catch {
            body = error.body
        }
        return Response(text: String(decoding: body, as: UTF8.self), json: try JSONReader.read(body))
    }
}
