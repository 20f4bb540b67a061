// From documents to a schema, in four steps: collect the definitions and lay extensions onto them, check their structure
// (names, references, directives), assemble the schema, check the types. An issue in the first two steps would only cause
// nonsense in the others, so the steps end there; within a step all issues are collected.

/// Builds a schema from documents with type-system definitions and extensions.
public struct SchemaBuilder: Sendable {
    private var sources: [SchemaSource] = []

    /// Makes a builder without documents.
    public init() {}

    /// Adds a document; its name, such as a file name, appears in issues.
    public mutating func add(_ document: Document, named name: String? = nil) {
        sources.append(SchemaSource(document: document, name: name, isBuiltIn: false))
    }

    /// Builds the schema of all documents together (specification, section 3.3).
    ///
    /// - Throws: `SchemaError` with everything that is wrong.
    public func build() throws(SchemaError) -> GraphQLSchema {
        var issues = IssueList()
        let syntax = SchemaSyntax(collecting: sources, into: &issues)
        for check in SchemaRules.structure { check(syntax, &issues) }
        try issues.throwIfAny()
        let schema = SchemaAssembler(syntax).assemble()
        let context = SchemaRuleContext(schema: schema, syntax: syntax)
        for check in SchemaRules.types { check(context, &issues) }
        try issues.throwIfAny()
        return schema
    }
}

extension GraphQLSchema {
    /// Builds a schema from the text of one document.
    ///
    /// - Throws: `SchemaError` with everything that is wrong, a syntax error included.
    public static func build(from text: String, named name: String? = nil) throws(SchemaError) -> GraphQLSchema {
        var builder = SchemaBuilder()
        do throws(SyntaxError) {
            builder.add(try Document(parsing: text, limits: .trusted), named: name)
        } catch {
            throw SchemaError(issues: [SchemaIssue(error.message, at: [error.location], in: name)])
        }
        return try builder.build()
    }
}
