import GraphQL
import JSON
import Testing

@Suite("3.13.2 @include")
struct IncludeTests {
    @Test(arguments: [("false", #"{"b":"Query"}"#), ("true", #"{"a":"Query","b":"Query"}"#)])
    func `a field, a spread or an inline fragment is left out unless the condition is true`(
        condition: String, expected: String
    ) async throws {
        for selection in [
            "a: __typename @include(if: $v)", "...F @include(if: $v)", "... @include(if: $v) { a: __typename }",
        ] {
            let fragment = selection.contains("F") ? "fragment F on Query { a: __typename }" : ""
            let constant = "{ \(selection.replacing("$v", with: condition)) b: __typename } \(fragment)"
            #expect(try await Library.run(constant).data.map { "\($0)" } == expected)
            let variable = "query($v: Boolean!) { \(selection) b: __typename } \(fragment)"
            let response = try await Library.run(variable, variables: ["v": .bool(condition == "true")])
            #expect(response.data.map { "\($0)" } == expected)
        }
    }

    @Test(arguments: [
        (false, false, #"{"b":"Query"}"#), (false, true, #"{"a":"Query","b":"Query"}"#),
        (true, false, #"{"b":"Query"}"#),
        (true, true, #"{"b":"Query"}"#),
    ])
    func `with @skip both must agree, in either order`(skip: Bool, include: Bool, expected: String) async throws {
        for directives in ["@skip(if: $s) @include(if: $i)", "@include(if: $i) @skip(if: $s)"] {
            let response = try await Library.run(
                "query($s: Boolean!, $i: Boolean!) { a: __typename \(directives) b: __typename }",
                variables: ["s": .bool(skip), "i": .bool(include)])
            #expect(response.data.map { "\($0)" } == expected)
        }
    }

    @Test(arguments: [
        "{ shelves { id @include } }", "{ shelves { id @include(if: 1) } }",
        "fragment F on Query @include(if: true) { shelves { id } } { ...F }",
    ])
    func `the condition is a Boolean and given, and it stands on selections only`(query: String) async throws {
        #expect(try await Library.run(query).codes == ["GRAPHQL_VALIDATION_FAILED"])
    }

    @Test func `null in place of a condition fails each object whose fields depend on it, and no other`() async throws {
        let root = try await Library.run(
            "query($v: Boolean = true) { shelves @include(if: $v) { id } }", variables: ["v": .null])
        #expect(root.data == .null && root.codes == ["BAD_USER_INPUT"] && root.paths == ["none"])
        let nested = try await Library.run(
            "query($v: Boolean = true) { found { __typename ...N @include(if: $v) } fails: __typename } fragment N on Book { id }",
            variables: ["v": .null])
        #expect(nested.data?["fails"] == "Query")
        #expect(nested.data?["found"]?.array?.allSatisfy(\.isNull) == true)
        #expect(nested.paths.first == #"["found",0]"#)
        #expect(nested.errors.first?["locations"]?.array?.count == 1)
    }
}
