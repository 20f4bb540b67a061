import Testing

@testable import SchemaGenerator

@Suite("Inputs and arguments")
struct InputMappingTests {
    @Test("Non-null fields are values, nullable ones optionals, read by their index")
    func inputs() throws {
        let swift = try generate(
            .inputs,
            """
            scalar UUID
            enum Mood { GOOD }
            "What to make." input MakeInput {
              "The name." name: String!
              note: String! = ""
              ids: [ID!]
              moods: [Mood]! = [GOOD]
              count: Int = 3
              key: UUID
              inner: Inner
              where: Float
            }
            input Inner { is: Boolean! }
            """)
        expectLines(
            """
            /// What to make.
            public struct MakeInput: InputDecodable, Sendable {
            """, in: swift)
        expectLines(
            """
            /// The name.
            public let name: String
            /// `note`.
            public let note: String
            /// `ids`.
            public let ids: [ID]?
            /// `moods`.
            public let moods: [Mood?]
            /// `count`.
            public let count: Int32?
            /// `key`.
            public let key: UUIDScalar?
            /// `inner`.
            public let inner: Inner?
            /// `where`.
            public let `where`: Double?
            private let presence: FieldPresence
            """, in: swift)
        expectLines(
            """
            let values = try ArgumentValues(object: input)
            self.name = try values.required(0)
            self.note = try values.required(1)
            self.ids = try values.optional(2)
            """, in: swift)
        expectLines("presence = FieldPresence(of: values, count: 8)", in: swift)
        expectLines("case `where`", in: swift)
        expectLines("public func isPresent(_ field: Field) -> Bool {", in: swift)
    }

    @Test("A @oneOf input is an enum with the given field")
    func oneOf() throws {
        let swift = try generate(.inputs, #"input Pick @oneOf { "These." ids: [ID!]  all: Boolean }"#)
        expectLines(
            """
            public enum Pick: InputDecodable, Sendable {
                /// These.
                case ids([ID])
                /// `all`.
                case all(Bool)

                /// Takes an input object that was checked against the schema.
                public init(input: InputValue) throws {
                    let values = try ArgumentValues(object: input)
                    if values.isPresent(0) {
                        self = .ids(try values.required(0))
                    } else if values.isPresent(1) {
                        self = .all(try values.required(1))
                    } else {
                        throw InputDecodingError("expected exactly one field of Pick")
                    }
                }
            }
            """, in: swift)
    }

    @Test("Arguments are a struct per field")
    func arguments() throws {
        let swift = try generate(.arguments, "extend type Query { find(text: String!, in: [ID!]): Boolean }")
        expectLines(
            """
            /// The arguments of `Query.find`.
            public struct QueryFindArguments: ArgumentDecodable {
                /// `text`.
                public let text: String
                /// `in`.
                public let `in`: [ID]?

                /// Takes arguments that were checked against the schema.
                public init(_ values: ArgumentValues) throws {
                    self.text = try values.required(0)
                    self.`in` = try values.optional(1)
                }
            }
            """, in: swift)
    }

    @Test("The four arguments of a connection can be checked together")
    func paging() throws {
        let swift = try generate(
            .arguments,
            """
            extend type Query {
              a(first: Int, after: String, last: Int, before: String): Boolean
              b(first: Int, after: String): Boolean
              c(first: Int!, after: String, last: Int, before: String): Boolean
            }
            """)
        expectLines("public struct QueryAArguments: ArgumentDecodable, PagingArguments {", in: swift)
        expectLines("public struct QueryBArguments: ArgumentDecodable {", in: swift)
        expectLines("public struct QueryCArguments: ArgumentDecodable {", in: swift)
    }
}
