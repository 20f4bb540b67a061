// The spoken lines of a text: plain ones as scripts write them, or tables of two columns.

/// Something that somebody says.
struct DialogueLine: Sendable, Hashable {
    /// Its place in the text, from 1.
    let number: Int
    /// Who says it, as the text writes it.
    let speaker: String
    /// What is said.
    let text: String
}

/// The spoken lines of a text.
enum DialogueScript {
    /// The headings of the column of speakers, which are no speakers.
    private static let headings: Swift.Set<String> = ["話者", "speaker", "キャラクター", "character"]

    /// Reads a text: `話者「台詞」` or `話者：台詞` in each line, or two columns of a CSV file.
    ///
    /// Lines of which nobody is the speaker, such as descriptions of a scene, are left out.
    static func lines(of text: String, isTable: Bool) -> [DialogueLine] {
        let parts =
            isTable
            ? CSVRows(text).rows.map { ($0.line, $0.cells.first ?? "", $0.cells.dropFirst().first ?? "") }
            : text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
                index, line in spoken(line).map { (index + 1, $0.speaker, $0.text) }
            }
        return parts.compactMap { number, speaker, text in
            let speaker = cleaned(speaker)
            let text = cleaned(text)
            if speaker.isEmpty || text.isEmpty || headings.contains(speaker.lowercased()) { return nil }
            return DialogueLine(number: number, speaker: speaker, text: text)
        }
    }

    private static func spoken(_ line: Substring) -> (speaker: String, text: String)? {
        guard let mark = line.firstIndex(where: { "「：:".contains($0) }) else { return nil }
        var rest = line[line.index(after: mark)...]
        if line[mark] == "「" {
            guard let end = rest.lastIndex(of: "」") else { return nil }
            rest = rest[..<end]
        } else if let open = rest.firstIndex(where: { !$0.isWhitespace }), rest[open] == "「",
            let end = rest.lastIndex(of: "」")
        {
            rest = rest[rest.index(after: open)..<end]
        }
        return (String(line[..<mark]), String(rest))
    }

    /// Without the marks of scripts and without spaces at the ends.
    private static func cleaned(_ text: String) -> String {
        let plain = String(text.filter { !"★※#\u{3000}\u{FEFF}".contains($0) && !$0.isNewline })
        return String(plain.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// The rows of a CSV file (RFC 4180), with the line on which each begins.
struct CSVRows {
    private(set) var rows: [(line: Int, cells: [String])] = []

    init(_ text: String) {
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var line = 1
        var start = 1
        var characters = text.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if character.isNewline { line += 1 }
            if isQuoted {
                if character != "\"" {
                    cell.append(character)
                } else if next == "\"" {
                    cell.append("\"")
                    next = characters.next()
                } else {
                    isQuoted = false
                }
            } else if character == "\"" && cell.isEmpty {
                isQuoted = true
            } else if character == "," {
                cells.append(cell)
                cell = ""
            } else if character.isNewline {
                rows.append((start, cells + [cell]))
                cells = []
                cell = ""
                start = line
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { rows.append((start, cells + [cell])) }
    }
}
