import Foundation
import Testing

@Suite("Imports")
struct ImportTests {
    @Test("Every import in Sources follows an arrow of the design")
    func everyImportFollowsAnArrow() throws {
        let violations = try SourceTree.sources().flatMap(ImportRule.violations)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test("Every folder under Sources is a target of the table or a module of C without Swift")
    func everyFolderIsKnown() throws {
        let sources = SourceTree.root.appending(path: "Sources")
        let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
        for folder in folders where !Arrows.targets.contains(folder) {
            let contents = try FileManager.default.contentsOfDirectory(atPath: sources.appending(path: folder).path)
            let isLibrary = contents.sorted() == ["module.modulemap", "shim.h"]
            // The migrations are text that a C file takes in.
            #expect(isLibrary || folder == "CMigrations", "\(folder) has \(contents)")
        }
        #expect(try SourceTree.sources().allSatisfy { Arrows.targets.contains($0.target) })
    }

    @Test("An arrow goes to a lower level only")
    func arrowsGoDown() {
        for (index, row) in Arrows.modules.enumerated() {
            let lower = Set(Arrows.modules[..<index].map(\.target))
            #expect(row.mayImport.intersection(Arrows.targets).isSubset(of: lower), "\(row.target)")
        }
    }

    @Test("JSON and GraphQL import nothing but each other, the C library and locks")
    func engineHasNoFoundation() throws {
        let engine = try SourceTree.sources().filter { ["JSON", "GraphQL"].contains($0.target) }
        #expect(!engine.isEmpty)
        let imported = Set(engine.flatMap { ImportRule.imports(of: $0).map(\.module) })
        #expect(imported.isSubset(of: ["JSON", "Glibc", "Synchronization"]), "\(imported.sorted())")
    }

    @Test(
        "A wrong import is found however it is written",
        arguments: [
            "import Database", "public import Database", "@testable import Database", "import struct Database.Row",
            "@preconcurrency public import Database", "  import Database // why", "import NIOCore", "import Foundation",
        ])
    func wrongImportIsFound(line: String) {
        let file = SourceFile(path: "Sources/GraphQL/Engine.swift", text: "import JSON\n\(line)\n")
        #expect(ImportRule.violations(in: file).count == 1)
    }

    @Test(
        "What only looks like an import is left alone",
        arguments: ["// import Database", "let text = \"import Database\"", "/* import\nimport Database\n*/"])
    func commentsAndStringsAreNoImports(text: String) {
        let file = SourceFile(path: "Sources/GraphQL/Engine.swift", text: text)
        #expect(ImportRule.violations(in: file).isEmpty)
    }
}
