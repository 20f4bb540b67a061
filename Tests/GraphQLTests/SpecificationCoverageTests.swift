import Foundation
import Testing

/// Every section of chapter 5 that demands something has its rule, and every rule its tests.
@Suite("Specification coverage of validation")
struct SpecificationCoverageTests {
    private static let sections = [
        "5.1.1", "5.2.1.1", "5.2.2.1", "5.2.3.1", "5.2.4.1", "5.3.1", "5.3.2", "5.3.3", "5.4.1", "5.4.2", "5.4.3",
        "5.5.1.1", "5.5.1.2", "5.5.1.3", "5.5.1.4", "5.5.2.1", "5.5.2.2", "5.5.2.3", "5.6.1", "5.6.2", "5.6.3",
        "5.6.4", "5.7.1", "5.7.2", "5.7.3", "5.8.1", "5.8.2", "5.8.3", "5.8.4", "5.8.5",
    ]

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Section5Validation")
    private static let rules = tests.appending(path: "../../../Sources/GraphQL/Validation/Rules").standardized

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".swift") }.sorted()
    }

    @Test(arguments: sections)
    func `a section has a rule that names it and links it`(section: String) throws {
        let heads = try names(in: Self.rules).map { name in
            try String(contentsOf: Self.rules.appending(path: name), encoding: .utf8).prefix { $0 != "\n" }
        }
        let head = heads.filter { $0.hasPrefix("// Specification, section \(section),") }
        #expect(head.count == 1)
        #expect(head.first?.contains("https://spec.graphql.org/September2025/#sec-") ?? false)
    }

    @Test func `a rule has tests`() throws {
        let tested = Set(try names(in: Self.tests))
        let untested = try names(in: Self.rules).filter {
            !tested.contains($0.replacing(".swift", with: "Tests.swift"))
        }
        #expect(untested == [])
    }
}
