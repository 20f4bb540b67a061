import Foundation

/// Finds words in a text as people wrote it, and cuts out the part around the first one.
struct SearchHighlighter {
    /// A piece of a text.
    struct Fragment {
        let text: String
        /// Whether it is one of the words.
        let isMatch: Bool
    }

    /// How many characters are shown, and how many of them before the first match.
    static let length = 160
    static let lead = 40

    private let words: [[Unicode.Scalar]]

    /// Takes words that are folded.
    init(_ folded: [String]) {
        words = folded.map { Array($0.unicodeScalars) }
    }

    /// The text around the first match in pieces, which together are that text; nil if no word is in it.
    func fragments(of text: String) -> [Fragment]? {
        let characters = Array(text)
        var folded: [Unicode.Scalar] = []
        // For each folded scalar, the character that it comes from.
        var owners: [Int] = []
        for (index, character) in characters.enumerated() {
            for scalar in Self.fold(character) {
                folded.append(scalar)
                owners.append(index)
            }
        }
        var isMatch = Array(repeating: false, count: characters.count)
        for word in words { Self.mark(word, in: folded, owners, &isMatch) }
        guard let first = isMatch.firstIndex(of: true) else { return nil }
        let start = max(0, first - Self.lead)
        let end = min(characters.count, start + Self.length)
        var fragments: [Fragment] = start > 0 ? [Fragment(text: "…", isMatch: false)] : []
        var position = start
        while position < end {
            let kind = isMatch[position]
            let next = isMatch[position..<end].firstIndex { $0 != kind } ?? end
            fragments.append(Fragment(text: String(characters[position..<next]), isMatch: kind))
            position = next
        }
        if end < characters.count { fragments.append(Fragment(text: "…", isMatch: false)) }
        return fragments
    }

    private static func mark(
        _ word: [Unicode.Scalar], in folded: [Unicode.Scalar], _ owners: [Int], _ isMatch: inout [Bool]
    ) {
        guard !word.isEmpty, folded.count >= word.count else { return }
        for start in 0...(folded.count - word.count)
        where folded[start] == word[0] && folded[start..<(start + word.count)].elementsEqual(word) {
            for owner in owners[start..<(start + word.count)] { isMatch[owner] = true }
        }
    }

    /// A character as the database's `search_fold` makes it.
    static func fold(_ character: Character) -> String.UnicodeScalarView {
        if let only = character.unicodeScalars.first, character.unicodeScalars.count == 1, isFolded(only) {
            return String(character).unicodeScalars
        }
        // The compatibility mapping leaves the marks of half-width kana apart.
        let normal = String(character).precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCanonicalMapping
        var folded = String.UnicodeScalarView()
        for scalar in normal.unicodeScalars { folded.append(hiragana(scalar)) }
        return folded
    }

    /// What most texts are made of stays as it is, and is not looked up: small letters, digits, hiragana, kanji.
    private static func isFolded(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x40, 0x5B...0x7E, 0x3041...0x3096, 0x4E00...0x9FFF: true
        default: false
        }
    }

    private static func hiragana(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x30A1...0x30F6, 0x30FD...0x30FE: Unicode.Scalar(scalar.value - 0x60) ?? scalar
        default: scalar
        }
    }
}
