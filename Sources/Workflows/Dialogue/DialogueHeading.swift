/// Which columns of a table have the speakers and what they say, by the words above them.
struct DialogueHeading: Sendable, Hashable {
    /// The column of the speakers, from 0.
    let speaker: Int
    /// The column of the texts, from 0.
    let text: Int

    private static let speakers: Swift.Set<String> = [
        "話者", "話者名", "発話者", "発言者", "キャラ", "キャラ名", "キャラクター", "キャラクタ", "キャラクター名", "登場人物", "人物", "役", "役名", "名前",
        "speaker", "speaker name", "character", "character name", "chara", "name", "role", "who",
    ]
    private static let texts = [
        "本文", "セリフ", "せりふ", "台詞", "科白", "テキスト", "文章", "発言", "会話", "line", "lines", "text", "dialogue", "dialog",
        "script", "message",
    ]

    init(speaker: Int, text: Int) {
        self.speaker = speaker
        self.text = text
    }

    /// The columns of a row of headings; nil if it is none.
    ///
    /// Above the texts anything may follow the word, such as a ruler of digits. The word alone is preferred, and then what is
    /// followed by no letter: 本文ID is less likely than 本文１２３４５.
    init?(_ cells: [String]) {
        guard let speaker = cells.firstIndex(where: Self.isSpeaker) else { return nil }
        let ranks = cells.indices.filter { $0 != speaker }.compactMap { index in
            Self.rank(cells[index]).map { (index: index, rank: $0) }
        }
        guard let text = ranks.min(by: { $0.rank < $1.rank }) else { return nil }
        self.init(speaker: speaker, text: text.index)
    }

    /// The first row of headings among the first rows of a table, with its place.
    static func find(in rows: [[String]]) -> (index: Int, columns: DialogueHeading)? {
        for (index, row) in rows.prefix(DialogueScript.rowsWithHeadings).enumerated() {
            if let columns = DialogueHeading(row) { return (index, columns) }
        }
        return nil
    }

    /// Whether a cell is the heading of speakers; in brackets there may be more.
    static func isSpeaker(_ cell: String) -> Bool {
        let word = folded(cell)
        return speakers.contains(word)
            || speakers.contains(String(word.prefix { !"(（[【※*".contains($0) }).trimmedSpaces)
    }

    /// How little a cell looks like the heading of texts; nil if not at all.
    private static func rank(_ cell: String) -> Int? {
        let word = folded(cell)
        if texts.contains(word) { return 0 }
        let ranks = texts.filter(word.hasPrefix).compactMap { text -> Int? in
            guard word.dropFirst(text.count).first?.isLetter == true else { return 1 }
            // Line is no heading of linear.
            return text.utf8.first.map { $0 < 0x80 } == true ? nil : 2
        }
        return ranks.min()
    }

    /// A heading as it is compared: Latin letters small, white space of one sort.
    private static func folded(_ cell: String) -> String {
        cell.lowercased().split { $0.isWhitespace || $0 == "★" || $0 == "\u{FEFF}" }.joined(separator: " ")
    }
}
