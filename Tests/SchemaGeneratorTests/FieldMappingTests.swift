import Testing

@testable import SchemaGenerator

@Suite("Fields of object types")
struct FieldMappingTests {
    @Test("Scalars without arguments are read from the source")
    func storedLeaves() throws {
        let swift = try generate(
            .objectFields,
            """
            scalar DateTime
            enum Mood { GOOD }
            type Thing @access(rule: PUBLIC) {
              id: ID!
              name: String!
              nickname: String
              count: Int!
              weight: Float
              isOld: Boolean!
              mood: Mood
              at: DateTime!
              tags: [String!]!
              grid: [[Int]]
            }
            """)
        expectLines(
            """
            public struct ThingFields<Source: ObjectSource>: InstallableThingFields
            where Source.Object == ThingType {
            """, in: swift)
        expectLines(
            """
            public init(
                id: @escaping @Sendable (Source) -> ID,
                name: @escaping @Sendable (Source) -> Text,
                nickname: @escaping @Sendable (Source) -> Text?,
                count: @escaping @Sendable (Source) -> Int32,
                weight: @escaping @Sendable (Source) -> Double?,
                isOld: @escaping @Sendable (Source) -> Bool,
                mood: @escaping @Sendable (Source) -> Mood?,
                at: @escaping @Sendable (Source) -> DateTimeScalar,
                tags: @escaping @Sendable (Source) -> [Text],
                grid: @escaping @Sendable (Source) -> [[Int32?]?]?
            ) {
            """, in: swift)
        expectLines(".stored(grid),", in: swift)
        expectLines(#"table.set("Thing", "nickname", resolvers[2])"#, in: swift)
    }

    @Test("Objects and fields with arguments are loaded for a whole batch")
    func loadedFields() throws {
        let swift = try generate(
            .objectFields,
            """
            type Thing @access(rule: PUBLIC) {
              owner: Thing
              others(first: Int): [Thing!]!
              title(language: String!): String!
            }
            """)
        expectLines(
            """
            owner: @escaping @Sendable ([Source], FieldCall) async throws -> Objects<ThingType>,
            others: @escaping @Sendable ([Source], ThingOthersArguments, FieldCall) async throws -> Objects<ThingType>,
            title: @escaping @Sendable ([Source], ThingTitleArguments, FieldCall) async throws -> Leaves<Text>
            """, in: swift)
        expectLines(
            """
            .loadedObjects(owner),
            .loadedObjects(others),
            .loaded(title),
            """, in: swift)
    }

    @Test("@stored and @loaded say otherwise")
    func markedFields() throws {
        let swift = try generate(
            .objectFields,
            """
            type Thing @access(rule: PUBLIC) { parts: [Thing!]! @stored  total: Int! @loaded }
            """)
        expectLines(
            """
            parts: @escaping @Sendable ([Source]) -> Objects<ThingType>,
            total: @escaping @Sendable ([Source], FieldCall) async throws -> Leaves<Int32>
            """, in: swift)
        expectLines(
            """
            .storedObjects(parts),
            .loaded(total),
            """, in: swift)
    }

    @Test("Interfaces and unions are outputs like objects")
    func abstractFields() throws {
        let swift = try generate(
            .objectFields,
            """
            union Any1 = Thing
            type Thing @access(rule: PUBLIC) { node: Node  any: [Any1] @stored }
            """)
        expectLines("node: @escaping @Sendable ([Source], FieldCall) async throws -> Objects<NodeType>,", in: swift)
        expectLines("any: @escaping @Sendable ([Source]) -> Objects<Any1Type>", in: swift)
    }

    @Test("Root fields have no source, and subscriptions give streams")
    func rootFields() throws {
        let swift = try generate(
            .rootFields,
            """
            extend type Query { thing(id: ID!): Thing  things: [Thing!]!  count(of: String): Int! }
            type Thing @access(rule: PUBLIC) { id: ID! }
            type Subscription @access(rule: PUBLIC) { changes(after: ID): Thing!  all: Thing! }
            """)
        expectLines(
            """
            ping: @escaping @Sendable (FieldCall) async throws -> Bool,
            thing: @escaping @Sendable (QueryThingArguments, FieldCall) async throws -> Objects<ThingType>,
            things: @escaping @Sendable (FieldCall) async throws -> Objects<ThingType>,
            count: @escaping @Sendable (QueryCountArguments, FieldCall) async throws -> Int32
            """, in: swift)
        expectLines(
            """
            .root(ping),
            .rootObjects(thing),
            .rootObjects(things),
            .root(count),
            """, in: swift)
        expectLines(
            """
            changes: @escaping @Sendable (SubscriptionChangesArguments, FieldCall)
            async throws -> TypedSourceStream<ThingType>,
            all: @escaping @Sendable (FieldCall) async throws -> TypedSourceStream<ThingType>
            """, in: swift)
    }

    @Test("A keyword as a field's name is escaped")
    func keywords() throws {
        let swift = try generate(
            .objectFields, #"type Thing @access(rule: PUBLIC) { default: Int!  "In it." in: [Int!]! }"#)
        expectLines("`default`: @escaping @Sendable (Source) -> Int32,", in: swift)
        expectLines(".stored(`in`),", in: swift)
        expectLines("///   - in: In it.", in: swift)
        expectLines(#"table.set("Thing", "default", resolvers[0])"#, in: swift)
    }

    @Test("Descriptions become documentation, wrapped at 120 columns")
    func documentation() throws {
        let long = Array(repeating: "word", count: 60).joined(separator: " ")
        let swift = try generate(
            .objectFields,
            """
            type Thing @access(rule: PUBLIC) {
              "\(long)"
              id: ID!
              "Old." name: String! @deprecated(reason: "Use id.")
            }
            """)
        expectLines("///   - id: word word", in: swift)
        expectLines("///   - name: Old. Deprecated: Use id.", in: swift)
        #expect(swift.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }

    @Test("Pages, answers of mutations and other types have files of their own")
    func areas() throws {
        let sdl = """
            type Thing @access(rule: PUBLIC) { id: ID! }
            type ThingConnection @access(rule: PUBLIC) { id: ID! }
            type ThingEdge @access(rule: PUBLIC) { id: ID! }
            type PageInfo @access(rule: PUBLIC) { id: ID! }
            type MakeThingPayload @access(rule: PUBLIC) { id: ID! }
            type UserError @access(rule: PUBLIC) { id: ID! }
            """
        func structs(_ file: OutputFile) throws -> [String] {
            try generate(file, sdl).split(separator: "\n").filter { $0.hasPrefix("public struct") }.map {
                String($0.split(separator: " ")[2].prefix { $0 != "<" })
            }
        }
        #expect(try structs(.objectFields) == ["ThingFields"])
        #expect(try structs(.connectionFields) == ["ThingConnectionFields", "ThingEdgeFields", "PageInfoFields"])
        #expect(try structs(.payloadFields) == ["MakeThingPayloadFields", "UserErrorFields"])
    }

    @Test("Pages that are all alike share one struct; one field more, and a type has its own")
    func shared() throws {
        func sdl(_ more: String) -> String {
            """
            type Thing @access(rule: PUBLIC) { id: ID! }
            type PageInfo @access(rule: PUBLIC) { id: ID! }
            type ThingConnection @access(rule: PUBLIC) {
              edges: [ThingEdge!]! @stored  pageInfo: PageInfo! @stored  totalCount: Int! @loaded
            }
            type ThingEdge @access(rule: PUBLIC) { cursor: String!  node: Thing! @stored \(more) }
            """
        }
        let table = try generate(.resolverTable, sdl(""))
        expectLines("thingConnection: ConnectionFields<ThingConnectionType>,\nquery: QueryFields", in: table)
        expectLines("public typealias Node = ThingType", in: try generate(.tags, sdl("")))
        let other = try generate(.resolverTable, sdl("rank: Int!"))
        expectLines(
            "thingConnection: any InstallableThingConnectionFields,\nthingEdge: any InstallableThingEdgeFields,",
            in: other)
    }

    @Test("The table takes the resolvers of every type and the checks of custom scalars")
    func table() throws {
        let swift = try generate(
            .resolverTable,
            """
            scalar DateTime
            type HTTPThing @access(rule: PUBLIC) { id: ID! }
            type Default @access(rule: PUBLIC) { id: ID! }
            """)
        expectLines(
            """
            public init(
                httpThing: any InstallableHTTPThingFields,
                `default`: any InstallableDefaultFields,
                query: QueryFields
            ) {
                self.init()
                httpThing.install(into: &self)
                `default`.install(into: &self)
                query.install(into: &self)
                setScalar("DateTime") { _ = try DateTimeScalar(input: $0) }
            }
            """, in: swift)
    }
}
