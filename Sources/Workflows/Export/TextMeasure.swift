// How much room a text takes. No font is read: widths are estimated from the kind of each character, a little on the
// wide side, which is exact for Japanese (every character is one em) and good enough for the rest.

/// Estimates widths and line breaks.
enum TextMeasure {
    /// How much of a line is filled before it counts as full; the rest is for what renderers do differently.
    private static let fill = 0.97

    /// Breaks a text into the lines it takes in a width; each keeps its trailing spaces, so joining gives the text.
    ///
    /// A line feed ends a line and is not part of it. An empty text has no lines.
    static func lines(of text: String, width: Int, points: Double) -> [String] {
        guard !text.isEmpty else { return [] }
        let ems = Double(width) / Double(EMU.point) / points * fill
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .flatMap { wrap($0, ems: ems) }
    }

    /// The width of a text on one line, in EMU.
    static func width(of text: String, points: Double) -> Int {
        EMU.points(text.reduce(0) { $0 + ems(of: $1) } * points)
    }

    /// The text as one paragraph, cut with an ellipsis if it takes more than `lines` lines.
    static func truncated(_ text: String, width: Int, points: Double, lines limit: Int = 1) -> String {
        let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let all = lines(of: text, width: width, points: points)
        guard all.count > limit else { return text }
        var last = all[limit - 1]
        let room = Int(Double(width) * fill)
        while !last.isEmpty, Self.width(of: last + "…", points: points) > room { last.removeLast() }
        return (all[..<(limit - 1)] + [last + "…"]).joined()
    }

    private static func wrap(_ paragraph: Substring, ems limit: Double) -> [String] {
        var lines: [String] = []
        var start = paragraph.startIndex
        var breakAt: Substring.Index?
        var used = 0.0
        var usedAtBreak = 0.0
        var index = start
        while index < paragraph.endIndex {
            let character = paragraph[index]
            let width = ems(of: character)
            if used + width > limit, index > start, !character.isWhitespace {
                let end = breakAt ?? index
                lines.append(String(paragraph[start..<end]))
                start = end
                used = breakAt == nil ? 0 : used - usedAtBreak
                breakAt = nil
            }
            used += width
            let next = paragraph.index(after: index)
            if isBreak(after: character, before: next < paragraph.endIndex ? paragraph[next] : nil) {
                breakAt = next
                usedAtBreak = used
            }
            index = next
        }
        lines.append(String(paragraph[start...]))
        return lines
    }

    private static func isBreak(after character: Swift.Character, before next: Swift.Character?) -> Bool {
        guard let next else { return false }
        // Kinsoku: closing marks do not start a line, opening ones do not end it.
        if "、。，．・：；？！）］｝」』】〉》〕ー…".contains(next) || "（［｛「『【〈《〔".contains(character) { return false }
        return character.isWhitespace || character == "-" || ems(of: character) >= 1 || ems(of: next) >= 1
    }

    /// The width of a character as a part of the font size.
    private static func ems(of character: Swift.Character) -> Double {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.value {
        case 0x20: return 0.28
        case 0x21...0x7E: return latin(UInt8(first.value))
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD, 0x2190...0x27BF, 0x2014...0x2026:
            return 1
        case 0xFF61...0xFF9F: return 0.5
        case 0x200B...0x200F, 0x300...0x36F: return 0
        default: return 0.65
        }
    }

    private static func latin(_ byte: UInt8) -> Double {
        switch byte {
        case UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "M"), UInt8(ascii: "W"), UInt8(ascii: "@"),
            UInt8(ascii: "%"):
            0.92
        case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "j"), UInt8(ascii: "I"), UInt8(ascii: "."),
            UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "'"), UInt8(ascii: "!"),
            UInt8(ascii: "|"):
            0.32
        case UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: "/"):
            0.41
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): 0.68
        default: 0.58
        }
    }
}
