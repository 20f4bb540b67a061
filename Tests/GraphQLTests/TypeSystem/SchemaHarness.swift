import GraphQL
import Testing

/// What is wrong with a schema's text, each as `line:column,line:column message`.
func issues(_ text: String) -> [String] {
    do throws(SchemaError) {
        _ = try GraphQLSchema.build(from: text)
        return []
    } catch {
        return error.issues.map { issue in
            issue.locations.map(\.description).joined(separator: ",") + " " + issue.message
        }
    }
}

/// The same with a query root that stands on the first line.
func issuesWithQuery(_ text: String) -> [String] {
    issues("type Query { query: Int }\n" + text)
}
