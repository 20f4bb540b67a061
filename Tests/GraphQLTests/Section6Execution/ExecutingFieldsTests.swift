import GraphQL
import JSON
import Testing

@Suite("6.4 Executing Fields")
struct ExecutingFieldsTests {
    @Test func `a field's arguments are coerced, its value resolved and completed`() async throws {
        let response = try await Library.run("{ echo(int: 1, genre: ANIME) }")
        #expect(response.data?["echo"]?.string?.contains(#"int(1)"#) == true)
        #expect(response.data?["echo"]?.string?.contains(#"enumValue("ANIME")"#) == true)
    }

    @Test func `a merged field has the arguments of its first occurrence, which all others repeat`() async throws {
        let same = try await Library.run("query($v: Int) { echo(int: $v) ... { echo(int: $v) } }", variables: ["v": 3])
        #expect(same.data?["echo"]?.string?.contains("int(3)") == true)
        let different = try await Library.run("{ echo(int: 1) ... { echo(int: 2) } }")
        #expect(different.data == nil && different.codes == ["GRAPHQL_VALIDATION_FAILED"])
    }
}
