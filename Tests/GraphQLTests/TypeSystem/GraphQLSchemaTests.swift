// Looking things up in a schema.

import GraphQL
import Testing

@Suite("Schema look-up")
struct GraphQLSchemaTests {
    private let schema: GraphQLSchema

    init() throws {
        schema = try GraphQLSchema.build(
            from: """
                type Query { node(id: ID!): Node pet: Pet me: User }
                type Mutation { a: Int }
                interface Node { id: ID! }
                interface Named implements Node { id: ID! name: String }
                type User implements Named & Node { id: ID! name: String! friends(first: Int, after: String): [User!]! }
                type Dog implements Node { id: ID! }
                type Cat { age: Int }
                union Pet = Dog | Cat
                enum E { A B }
                input In { a: E }
                """)
    }

    private func id(_ name: String) throws -> TypeID { try #require(schema.type(named: name)).id }

    @Test("Fields are found by the bytes of a document, meta fields included")
    func findsFields() throws {
        let document = try Document(parsing: "{ id name nam names __typename __schema __type __other friends }")
        let found = { (type: String) -> [String?] in
            let id = try id(type)
            return document.selections.map { schema.field(of: id, named: $0.name, in: document)?.name }
        }
        #expect(try found("User") == ["id", "name", nil, nil, "__typename", nil, nil, nil, "friends"])
        #expect(try found("Query") == [nil, nil, nil, nil, "__typename", "__schema", "__type", nil, nil])
        #expect(try found("Mutation") == [nil, nil, nil, nil, "__typename", nil, nil, nil, nil])
        #expect(try found("Pet") == [nil, nil, nil, nil, "__typename", nil, nil, nil, nil])
        #expect(try found("E") == Array(repeating: nil, count: 9))
        #expect(try found("In") == Array(repeating: nil, count: 9))
    }

    @Test("The same by string")
    func findsFieldsByString() throws {
        let user = try id("User")
        #expect(schema.field(of: user, named: "name")?.index == 1)
        #expect(schema.field(of: user, named: "nope") == nil)
        #expect(schema.field(of: user, named: "__typename") === schema.typenameField)
        #expect(schema.field(of: user, named: "__schema") == nil)
        #expect(schema.field(of: schema.queryType, named: "__schema") === schema.schemaField)
        #expect(schema.field(of: schema.queryType, named: "__type") === schema.typeField)
        #expect(schema.field(of: try id("E"), named: "__typename") == nil)
    }

    @Test("Meta fields are reserved fields with the types of the specification")
    func definesMetaFields() {
        #expect(schema.text(schema.typenameField.type) == "String!")
        #expect(schema.text(schema.schemaField.type) == "__Schema!")
        #expect(schema.text(schema.typeField.type) == "__Type")
        #expect(schema.typeField.arguments.map { "\($0.name): \(schema.text($0.type))" } == ["name: String!"])
        #expect([schema.typenameField, schema.schemaField, schema.typeField].map(\.index) == [-1, -1, -1])
        #expect(schema.typenameField.metaField == .typename && schema.typeField.metaField == .type)
        #expect(schema.field(of: schema.queryType, named: "pet")?.metaField == nil)
    }

    @Test("Types, arguments, input fields, enum values and directives are found by the bytes of a document")
    func findsOthers() throws {
        let document = try Document(parsing: "{ User first A a skip nope }")
        let names = document.selections.map(\.name)
        let field = try #require(schema.field(of: try id("User"), named: "friends"))
        #expect(names.map { schema.type(named: $0, in: document)?.name } == ["User", nil, nil, nil, nil, nil])
        #expect(names.map { field.argument(named: $0, in: document)?.name } == [nil, "first", nil, nil, nil, nil])
        #expect(
            names.map { schema[try! id("E")].enumValue(named: $0, in: document)?.index } == [
                nil, nil, 0, nil, nil, nil,
            ])
        #expect(
            names.map { schema[try! id("In")].inputField(named: $0, in: document)?.name } == [
                nil, nil, nil, "a", nil, nil,
            ])
        #expect(names.map { schema.directive(named: $0, in: document)?.name } == [nil, nil, nil, nil, "skip", nil])
        #expect(schema.type(named: "E")?.enumValue(named: "B")?.index == 1)
        #expect(schema.type(named: "In")?.inputField(named: "b") == nil)
    }

    @Test("All of many fields are found")
    func findsAllOfManyFields() throws {
        let names = (0..<500).map { "field\($0)" }
        let schema = try GraphQLSchema.build(
            from: "type Query { " + names.map { "\($0): Int" }.joined(separator: " ") + " }")
        let document = try Document(
            parsing: "{ " + names.joined(separator: " ") + " }", limits: .trusted)
        let indices = document.selections.map {
            schema.field(of: schema.queryType, named: $0.name, in: document)?.index
        }
        #expect(indices == Array(0..<500))
    }

    @Test("Possible types are the object itself, the members, or the implementing objects")
    func knowsPossibleTypes() throws {
        func possible(_ name: String) throws -> [String] {
            schema.possibleTypes(of: try id(name)).map { schema[$0].name }
        }
        #expect(try possible("User") == ["User"])
        #expect(try possible("Pet") == ["Dog", "Cat"])
        #expect(try possible("Node") == ["User", "Dog"])
        #expect(try possible("Named") == ["User"])
        #expect(try possible("E") == [])
        #expect(schema.implementations(of: try id("Node")).map { schema[$0].name } == ["Named", "User", "Dog"])
    }

    @Test(
        "Fragments can apply when some object is possible for both types",
        arguments: [
            ("Node", "Pet", true), ("Named", "Pet", false), ("Named", "Node", true), ("User", "Node", true),
            ("Cat", "Node", false), ("Dog", "Dog", true), ("Dog", "Cat", false), ("E", "E", false),
        ])
    func knowsOverlaps(_ left: String, _ right: String, _ expected: Bool) throws {
        #expect(schema.overlap(try id(left), try id(right)) == expected)
        #expect(schema.overlap(try id(right), try id(left)) == expected)
    }

    @Test("A bit tells whether an object is possible")
    func knowsPossibility() throws {
        #expect(schema.isPossible(try id("Dog"), of: try id("Pet")))
        #expect(!schema.isPossible(try id("User"), of: try id("Pet")))
        #expect(schema.isPossible(try id("User"), of: try id("User")))
        #expect(!schema.isPossible(try id("Named"), of: try id("Node")), "only objects are possible")
    }

    @Test(
        "Subtypes are covariant in names, lists and non-nulls",
        arguments: [
            ("User", "Node", true), ("Named", "Node", true), ("Node", "Named", false), ("Dog", "Pet", true),
            ("User!", "Node", true), ("User", "Node!", false), ("User!", "Node!", true), ("[User!]!", "[Node]", true),
            ("[User]", "[Node!]", false), ("User", "[Node]", false), ("[User]", "Node", false), ("[E!]", "[E]", true),
        ])
    func knowsSubtypes(_ left: String, _ right: String, _ expected: Bool) throws {
        func reference(_ text: String) throws -> TypeReference {
            let document = try Document(parsing: "query ($v: \(text)) { f }")
            let node = document.variableDefinitions[0].type
            return TypeReference(try #require(schema.type(named: node.name, in: document)).id, node.wrapping)
        }
        #expect(schema.isSubtype(try reference(left), of: try reference(right)) == expected)
    }

    @Test("Kinds tell where a type can stand")
    func knowsKinds() throws {
        let names = ["Query", "Node", "Pet", "E", "In", "ID", "__Type"]
        func flags(_ flag: (NamedType) -> Bool) throws -> [Bool] { try names.map { flag(schema[try id($0)]) } }
        #expect(try flags(\.isComposite) == [true, true, true, false, false, false, true])
        #expect(try flags(\.isAbstract) == [false, true, true, false, false, false, false])
        #expect(try flags(\.isInput) == [false, false, false, true, true, true, false])
        #expect(try flags(\.isOutput) == [true, true, true, true, false, true, true])
        #expect(try flags(\.isIntrospection) == [false, false, false, false, false, false, true])
    }

    @Test("Coordinates find elements; what is missing inside a container is nil, a missing container throws")
    func resolvesCoordinates() throws {
        func find(_ text: String) throws -> String? {
            switch try schema.element(at: SchemaCoordinate(parsing: text)) {
            case .type(let type): "type \(type.name)"
            case .field(let field): "field \(field.name)"
            case .inputField(let field): "input field \(field.name)"
            case .enumValue(let value): "enum value \(value.name)"
            case .argument(let argument): "argument \(argument.name)"
            case .directive(let directive): "directive \(directive.name)"
            case nil: nil
            }
        }
        #expect(try find("User") == "type User")
        #expect(try find("User.friends") == "field friends")
        #expect(try find("In.a") == "input field a")
        #expect(try find("E.B") == "enum value B")
        #expect(try find("User.friends(after:)") == "argument after")
        #expect(try find("@deprecated") == "directive deprecated")
        #expect(try find("@deprecated(reason:)") == "argument reason")
        for missing in ["Nope", "User.nope", "In.nope", "E.C", "User.friends(nope:)", "@nope", "@skip(nope:)"] {
            #expect(try find(missing) == nil)
        }
        for wrong in ["Nope.a", "ID.a", "Pet.a", "User.nope(a:)", "E.A(a:)", "Nope.a(b:)", "@nope(a:)"] {
            #expect(throws: SchemaError.self) { try find(wrong) }
        }
    }

    @Test("Elements keep their place and the directives that were applied to them, with their arguments")
    func keepsDirectivesAndPlaces() throws {
        let schema = try GraphQLSchema.build(
            from: """
                directive @cost(weight: Int = 1, list: [String!]) repeatable on FIELD_DEFINITION | ARGUMENT_DEFINITION
                type Query {
                  a(x: In = { n: 1 } @cost): Int @cost(weight: 5) @cost(list: ["a", "b"])
                }
                input In { n: Int }
                """)
        let field = try #require(schema[schema.queryType].field(named: "a"))
        #expect(field.location == SourceLocation(line: 3, column: 3))
        #expect(field.directives.map(\.name) == ["cost", "cost"])
        #expect(field.directives[0]["weight"] == .int(5) && field.directives[0]["list"] == nil)
        #expect(field.directives[1]["list"] == .list([.string("a"), .string("b")]))
        let argument = try #require(field.argument(named: "x"))
        #expect(argument.directives.first(named: "cost") != nil && argument.defaultValue?["n"] == .int(1))
        #expect(schema.directive(named: "cost")?.isRepeatable == true)
        #expect(schema.directive(named: "cost")?.locations == [.fieldDefinition, .argumentDefinition])
    }
}
