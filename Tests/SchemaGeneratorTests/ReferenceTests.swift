// Whole files against committed ones, for drift. `UPDATE_REFERENCE=1 swift test --filter ReferenceTests` rewrites them;
// the review shows what has changed.

import Glibc
import Testing

@testable import SchemaGenerator

@Suite("Reference files")
struct ReferenceTests {
    private static let folder = packageFolder + "/Tests/SchemaGeneratorTests/Reference/"

    @Test("A compact schema gives the committed files", arguments: OutputFile.allCases)
    func reference(file: OutputFile) throws {
        let sdl = try TextFile.read(Self.folder + "compact.graphql")
        let files = try GeneratorPipeline.run(sdl: sdl, fileName: "compact.graphql")
        let text = try #require(files.first { $0.name == file.rawValue }).text
        let path = Self.folder + file.rawValue + ".txt"
        if getenv("UPDATE_REFERENCE") != nil { try TextFile.write(text, to: path) }
        #expect(text == String(decoding: try TextFile.read(path), as: UTF8.self))
    }

    @Test("Equal schemas give equal files")
    func deterministic() throws {
        let sdl = try TextFile.read(Self.folder + "compact.graphql")
        let first = try GeneratorPipeline.run(sdl: sdl, fileName: "compact.graphql")
        #expect(try GeneratorPipeline.run(sdl: sdl, fileName: "compact.graphql") == first)
    }
}
