// The schema as clients see it.

import GraphQL

/// Makes the SDL that the server publishes and builds its schema from.
enum PublicDocument {
    /// The schema's text without what speaks to the build: its directives and their enum.
    static func text(of schema: GraphQLSchema) -> String {
        SchemaPrinter(schema, omittingDirectives: BuildDirectives.names).print()
    }
}
