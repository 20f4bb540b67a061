import Testing

/// The rule "where the compiler's concurrency checks are switched off, the line above says why that is right", or the end
/// of the same line, with `// Reason:`.
enum UnsafeClaimRule {
    private static let claims = ["@unchecked Sendable", "nonisolated(unsafe)"]

    /// The places of the claims without a comment above.
    static func violations(in file: SourceFile) -> [String] {
        file.codeLines.indices.compactMap { index in
            guard claims.contains(where: file.codeLines[index].mentions) else { return nil }
            if file.lines[index].mentions("// Reason: ") { return nil }
            return hasReason(above: index, in: file) ? nil : file.place(index)
        }
    }

    /// Goes up from the claim over the declaration's own lines (attributes, and a head broken over lines).
    private static func hasReason(above claim: Int, in file: SourceFile) -> Bool {
        var index = claim
        while index > 0 {
            let above = file.lines[index - 1].trimmingWhitespace()
            if above.hasPrefix("//") { return !above.hasPrefix("// swift-format-ignore") }
            let isPartOfDeclaration =
                above.hasPrefix("@") || above.hasSuffix(",") || above.hasSuffix(":") || above.hasSuffix("=")
            guard isPartOfDeclaration else { return false }
            index -= 1
        }
        return false
    }
}

extension String {
    /// The text without white space at both ends.
    func trimmingWhitespace() -> Substring {
        let head = self.drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return head }
        return head[...last]
    }
}

@Suite("Unsafe claims")
struct UnsafeClaimTests {
    @Test("Every @unchecked Sendable and nonisolated(unsafe) has its reason beside it")
    func everyClaimHasAReason() throws {
        let files = try SourceTree.sources() + SourceTree.files(under: "Tests")
        let violations = files.flatMap(UnsafeClaimRule.violations)
        #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
    }

    @Test(
        "A claim without a comment is found, and one with a comment is not",
        arguments: [
            ("final class A: @unchecked Sendable {}", 1),
            ("let a = 1\nfinal class A: @unchecked Sendable {}", 1),
            ("nonisolated(unsafe) var a = 1", 1),
            ("/// Why.\nfinal class A: @unchecked Sendable {}", 0),
            ("final class A: @unchecked Sendable {  // Reason: why.", 0),
            ("final class A: @unchecked Sendable {  // what", 1),
            ("// Why.\n@frozen\nfinal class A:\n    B, C,\n    @unchecked Sendable\n{}", 0),
            ("// It is not @unchecked Sendable", 0),
        ])
    func claimsAreFound(text: String, count: Int) {
        #expect(UnsafeClaimRule.violations(in: SourceFile(path: "Sources/X/A.swift", text: text)).count == count)
    }
}
