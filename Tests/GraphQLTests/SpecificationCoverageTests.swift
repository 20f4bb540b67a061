import Foundation
import Testing

/// Every section of the September 2025 edition that demands something has a suite that names it, and every validation rule
/// its file.
@Suite("Specification coverage")
struct SpecificationCoverageTests {
    /// A chapter: the folder of its suites, and its sections as the edition numbers and calls them.
    struct Chapter: CustomTestStringConvertible {
        let folder: String
        let sections: [String]

        var testDescription: String { folder }
    }

    private static let chapters = [
        Chapter(
            folder: "Section2Language",
            sections: [
                "2.1 Source Text", "2.1.1 White Space", "2.1.2 Line Terminators", "2.1.3 Comments",
                "2.1.4 Insignificant Commas", "2.1.5 Lexical Tokens", "2.1.6 Ignored Tokens", "2.1.7 Punctuators",
                "2.1.8 Names", "2.2 Descriptions", "2.3 Document", "2.4 Operations", "2.5 Selection Sets", "2.6 Fields",
                "2.7 Arguments", "2.8 Field Alias", "2.9 Fragments", "2.9.1 Type Conditions", "2.9.2 Inline Fragments",
                "2.10 Input Values", "2.10.1 Int Value", "2.10.2 Float Value", "2.10.3 Boolean Value",
                "2.10.4 String Value", "2.10.5 Null Value", "2.10.6 Enum Value", "2.10.7 List Value",
                "2.10.8 Input Object Values", "2.11 Variables", "2.12 Type References", "2.13 Directives",
                "2.14 Schema Coordinates",
            ]),
        Chapter(
            folder: "Section3TypeSystem",
            sections: [
                "3.1 Type System Extensions", "3.2 Type System Descriptions", "3.3 Schema",
                "3.3.1 Root Operation Types", "3.3.2 Schema Extension", "3.4 Types", "3.4.1 Wrapping Types",
                "3.4.2 Input and Output Types", "3.4.3 Type Extensions", "3.5 Scalars", "3.5.1 Int", "3.5.2 Float",
                "3.5.3 String", "3.5.4 Boolean", "3.5.5 ID", "3.5.6 Scalar Extensions", "3.6 Objects",
                "3.6.1 Field Arguments", "3.6.2 Field Deprecation", "3.6.3 Object Extensions", "3.7 Interfaces",
                "3.7.1 Interface Extensions", "3.8 Unions", "3.8.1 Union Extensions", "3.9 Enums",
                "3.9.1 Enum Extensions", "3.10 Input Objects", "3.10.1 OneOf Input Objects",
                "3.10.2 Input Object Extensions", "3.11 List", "3.12 Non-Null", "3.12.1 Combining List and Non-Null",
                "3.13 Directives", "3.13.1 @skip", "3.13.2 @include", "3.13.3 @deprecated", "3.13.4 @specifiedBy",
                "3.13.5 @oneOf",
            ]),
        Chapter(
            folder: "Section4Introspection",
            sections: [
                "4.1 Type Name Introspection", "4.2 Schema Introspection", "4.2.1 The __Schema Type",
                "4.2.2 The __Type Type", "4.2.3 The __Field Type", "4.2.4 The __InputValue Type",
                "4.2.5 The __EnumValue Type", "4.2.6 The __Directive Type",
            ]),
        Chapter(
            folder: "Section5Validation",
            sections: [
                "5.1.1 Executable Definitions", "5.2.1.1 Operation Type Existence",
                "5.2.2.1 Operation Name Uniqueness", "5.2.3.1 Lone Anonymous Operation", "5.2.4.1 Single Root Field",
                "5.3.1 Field Selections", "5.3.2 Field Selection Merging", "5.3.3 Leaf Field Selections",
                "5.4.1 Argument Names", "5.4.2 Argument Uniqueness", "5.4.3 Required Arguments",
                "5.5.1.1 Fragment Name Uniqueness", "5.5.1.2 Fragment Spread Type Existence",
                "5.5.1.3 Fragments on Object, Interface or Union Types", "5.5.1.4 Fragments Must Be Used",
                "5.5.2.1 Fragment Spread Target Defined", "5.5.2.2 Fragment Spreads Must Not Form Cycles",
                "5.5.2.3 Fragment Spread Is Possible", "5.6.1 Values of Correct Type",
                "5.6.2 Input Object Field Names", "5.6.3 Input Object Field Uniqueness",
                "5.6.4 Input Object Required Fields", "5.7.1 Directives Are Defined",
                "5.7.2 Directives Are in Valid Locations", "5.7.3 Directives Are Unique per Location",
                "5.8.1 Variable Uniqueness", "5.8.2 Variables Are Input Types", "5.8.3 All Variable Uses Defined",
                "5.8.4 All Variables Used", "5.8.5 All Variable Usages Are Allowed",
            ]),
        Chapter(
            folder: "Section6Execution",
            sections: [
                "6.1 Executing Requests", "6.1.1 Validating Requests", "6.1.2 Coercing Variable Values",
                "6.2 Executing Operations", "6.2.1 Query", "6.2.2 Mutation", "6.2.3 Subscription",
                "6.2.3.1 Source Stream", "6.2.3.2 Response Stream", "6.2.3.3 Unsubscribe",
                "6.3 Executing Selection Sets", "6.3.1 Executing the Root Selection Set", "6.3.2 Field Collection",
                "6.3.3 Executing Collected Fields", "6.3.4 Normal and Serial Execution", "6.4 Executing Fields",
                "6.4.1 Coercing Field Arguments", "6.4.2 Value Resolution", "6.4.3 Value Completion",
                "6.4.4 Handling Execution Errors",
            ]),
        Chapter(
            folder: "Section7Response",
            sections: [
                "7.1 Response Format", "7.1.1 Execution Result", "7.1.2 Response Stream", "7.1.3 Request Error Result",
                "7.1.4 Response Position", "7.1.5 Data", "7.1.6 Errors", "7.1.7 Extensions", "7.1.8 Additional Entries",
                "7.2 Serialization Format", "7.2.1 JSON Serialization", "7.2.2 Serialized Map Ordering",
            ]),
    ]

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    private static let rules = tests.appending(path: "../../Sources/GraphQL/Validation/Rules").standardized

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".swift") }.sorted()
    }

    /// The titles of the suites in a folder's files.
    private func titles(in folder: URL) throws -> [String] {
        try names(in: folder).flatMap { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("@Suite(\"") }
                .map { String($0.dropFirst("@Suite(\"".count).prefix { $0 != "\"" }) }
        }
    }

    @Test(arguments: chapters)
    func `every section has a suite with its number and title, and every suite has a section`(chapter: Chapter) throws {
        let titles = try titles(in: Self.tests.appending(path: chapter.folder))
        for section in chapter.sections {
            #expect(titles.contains { $0 == section || $0.hasPrefix(section + ":") }, "\(section) has no suite")
        }
        for title in titles {
            let section = String(title.prefix { $0 != ":" })
            // The rules of the incremental delivery draft are in no edition yet.
            #expect(
                chapter.sections.contains(section) || section == "Incremental delivery", "\(title) is no section")
        }
    }

    @Test(arguments: chapters[3].sections)
    func `a section of chapter 5 has a rule that names it and links it`(section: String) throws {
        let number = section.prefix { $0 != " " }
        let heads = try names(in: Self.rules).map { name in
            try String(contentsOf: Self.rules.appending(path: name), encoding: .utf8).prefix { $0 != "\n" }
        }
        let head = heads.filter { $0.hasPrefix("// Specification, section \(number),") }
        #expect(head.count == 1)
        #expect(head.first?.contains("https://spec.graphql.org/September2025/#sec-") ?? false)
    }

    @Test func `a rule has tests`() throws {
        let tested = Set(try names(in: Self.tests.appending(path: "Section5Validation")))
        let untested = try names(in: Self.rules).filter {
            !tested.contains($0.replacing(".swift", with: "Tests.swift"))
        }
        #expect(untested == [])
    }
}
