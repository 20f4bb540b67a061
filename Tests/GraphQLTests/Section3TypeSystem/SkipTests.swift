import GraphQL
import JSON
import Testing

@Suite("3.13.1 @skip")
struct SkipTests {
    @Test(arguments: [("true", #"{"b":"Query"}"#), ("false", #"{"a":"Query","b":"Query"}"#)])
    func `a field, a spread or an inline fragment is left out when the condition is true`(
        condition: String, expected: String
    ) async throws {
        for selection in ["a: __typename @skip(if: $v)", "...F @skip(if: $v)", "... @skip(if: $v) { a: __typename }"] {
            let fragment = selection.contains("F") ? "fragment F on Query { a: __typename }" : ""
            let constant = "{ \(selection.replacing("$v", with: condition)) b: __typename } \(fragment)"
            #expect(try await Library.run(constant).data.map { "\($0)" } == expected)
            let variable = "query($v: Boolean!) { \(selection) b: __typename } \(fragment)"
            let response = try await Library.run(variable, variables: ["v": .bool(condition == "true")])
            #expect(response.data.map { "\($0)" } == expected)
        }
    }

    @Test(arguments: [
        "{ shelves { id @skip } }", "{ shelves { id @skip(if: \"yes\") } }", "query @skip(if: true) { shelves { id } }",
    ])
    func `the condition is a Boolean and given, and it stands on selections only`(query: String) async throws {
        #expect(try await Library.run(query).codes == ["GRAPHQL_VALIDATION_FAILED"])
    }

    @Test func `null in place of a condition fails each object whose fields depend on it, and no other`() async throws {
        let root = try await Library.run(
            "query($v: Boolean = false) { shelves @skip(if: $v) { id } }", variables: ["v": .null])
        #expect(root.data == .null && root.codes == ["BAD_USER_INPUT"] && root.paths == ["none"])
        let nested = try await Library.run(
            "query($v: Boolean = false) { found { __typename ...N @skip(if: $v) } fails: __typename } fragment N on Book { id }",
            variables: ["v": .null])
        #expect(nested.data?["fails"] == "Query")
        #expect(nested.data?["found"]?.array?.allSatisfy(\.isNull) == true)
        #expect(nested.paths.first == #"["found",0]"#)
        #expect(nested.errors.first?["locations"]?.array?.count == 1)
    }
}
