// Which sort of visual check an instruction asks for, by its words: what can be told without a language model.

extension VisualCheck {
    /// Words by which a sort is known, in Japanese and English, the more particular sort first.
    private static let words: [(check: VisualCheck, words: [String])] = [
        (.consecutive, ["その場合は", "次に、", "手順", "if so", "step by step", "first,", "and then"]),
        (.classification, ["分類", "いずれか", "のどれか", "種類を", "classify", "which of", "one of the following"]),
        (.numerical, ["の数", "個数", "本数", "枚数", "人数", "何本", "何個", "比率", "number of", "how many", "count", "ratio"]),
        (
            .orientation,
            ["向き", "角度", "左右", "上下", "方向", "右側", "左側", "direction", "angle", "left", "right side", "facing"]
        ),
        (.color, ["色", "カラー", "colour", "color"]),
    ]

    /// Sorts a review point by the words of its title and instruction.
    ///
    /// Without such a word it is a comparison with its reference pictures, and without those for a person to judge.
    public init(title: String, instruction: String, hasReferences: Bool) {
        let text = (title + "\n" + instruction).lowercased()
        let known = Self.words.first { entry in entry.words.contains { Self.isWord($0, in: text) } }
        self = known?.check ?? (hasReferences ? .rightOrWrong : .others)
    }

    /// Whether a text has a word: a Latin one stands between other characters than letters, so that "count" is not in
    /// "discount".
    private static func isWord(_ word: String, in text: String) -> Bool {
        guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return text.contains(word) }
        return text.ranges(of: word).contains { range in
            let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
            let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
            return ![before, after].contains { $0?.isASCII == true && $0?.isLetter == true }
        }
    }
}
