import GraphQL
import Schema
import Testing

/// The rules that the public schema keeps, without an exception.
@Suite("Schema lint")
struct SchemaLintTests {
    private let schema: GraphQLSchema

    init() throws {
        schema = try GraphQLSchema.build(from: SchemaDocument.sdl)
    }

    private var types: [NamedType] { schema.types.filter { !$0.isBuiltIn && !$0.isIntrospection } }
    private var objects: [NamedType] { types.filter { $0.kind == .object } }

    /// All fields of objects and interfaces, with their places.
    private var fields: [(place: String, field: FieldDefinition)] {
        types.flatMap { type in type.fields.map { ("\(type.name).\($0.name)", $0) } }
    }

    /// All arguments and input fields, with their places; the fields of a `@oneOf` input are names of alternatives.
    private var inputs: [(place: String, value: InputValueDefinition)] {
        fields.flatMap { place, field in field.arguments.map { ("\(place)(\($0.name))", $0) } }
            + types.filter { !$0.isOneOf }.flatMap { type in type.inputFields.map { ("\(type.name).\($0.name)", $0) } }
    }

    private func name(of type: TypeReference) -> String { schema[type.type].name }

    @Test("Everything is described in sentences")
    func describesEverything() {
        var described = types.map { ($0.name, $0.description) }
        described += fields.map { ($0.place, $0.field.description) }
        described += inputs.map { ($0.place, $0.value.description) }
        described += types.flatMap { type in type.enumValues.map { ("\(type.name).\($0.name)", $0.description) } }
        let missing = described.filter { ($0.1 ?? "").isEmpty }.map(\.0)
        #expect(missing == [])
        let unfinished = described.filter { !".!?)`".contains(($0.1 ?? ".").last ?? ".") }.map(\.0)
        #expect(unfinished == [])
    }

    @Test("Types are written LikeThis, fields and arguments likeThis, values LIKE_THIS")
    func namesAreWrittenAlike() {
        #expect(types.map(\.name).filter { !isCamelCase($0, startsUpper: true) } == [])
        let lower = fields.map(\.field.name) + inputs.map(\.value.name)
        #expect(lower.filter { !isCamelCase($0, startsUpper: false) } == [])
        let values = types.flatMap { type in type.enumValues.map(\.name) }
        #expect(values.filter { !$0.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" } } == [])
    }

    private func isCamelCase(_ name: String, startsUpper: Bool) -> Bool {
        guard let first = name.first, first.isUppercase == startsUpper else { return false }
        return name.allSatisfy { $0.isLetter || $0.isNumber }
    }

    @Test(
        "Moments end in At, or From, Before and After in filters, references to one thing in Id, to many in Ids, questions begin with is, has, can or viewer"
    )
    func namesTellTheirTypes() {
        let all =
            fields.map { ($0.place, $0.field.name, $0.field.type) }
            + inputs.map { ($0.place, $0.value.name, $0.value.type) }
        for (place, fieldName, type) in all {
            switch name(of: type) {
            case "DateTime":
                #expect(["At", "From", "Before", "After"].contains(where: fieldName.hasSuffix), "\(place)")
            case "Boolean":
                let verbs = ["is", "has", "can", "viewer"]
                #expect(verbs.contains(where: fieldName.hasPrefix), "\(place)")
            default: break
            }
        }
        for (place, value) in inputs where name(of: value.type) == "ID" {
            let suffix = value.type.isList ? "ds" : "d"
            #expect(
                ["id", "ids", "after", "before"].contains(value.name) || value.name.hasSuffix("I" + suffix), "\(place)")
        }
    }

    @Test("Connections are Relay's: arguments, shape, and a size for the costs")
    func connectionsAreWhole() throws {
        for (place, field) in fields where name(of: field.type).hasSuffix("Connection") {
            for (argument, type) in [("first", "Int"), ("after", "String"), ("last", "Int"), ("before", "String")] {
                let found = try #require(field.argument(named: argument), "\(place)(\(argument))")
                #expect(schema.text(found.type) == type, "\(place)(\(argument))")
            }
            #expect(!field.type.isList, "\(place)")
            #expect(field.directives.contains { $0.name == "listSize" }, "\(place) has no @listSize")
        }
        for type in objects where type.name.hasSuffix("Connection") {
            let stem = String(type.name.dropLast("Connection".count))
            #expect(type.fields.map(\.name) == ["edges", "pageInfo", "totalCount"], "\(type.name)")
            #expect(
                type.fields.map { schema.text($0.type) } == ["[\(stem)Edge!]!", "PageInfo!", "Int!"], "\(type.name)")
            let edge = try #require(schema.type(named: "\(stem)Edge"))
            #expect(edge.fields.map(\.name) == ["cursor", "node"], "\(edge.name)")
            #expect(edge.fields.map { schema.text($0.type) } == ["String!", "\(stem)!"], "\(edge.name)")
        }
    }

    @Test("A mutation takes one input of its own and gives a payload with the errors of the form")
    func mutationsAreAlike() throws {
        let mutation = schema[try #require(schema.mutationType)]
        for field in mutation.fields {
            let capitalized = field.name.prefix(1).uppercased() + field.name.dropFirst()
            #expect(field.arguments.map(\.name) == (field.arguments.isEmpty ? [] : ["input"]), "\(field.name)")
            for argument in field.arguments { #expect(schema.text(argument.type) == "\(capitalized)Input!") }
            #expect(field.type.isNonNull && name(of: field.type).hasSuffix("Payload"), "\(field.name)")
            // What a payload can lack, its form's errors explain; what is refused with an error needs none.
            let payload = schema[field.type.type]
            let canLack = payload.fields.contains { !$0.type.isNonNull }
            let errors = payload.field(named: "userErrors").map { schema.text($0.type) }
            #expect(errors == "[UserError!]!" || errors == nil && !canLack, "\(payload.name)")
        }
    }

    @Test("No list has holes, but that of nodes, whose items may be hidden")
    func listsHaveNoHoles() {
        for (place, field) in fields where field.type.isList {
            #expect(field.type.item.isNonNull || place == "Query.nodes", "\(place)")
        }
        for (place, value) in inputs where value.type.isList { #expect(value.type.nullable.item.isNonNull, "\(place)") }
    }

    @Test("What has an id is a node, and a node can be null where something refers to it only if it says so")
    func nodesAreNodes() throws {
        let node = try #require(schema.type(named: "Node"))
        for type in objects {
            let hasID = type.field(named: "id").map { schema.text($0.type) } == "ID!"
            #expect(hasID == type.interfaces.contains(node.id), "\(type.name)")
        }
    }
}
