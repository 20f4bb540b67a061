import GraphQL
import Schema
import Testing

@Suite("Generated inputs, enums and tables")
struct GeneratedInputsTests {
    @Test("An input object is decoded by index")
    func input() throws {
        let input = try CreateProjectInput(input: .object([.string("o"), .string("n"), .string("")]))
        #expect(input.organizationId == ID("o"))
        #expect(input.name == "n")
        #expect(input.description == "")
    }

    @Test("Absent and null are told apart")
    func presence() throws {
        let input = try UpdateProjectInput(input: .object([.string("p"), nil, .null]))
        #expect(input.name == nil && input.description == nil)
        #expect(!input.isPresent(.name))
        #expect(input.isPresent(.description))
        #expect(input.isPresent(.projectId))
    }

    @Test("A @oneOf input is the field that was given")
    func oneOf() throws {
        guard case .copyrightCheck(true) = try ReviewSelectionInput(input: .object([nil, nil, .boolean(true)])) else {
            Issue.record("expected copyrightCheck")
            return
        }
        guard
            case .rpdIds(["a", "b"]) = try ReviewSelectionInput(
                input: .object([.list([.string("a"), .string("b")]), nil, nil]))
        else {
            Issue.record("expected rpdIds")
            return
        }
        #expect(throws: InputDecodingError.self) { try ReviewSelectionInput(input: .object([nil, nil, nil])) }
    }

    @Test("Nested inputs, enums and custom scalars are decoded")
    func nested() throws {
        let key = UUIDScalar(high: 1, low: 2)
        let input = try StartReviewInput(
            input: .object([
                .string("s"), .object([nil, nil, .boolean(true)]), .enumValue("SPEED"), .string(key.description),
            ]))
        #expect(input.mode == .speed)
        #expect(input.requestKey == key)
        #expect(throws: InputDecodingError.self) {
            try StartReviewInput(
                input: .object([.string("s"), .object([nil, nil, .boolean(true)]), .enumValue("SLOW"), nil]))
        }
        #expect(throws: InputDecodingError.self) { try StartReviewInput(input: .string("s")) }
    }

    @Test("Every value of every enum is written and read by its name", arguments: UserErrorCode.allCases)
    func enums(value: UserErrorCode) throws {
        #expect(response(value) == "\"\(value.rawValue)\"")
        #expect(try UserErrorCode(input: .enumValue(value.rawValue)) == value)
    }

    @Test("Types name their rule of access")
    func access() {
        #expect(TypeAccess.rules["Project"] == .projectMember)
        #expect(TypeAccess.rules["PageInfo"] == .inherited)
        #expect(TypeAccess.rules["Query"] == .public)
        #expect(TypeAccess.rules["Nothing"] == nil)
    }
}
