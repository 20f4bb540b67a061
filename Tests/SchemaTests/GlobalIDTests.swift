import GraphQL
import Schema
import Testing

@Suite("Global identifiers")
struct GlobalIDTests {
    private let uuid = UUIDScalar(high: 0x0123_4567_89ab_cdef, low: 0x1)
    private let text = "Project_0123456789abcdef0000000000000001"

    @Test("An identifier is the type's name and 32 digits")
    func roundTrip() throws {
        #expect(GlobalID(typeName: "Project", uuid: uuid).id.text == text)
        let parsed = try #require(GlobalID(text))
        #expect(parsed.typeName == "Project")
        #expect(parsed.uuid == uuid)
        #expect(GlobalID(ID(text)) == parsed)
        #expect(GlobalID("My_Type2_0123456789abcdef0000000000000001")?.typeName == "My_Type2")
    }

    @Test("The tag of a type makes and reads its own identifiers only")
    func tags() {
        #expect(ProjectType.id(uuid).text == text)
        #expect(response(ProjectType.id(uuid)) == "\"\(text)\"")
        #expect(ProjectType.uuid(in: ID(text)) == uuid)
        #expect(ReviewType.uuid(in: ID(text)) == nil)
        #expect(ProjectType.uuid(in: ProjectType.id(uuid)) == uuid)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "Project", "Project_", "_0123456789abcdef0000000000000001", "0123456789abcdef0000000000000001",
            "Project_0123456789abcdef000000000000001", "Project_0123456789abcdef00000000000000011",
            "Project_0123456789ABCDEF0000000000000001", "Project-0123456789abcdef0000000000000001",
            "Project_01234567-89ab-cdef-0000-000000000001", "1Project_0123456789abcdef0000000000000001",
            "Projekt\u{E9}_0123456789abcdef0000000000000001", "Project_0123456789abcdef000000000000000g",
            " Project_0123456789abcdef0000000000000001", "Project_0123456789abcdef0000000000000001 ",
            String(repeating: "A", count: 300) + "_0123456789abcdef0000000000000001",
        ])
    func refused(text: String) {
        #expect(GlobalID(text) == nil)
    }

    @Test("Every type behind Node is known by its name")
    func possibleTypes() {
        #expect(NodeType.PossibleType(rawValue: "Project") == .project)
        #expect(NodeType.PossibleType(rawValue: "PageInfo") == nil)
    }
}
