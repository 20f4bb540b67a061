import Testing

/// The rule of names: no type is called like a module (qualified names would stop working) or like a type of the
/// standard library or Foundation that everybody reads as that one.
enum TypeNameRule {
    private static let reserved: Set<String> = [
        "Task", "Character", "Document", "Result", "Error", "Type", "Set", "Data", "Duration", "Clock", "Encoder",
        "Decoder",
    ]
    private static let moduleNames: Set<String> = Arrows.targets
    private static let keywords = ["struct", "class", "enum", "actor", "protocol", "typealias", "associatedtype"]

    /// One sentence for each type declared under a forbidden name.
    static func violations(in file: SourceFile) -> [String] {
        file.codeLines.enumerated().flatMap { index, line -> [String] in
            guard keywords.contains(where: line.mentions) else { return [] }
            return line.matches(of: declarationPattern).compactMap { match in
                let name = String(match.1)
                if name == "Document" && file.target == "GraphQL" { return nil }
                guard reserved.contains(name) || moduleNames.contains(name) else { return nil }
                return "\(file.place(index)): a type may not be called \(name)"
            }
        }
    }

    // A Regex is not Sendable, hence computed.
    private static var declarationPattern: Regex<(Substring, Substring)> {
        /(?:^|\W)(?:struct|class|enum|actor|protocol|typealias|associatedtype)\s+(\w+)/
    }
}

@Suite("Type names")
struct TypeNameTests {
    @Test("No type is named like a module or like a type that everybody knows")
    func noTypeHasAReservedName() throws {
        let violations = try SourceTree.sources().flatMap(TypeNameRule.violations)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(
        "A forbidden name is found wherever it is declared",
        arguments: [
            ("Sources/Workflows/A.swift", "public struct Task {}", 1),
            ("Sources/Workflows/A.swift", "enum A { typealias Error = B }", 1),
            ("Sources/Workflows/A.swift", "final class Database {}", 1),
            ("Sources/Workflows/A.swift", "struct Document {}", 1),
            ("Sources/GraphQL/A.swift", "struct Document {}", 0),
            ("Sources/Workflows/A.swift", "struct TaskRow {} // struct Task", 0),
        ])
    func forbiddenNamesAreFound(path: String, text: String, count: Int) {
        #expect(TypeNameRule.violations(in: SourceFile(path: path, text: text)).count == count)
    }
}
