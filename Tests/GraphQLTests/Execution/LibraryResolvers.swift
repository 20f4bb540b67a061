import JSON
import Synchronization

@testable import GraphQL

extension Library {
    struct EchoArguments: ArgumentDecodable {
        let text: String

        init(_ values: ArgumentValues) throws {
            text = String(describing: values).replacing("GraphQL.", with: "")
        }
    }

    struct OneInt: ArgumentDecodable {
        let value: Int32
        let failAt: Int32?

        init(_ values: ArgumentValues) throws {
            value = try values.required(0)
            failAt = try values.optional(1)
        }
    }

    static func resolvers() -> ResolverTable {
        var table = ResolverTable()
        addItems(to: &table)
        addShelf(to: &table)
        addRoots(to: &table)
        table.setScalar("Even") { value in
            guard case .int(let number) = value, number.isMultiple(of: 2) else { throw InputDecodingError("it is odd") }
        }
        return table
    }

    private static func addItems(to table: inout ResolverTable) {
        table.set("Book", "id", .stored { (book: Book) in ID(prefix: "Book_", high: 0, low: UInt64(book.number)) })
        table.set("Book", "title", .stored { (book: Book) in Text("Book \"\(book.number)\" 監修") })
        table.set(
            "Book", "pages", .stored { (book: Book) -> Int32? in book.number == 2 ? nil : Int32(book.number * 100) })
        table.set(
            "Book", "author",
            .loadedObjects { (books: [Book], _: NoArguments, call) -> Objects<Person.Object> in
                let context = call.library
                return Objects(try await context.people.load(books.map { $0.number % 3 == 0 ? 200 : $0.number % 3 }))
            })
        table.set(
            "Book", "next",
            .storedObjects { (books: [Book]) -> Objects<Book.Object> in
                Objects(books.map { $0.number < 3 ? Book(number: $0.number + 1) : nil })
            })
        table.set("Disc", "id", .stored { (disc: Disc) in ID("disc-\(disc.number)") })
        table.set("Disc", "title", .stored { (disc: Disc) in "Disc \(disc.number)" })
        table.set("Disc", "seconds", .stored { (disc: Disc) in disc.number == 13 ? Double.nan : 61.5 })
        table.set("Disc", "tracks", .stored { (_: Disc) -> [Double?]? in [1.5, nil, .infinity, 2] })
        table.set("Person", "id", .stored { (person: Person) in ID("\(person.number)") })
        table.set("Person", "name", .stored { (person: Person) in "Person \(person.number)" })
        table.set(
            "Person", "books",
            .loadedObjects { (people: [Person], _: NoArguments, call) -> Objects<Book.Object> in
                call.library.log.withLock { $0.append("books of \(people.map(\.number))") }
                return Objects(lists: people.map { [Book(number: $0.number), Book(number: $0.number + 1)] })
            })
    }

    private static func addShelf(to table: inout ResolverTable) {
        table.set("Shelf", "id", .stored { (shelf: Shelf) in ID("\(shelf.number)") })
        table.set("Shelf", "label", .stored { (shelf: Shelf) -> Text? in shelf.number == 1 ? "first" : nil })
        table.set(
            "Shelf", "items",
            .storedObjects { (shelves: [Shelf]) -> Objects<ItemTag> in
                var items = AbstractObjects<ItemTag>()
                for shelf in shelves {
                    items.appendList { list in
                        list.append(Book(number: shelf.number))
                        list.append(Disc(number: shelf.number))
                        list.append(Book(number: shelf.number + 1))
                    }
                }
                return items.finish()
            })
        table.set(
            "Shelf", "itemOrNull",
            .storedObjects { (shelves: [Shelf]) -> Objects<ItemTag> in
                var items = AbstractObjects<ItemTag>()
                for _ in shelves {
                    items.appendList { list in
                        list.append(Disc(number: 13))
                        list.appendNull()
                        list.append(failure: FieldError("gone", code: .notFound))
                        list.append(Disc(number: 1))
                    }
                }
                return items.finish()
            })
        table.set(
            "Shelf", "grid",
            .storedObjects { (shelves: [Shelf]) -> Objects<Book.Object> in
                Objects(
                    column: ObjectsColumn(
                        batches: [("Book", ObjectBatch([Book(number: 1), Book(number: 2)]))],
                        shape: .tokens([-2, 2, -2, 2, 0, -1, -2, 1, 1], starts: shelves.map { _ in 0 }),
                        parentCount: shelves.count))
            })
        table.set(
            "Shelf", "strict",
            .storedObjects { (shelves: [Shelf]) -> Objects<Book.Object> in
                Objects(
                    optionalLists: shelves.map { shelf in
                        shelf.number == 1 ? [Book(number: 1), nil] : shelf.number == 2 ? nil : [Book(number: 3)]
                    })
            })
        table.set(
            "Shelf", "count",
            .loaded { (shelves: [Shelf], _: NoArguments, call) -> Leaves<Int32> in
                Leaves(
                    results: shelves.map { shelf in
                        shelf.number == 3 ? .failure(FieldError("uncountable", code: .forbidden)) : .success(3)
                    })
            })
    }

    private static func addRoots(to table: inout ResolverTable) {
        table.set(
            "Query", "shelves",
            .rootObjects { (_: NoArguments, _) -> Objects<Shelf.Object> in
                Objects(lists: [[Shelf(number: 1), Shelf(number: 2)]])
            })
        table.set("Query", "echo", .root { (arguments: EchoArguments, _) in arguments.text })
        table.set(
            "Query", "found",
            .rootObjects { (_: NoArguments, _) -> Objects<FoundTag> in
                var found = AbstractObjects<FoundTag>()
                found.appendList { list in
                    list.append(Person(number: 1))
                    list.append(Disc(number: 2))
                    list.appendNull()
                    list.append(Book(number: 1))
                }
                return found.finish()
            })
        table.set(
            "Query", "fails",
            .root { (_: NoArguments, _) -> String? in
                throw FieldError("expected", code: .forbidden, extensions: JSONObject([("hint", "ask")]))
            })
        table.set("Query", "failsHard", .root { (_: NoArguments, _) -> String in throw Secret() })
        table.set("Query", "hidden", .root { (_: NoArguments, _) -> String? in throw Secret() })
        table.set(
            "Query", "wrongType",
            .rootObjects { (_: NoArguments, _) -> Objects<ItemTag> in
                var items = AbstractObjects<ItemTag>()
                items.append(Person(number: 1))
                return items.finish()
            })
        table.set(
            "Mutation", "add",
            .rootObjects { (arguments: OneInt, call) -> Objects<Counter.Object> in
                call.library.log.withLock { $0.append("add \(arguments.value)") }
                if arguments.value == 13 { throw FieldError("bad luck", code: .forbidden) }
                return .one(Counter(value: arguments.value))
            })
        table.set(
            "Mutation", "failAdd",
            .rootObjects { (_: NoArguments, call) -> Objects<Counter.Object> in
                call.library.log.withLock { $0.append("failAdd") }
                throw FieldError("no", code: .forbidden)
            })
        table.set("Counter", "value", .stored { (counter: Counter) in counter.value })
        table.set(
            "Counter", "later",
            .loaded { (counters: [Counter], _: NoArguments, call) -> Leaves<Int32> in
                await Task.yield()
                call.library.log.withLock { $0.append("later \(counters[0].value)") }
                return Leaves(counters.map { $0.value + 1 })
            })
        table.set(
            "Counter", "evenOnly",
            .loaded { (counters: [Counter], _: NoArguments, _) -> Leaves<Int32> in
                Leaves(
                    results: counters.map {
                        $0.value.isMultiple(of: 2) ? .success($0.value) : .failure(FieldError("odd", code: .forbidden))
                    })
            })
        table.set(
            "Subscription", "ticks",
            .subscription { (arguments: OneInt, _) -> TypedSourceStream<Counter.Object> in
                guard arguments.value > 0 else { throw FieldError("nothing to count", code: .badUserInput) }
                let state = Ticks(count: arguments.value, failAt: arguments.failAt)
                return TypedSourceStream { try state.next().map { .one(Counter(value: $0)) } }
            })
        table.set(
            "Subscription", "numbers",
            .subscription { (arguments: OneInt, _) -> LeafSourceStream<Double> in
                let state = Ticks(count: arguments.value, failAt: nil)
                return LeafSourceStream { try state.next().map { LeafEvent($0 == 2 ? .nan : Double($0)) } }
            })
    }
}

// Used by one subscription's task only.
private final class Ticks: @unchecked Sendable {
    private let count: Int32
    private let failAt: Int32?
    private var current: Int32 = 0

    init(count: Int32, failAt: Int32?) {
        self.count = count
        self.failAt = failAt
    }

    func next() throws -> Int32? {
        current += 1
        if current == failAt { throw FieldError("broken", code: .internalServerError) }
        return current > count ? nil : current
    }
}

extension FieldCall {
    /// The test's context: the harness makes no other.
    fileprivate var library: Library.Context {
        guard let context = context as? Library.Context else { preconditionFailure("another context") }
        return context
    }
}
