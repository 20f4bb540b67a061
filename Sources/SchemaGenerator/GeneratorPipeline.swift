// The generator without its command: text in, texts out, no I/O.

import GraphQL

/// A file that the generator makes.
struct GeneratedFile: Sendable, Hashable {
    /// Its name; one of ``OutputFile``.
    let name: String
    /// Its content.
    let text: String
}

/// The files that the generator makes, always all of them: the build system must know them before the schema is read.
///
/// `Sources/SchemaPlugin/plugin.swift` repeats these names, because a plugin cannot import a target; a test compares.
enum OutputFile: String, CaseIterable, Sendable {
    case tags = "Tags.swift"
    case enums = "Enums.swift"
    case inputs = "Inputs.swift"
    case arguments = "Arguments.swift"
    case objectFields = "ObjectFields.swift"
    case connectionFields = "ConnectionFields.swift"
    case payloadFields = "PayloadFields.swift"
    case rootFields = "RootFields.swift"
    case resolverTable = "ResolverTable+Schema.swift"
    case access = "TypeAccess.swift"
    case document = "SchemaDocument.swift"
}

/// SDL → schema → model → Swift, each stage a pure function.
enum GeneratorPipeline {
    /// Makes all files from the text of a schema.
    ///
    /// - Parameters:
    ///   - sdl: The schema in GraphQL's schema definition language, UTF-8.
    ///   - fileName: The name that diagnostics begin with.
    /// - Returns: One file per ``OutputFile``.
    /// - Throws: ``GeneratorFailure`` with everything that is wrong.
    static func run(sdl: [UInt8], fileName: String) throws -> [GeneratedFile] {
        let schema = try parse(sdl, fileName: fileName)
        var model = try ModelBuilder.build(schema, fileName: fileName)
        model.publicDocument = PublicDocument.text(of: schema)
        return OutputFile.allCases.map { GeneratedFile(name: $0.rawValue, text: SwiftWriter.write($0, of: model)) }
    }

    /// Parses and checks the SDL by the specification's own rules.
    static func parse(_ sdl: [UInt8], fileName: String) throws -> GraphQLSchema {
        do {
            var builder = SchemaBuilder()
            builder.add(try Document(parsing: sdl, limits: .trusted), named: fileName)
            return try builder.build()
        } catch let error as SyntaxError {
            throw GeneratorFailure(diagnostics: [
                GeneratorDiagnostic(message: error.message, location: error.location, fileName: fileName)
            ])
        } catch let error as SchemaError {
            let diagnostics = error.issues.map {
                GeneratorDiagnostic(message: $0.message, location: $0.locations.first, fileName: fileName)
            }
            throw GeneratorFailure(diagnostics: diagnostics.inFileOrder)
        }
    }
}
