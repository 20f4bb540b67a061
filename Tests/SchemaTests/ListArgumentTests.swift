import GraphQL
import Schema
import Testing

/// Every list takes a typed filter and a typed order, or it is known why not.
@Suite("Filters and orders of lists")
struct ListArgumentTests {
    private let schema: GraphQLSchema

    init() throws {
        schema = try GraphQLSchema.build(from: SchemaDocument.sdl)
    }

    /// Lists that take neither, with the reason.
    private static let without: [String: String] = [
        "Query.search": "what fits best comes first, and the search's own arguments choose",
        "User.likes": "a like says nothing but when it was given",
        "Document.pages": "pages of a book stand in the book's order",
        "Document.pictures": "they stand in the order of the pages on which they were found",
        "SubtaskContent.scenes": "scenes follow each other as the video shows them",
        "ReviewPointDefinition.versions": "a history has one order, and `last` reads it from its other end",
        "Subtask.contents": "a history has one order, and `last` reads it from its other end",
        "Subtask.decisions": "a history has one order, and `last` reads it from its other end",
        "Finding.revisions": "a history has one order, and `last` reads it from its other end",
        "Annotation.replies": "a conversation is read as it was held",
    ]

    /// Lists that take a filter only.
    private static let withoutOrder: [String: String] = [
        "Project.activity": "news has one order, and `last` reads it from its other end",
        "Review.outcomes": "they stand in the order in which somebody chose the review points",
        "ReviewOutcome.findings": "what one review point found is little, and stands in the order in which it was told",
    ]

    private var connections: [(place: String, field: FieldDefinition)] {
        schema.types.flatMap { type in type.fields.map { ("\(type.name).\($0.name)", $0) } }
            .filter { schema[$0.1.type.type].name.hasSuffix("Connection") }
    }

    @Test("Every connection takes a filter and an order, but for those that have a reason")
    func connectionsCanBeFilteredAndOrdered() throws {
        for (place, field) in connections {
            let filter = field.argument(named: "filter")
            let order = field.argument(named: "orderBy")
            #expect((filter == nil) == (Self.without[place] != nil), "\(place) has a filter: \(filter != nil)")
            let hasNoOrder = Self.without[place] ?? Self.withoutOrder[place]
            #expect((order == nil) == (hasNoOrder != nil), "\(place) has an order: \(order != nil)")
            if let filter { #expect(schema.text(filter.type).hasSuffix("Filter"), "\(place)") }
            if let order { #expect(schema.text(order.type).hasSuffix("Order"), "\(place)") }
        }
        let places = Set(connections.map(\.place))
        #expect(places.count > 40)
        #expect(places.isSuperset(of: Self.without.keys))
        #expect(places.isSuperset(of: Self.withoutOrder.keys))
    }

    @Test("An order is a field of its own enum and a direction, and every filter and order is some list's")
    func ordersAreAlike() throws {
        func isChoice(_ name: String) -> Bool { name.hasSuffix("Filter") || name.hasSuffix("Order") }
        let arguments = connections.flatMap { $0.field.arguments.map { schema[$0.type.type].name } }
        let used = Set(arguments.filter(isChoice))
        let defined = schema.types.filter { $0.kind == .inputObject }.map(\.name).filter(isChoice)
        #expect(used == Set(defined))
        for name in used where name.hasSuffix("Order") {
            let order = try #require(schema.type(named: name))
            #expect(order.inputFields.map(\.name) == ["field", "direction"], "\(name)")
            let types = order.inputFields.map { schema.text($0.type) }
            #expect(types == ["\(name)Field!", "OrderDirection!"], "\(name)")
        }
    }
}
