import JSON
import Testing

@testable import GraphQL

/// Asks an engine what a value becomes as the argument of a field.
enum Coercion {
    private static let types = """
        enum E { A B }
        input In { a: String b: Int! c: [E!] = [A] }
        input One @oneOf { a: String b: Int }
        input Nest { in: In = { b: 5 } list: [Nest] }
        scalar Any
        """

    private struct Echo: ArgumentDecodable {
        let text: String

        init(_ values: ArgumentValues) { text = values.values.first.map(describe) ?? "" }
    }

    /// What `f(a: literal)` gives its resolver when `a` is of that type; `request error` or `execution error` when it
    /// is refused.
    ///
    /// A literal without variables must be judged in the same way as a default value of the schema.
    static func literal(
        _ type: String, _ literal: String, variables: String = "", values: JSONObject = [:],
        at location: Testing.SourceLocation = #_sourceLocation
    ) async throws -> String {
        let head = variables.isEmpty ? "query" : "query(\(variables))"
        let result = try await run("\(head) { f(a: \(literal)) }", values, argument: type)
        guard variables.isEmpty, !type.contains("=") else { return result }
        if let asDefault = try? await run("{ f }", [:], argument: "\(type) = \(literal)") {
            // Only the engine knows a custom scalar's opinion, so a default that it refuses fails with its field.
            let isRefused = result == "request error" && asDefault == "execution error"
            #expect(asDefault == result || isRefused, sourceLocation: location)
        } else {
            #expect(result == "request error", "only the default is refused", sourceLocation: location)
        }
        return result
    }

    /// What a variable of that type with a JSON value gives; nil: the variable is absent.
    static func json(_ type: String, _ json: String?) async throws -> String {
        let values = try json.map { JSONObject([("v", try JSONReader.read($0))]) } ?? [:]
        return try await run("query($v: \(type)) { f(a: $v) }", values, argument: type)
    }

    private static func run(_ query: String, _ values: JSONObject, argument: String) async throws -> String {
        let schema = try GraphQLSchema.build(from: "type Query { f(a: \(argument)): String } \(types)")
        var table = ResolverTable()
        table.set("Query", "f", .root { (echo: Echo, _) -> String? in echo.text })
        table.setScalar("Any") { value in
            if case .int(13) = value { throw InputDecodingError("it brings bad luck") }
        }
        let response = try await Library.run(
            query, variables: values, engine: Engine(schema: schema, resolvers: table))
        guard response.errors.isEmpty else { return response.data == nil ? "request error" : "execution error" }
        return response.data?["f"]?.string ?? "no answer"
    }

    /// The value in the manner of a literal; `absent` when there is none.
    ///
    /// Input objects have a value per defined field.
    static func describe(_ value: InputValue?) -> String {
        switch value {
        case nil: "absent"
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .int(let value): "\(value)"
        case .float(let value): "\(value)"
        case .string(let value): "\"\(value)\""
        case .enumValue(let name): name
        case .list(let items): "[" + items.map(describe).joined(separator: ", ") + "]"
        case .object(let fields): "{" + fields.map(describe).joined(separator: ", ") + "}"
        case .record(let members):
            "{" + members.map { "\($0.name): \(describe($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
