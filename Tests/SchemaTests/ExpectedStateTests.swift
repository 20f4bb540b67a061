import GraphQL
import Schema
import Testing

/// Of two people who change one thing, the second must be able to learn of the first.
@Suite("The expected state in mutations")
struct ExpectedStateTests {
    private let schema: GraphQLSchema

    init() throws {
        schema = try GraphQLSchema.build(from: SchemaDocument.sdl)
    }

    /// Inputs that change something and expect no state, with the reason.
    private static let without: [String: String] = [
        "UpdatePreferencesInput": "they are one person's own",
        "UpdateTasksInput": "many tasks get the same value, whatever they had",
        "SetOrganizationAdminInput": "a right is given or taken, whatever it was",
        "SetUserRoleInput": "a right is given or taken, whatever it was",
        "SetProjectArchivedInput": "a switch: who repeats it changes nothing, who turns it back means to",
        "SetRpdActiveInput": "a switch: who repeats it changes nothing, who turns it back means to",
        "SetRpdsActiveInput": "a switch: who repeats it changes nothing, who turns it back means to",
        "SetAnnotationSolvedInput": "a switch: who repeats it changes nothing, who turns it back means to",
    ]

    @Test("Every update, and everything that is set as a whole, can name the state that the person saw")
    func updatesNameTheState() {
        let inputs = schema.types.filter { $0.kind == .inputObject }
        var found: Set<String> = []
        for input in inputs where ["Update", "Set"].contains(where: input.name.hasPrefix) {
            let expected = input.inputFields.first { $0.name == "expectedUpdatedAt" }
            #expect((expected == nil) == (Self.without[input.name] != nil), "\(input.name)")
            found.insert(input.name)
        }
        #expect(found.count > 15)
        #expect(found.isSuperset(of: Self.without.keys))
        for input in inputs {
            guard let expected = input.inputFields.first(where: { $0.name == "expectedUpdatedAt" }) else { continue }
            #expect(schema.text(expected.type) == "DateTime", "\(input.name)")
        }
    }

    @Test("A mutation that expects a state answers with the present one")
    func answersHaveTheState() throws {
        let mutation = schema[try #require(schema.mutationType)]
        for field in mutation.fields {
            guard let input = field.argument(named: "input").map({ schema[$0.type.type] }),
                input.inputFields.contains(where: { $0.name == "expectedUpdatedAt" })
            else { continue }
            let changed = schema[field.type.type].fields.filter {
                schema[$0.type.type].field(named: "updatedAt") != nil
            }
            #expect(changed.count == 1, "\(field.name)")
            #expect(
                changed.allSatisfy { $0.description?.contains("also when there are user errors") == true },
                "\(field.name)")
        }
    }
}
