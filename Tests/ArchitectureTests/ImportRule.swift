// Finds the import lines of a file, and those that the table of arrows does not allow.

/// The rule "an import goes to a lower level, along the arrows only".
enum ImportRule {
    /// The modules that a file imports, with the line of each.
    static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        file.codeLines.enumerated().compactMap { index, line in
            guard line.mentions("import"), let match = line.firstMatch(of: importPattern) else { return nil }
            return (index, String(match.1))
        }
    }

    /// One sentence for each import that is not allowed.
    static func violations(in file: SourceFile) -> [String] {
        imports(of: file).compactMap { line, module in
            Arrows.objection(to: module, in: file.target).map { "\(file.place(line)): \($0)" }
        }
    }

    // A Regex is not Sendable, hence computed.
    private static var importPattern: Regex<(Substring, Substring)> {
        /^\s*(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)\s+)*import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)/
    }
}
