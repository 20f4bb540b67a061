// What the tests of the generator share: small schemas in, Swift or diagnostics out.

import GraphQL
import Testing

@testable import SchemaGenerator

/// The directives of the build and a query root, so that a snippet need not repeat them.
let prelude = """
    directive @loaded on FIELD_DEFINITION
    directive @stored on FIELD_DEFINITION
    directive @access(rule: AccessRule!) on OBJECT
    enum AccessRule { PUBLIC PROJECT_MEMBER }
    interface Node { id: ID! }
    type Query @access(rule: PUBLIC) { ping: Boolean! }

    """

/// The Swift of one file for a snippet behind the prelude.
func generate(_ file: OutputFile, _ snippet: String) throws -> String {
    let files = try GeneratorPipeline.run(sdl: Array((prelude + snippet).utf8), fileName: "schema.graphql")
    return try #require(files.first { $0.name == file.rawValue }).text
}

/// The diagnostics for a snippet behind the prelude; their lines are counted from the snippet's first.
func diagnostics(_ snippet: String) -> [String] {
    let offset = prelude.count { $0 == "\n" }
    do {
        _ = try GeneratorPipeline.run(sdl: Array((prelude + snippet).utf8), fileName: "schema.graphql")
        return []
    } catch let failure as GeneratorFailure {
        return failure.diagnostics.map { diagnostic in
            let location = diagnostic.location.map { SourceLocation(line: $0.line - offset, column: $0.column) }
            return "\(location?.description ?? "-"): \(diagnostic.message)"
        }
    } catch {
        return ["\(error)"]
    }
}

/// Checks that lines stand together in a text, whatever their indentation as a whole.
func expectLines(
    _ lines: String, in text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    func trimmed(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    }
    #expect(trimmed(text).contains(trimmed(lines)), "in \(text)", sourceLocation: sourceLocation)
}

/// The folder of the package.
let packageFolder: String = {
    // Tests/SchemaGeneratorTests/GeneratorHarness.swift is three steps below.
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
}()
