// An instruction in parts that can be checked one by one.

/// Splits instructions: at line breaks, at the ends of Japanese and English sentences, and at the line of asterisks by which
/// people separate what is to be found from how it is to be judged.
public enum InstructionParts {
    /// The most parts; what follows stays together in the last.
    public static let maximum = 50

    /// The parts in their order, without bullets and without empty ones.
    public static func split(_ instruction: String) -> [String] {
        var parts: [String] = []
        var current = ""
        func finish() {
            let part = trimmed(current)
            if !part.isEmpty { parts.append(part) }
            current = ""
        }
        let characters = Array(instruction)
        for (index, character) in characters.enumerated() {
            if character.isNewline {
                finish()
                continue
            }
            current.append(character)
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if endsSentence(character, before: next) { finish() }
        }
        finish()
        guard parts.count > maximum else { return parts }
        return parts.prefix(maximum - 1) + [parts.dropFirst(maximum - 1).joined(separator: "\n")]
    }

    /// A full stop of English ends a sentence only before a space: `1.5` and `a.png` have none.
    private static func endsSentence(_ character: Character, before next: Character) -> Bool {
        switch character {
        case "。", "！", "？": next != "」" && next != "』"
        case ".", "!", "?": next.isWhitespace
        default: false
        }
    }

    private static func trimmed(_ part: String) -> String {
        let bullets: Swift.Set<Character> = ["-", "*", "・", "•", "●", "■", "◆", "○"]
        let start = part.drop { $0.isWhitespace || bullets.contains($0) }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
