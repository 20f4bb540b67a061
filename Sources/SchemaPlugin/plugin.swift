// Tells the build how `schema.graphql` becomes Swift. The work is in SchemaGenerator.

import Foundation
import PackagePlugin

/// Runs the generator when the SDL has changed.
@main
struct GenerateSchema: BuildToolPlugin {
    /// The generator's `OutputFile`; a test compares.
    static let outputs = [
        "Tags.swift", "Enums.swift", "Inputs.swift", "Arguments.swift", "ObjectFields.swift", "ConnectionFields.swift",
        "PayloadFields.swift", "RootFields.swift", "ResolverTable+Schema.swift", "TypeAccess.swift",
        "SchemaDocument.swift",
    ]

    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        let input = context.package.directoryURL.appending(path: "schema.graphql")
        let folder = context.pluginWorkDirectoryURL
        return [
            .buildCommand(
                displayName: "Generating Swift from schema.graphql",
                executable: try context.tool(named: "SchemaGenerator").url,
                arguments: [input.path(percentEncoded: false), folder.path(percentEncoded: false)],
                inputFiles: [input],
                outputFiles: Self.outputs.map { folder.appending(path: $0) })
        ]
    }
}
