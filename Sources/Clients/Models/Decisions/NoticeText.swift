// Expected and read texts of a notice, compared exactly except for white space and the ways to write ©.

/// The text that a copyright notice should have.
public struct NoticeText: Sendable, Hashable {
    /// The text as written in the instruction.
    public let expected: String

    /// Finds the expected text in an instruction: what stands in quotation marks (“…”, "…", 「…」, 『…』) and holds a
    /// copyright sign, else the first line with such a sign; nil without one.
    public init?(instruction: String) {
        let quotes: [(Character, Character)] = [("「", "」"), ("『", "』"), ("“", "”"), ("\"", "\"")]
        for (open, close) in quotes {
            guard let start = instruction.firstIndex(of: open) else { continue }
            let rest = instruction[instruction.index(after: start)...]
            guard let end = rest.firstIndex(of: close) else { continue }
            if Self.hasSign(rest[..<end]) {
                expected = String(rest[..<end])
                return
            }
        }
        guard let line = instruction.split(whereSeparator: \.isNewline).first(where: { Self.hasSign($0) }),
            let start = line.firstIndex(where: { $0 == "©" || $0 == "(" || $0 == "Ⓒ" })
        else { return nil }
        let text = line[start...].reversed().drop(while: { $0.isWhitespace || $0 == "." || $0 == "。" }).reversed()
        expected = String(text)
    }

    /// Compares what was read; several lines count as one.
    public func compare(with read: String) -> CopyrightDecision.Reading {
        let wanted = Self.normalised(expected)
        let text = Self.normalised(read)
        if text.isEmpty { return .absent }
        if Self.contains(text, wanted) { return .matches }
        return Self.bestLikeness(of: wanted, in: text) >= 0.6 ? .differs : .absent
    }

    private static func hasSign(_ text: some StringProtocol) -> Bool {
        let lower = text.lowercased()
        return lower.contains("©") || lower.contains("(c)") || lower.contains("ⓒ")
    }

    /// Without white space, `(C)` and `Ⓒ` as ©; everything else, commas and capitals too, stays.
    private static func normalised(_ text: String) -> [Character] {
        let compact = text.filter { !$0.isWhitespace }
        return Array(
            compact.replacing("(C)", with: "©").replacing("(c)", with: "©").replacing("Ⓒ", with: "©")
                .replacing("ⓒ", with: "©"))
    }

    private static func contains(_ text: [Character], _ part: [Character]) -> Bool {
        guard text.count >= part.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    /// 1 minus the edit distance to the most similar part of the text, as a share of the wanted length.
    private static func bestLikeness(of wanted: [Character], in text: [Character]) -> Double {
        // The first row is zero: a match may begin anywhere; the minimum of the last row: it may end anywhere.
        var row = [Int](repeating: 0, count: text.count + 1)
        for (index, letter) in wanted.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in text.indices {
                let substituted = diagonal + (text[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
            }
        }
        guard let distance = row.min(), !wanted.isEmpty else { return 0 }
        return 1 - Double(distance) / Double(wanted.count)
    }
}
