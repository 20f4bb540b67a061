import Imaging

// Forbidden colours as review points name them: to the digit (#ff0000), or by a word.

/// A colour that a review point forbids.
struct ForbiddenColor: Sendable {
    /// The colour as the review point writes it.
    let name: String
    /// The colour meant, or an example of it.
    let color: RGBColor
    /// The word, unless the colour was given to the digit.
    let word: ColorWord?
    /// The tag that names it; nil when it stands in the instruction.
    let tag: String?

    /// Pixels within this difference (CIEDE2000) have the colour given to the digit.
    static let tolerance = 12.0

    /// Measures how much of a picture has the colour.
    func coverage(in bitmap: Bitmap) -> ColorCoverage {
        guard let word else { return ColorCoverage(of: color, in: bitmap, tolerance: Self.tolerance) }
        return ColorCoverage(in: bitmap, matching: word.describes)
    }

    /// All colours that tags and instruction name, each once.
    ///
    /// A tag is a colour when it is a colour's word or contains its hexadecimal form. An instruction speaks of many
    /// things, so words count there only when they plainly speak of a colour: 赤色, “red color”, “the colour red”.
    static func named(tags: [String], instruction: String) -> [ForbiddenColor] {
        var colors: [ForbiddenColor] = []
        for tag in tags {
            colors += hexadecimal(in: tag, tag: tag)
            if let word = ColorWord.all.first(where: { isWord(tag, $0) }) {
                colors.append(ForbiddenColor(name: tag, color: word.example, word: word, tag: tag))
            }
        }
        colors += hexadecimal(in: instruction, tag: nil)
        for word in ColorWord.all where mentions(instruction, word) {
            colors.append(ForbiddenColor(name: word.japanese + "色", color: word.example, word: word, tag: nil))
        }
        var seen: Swift.Set<String> = []
        return colors.filter { seen.insert($0.word?.english ?? $0.color.hex).inserted }
    }

    private static func hexadecimal(in text: String, tag: String?) -> [ForbiddenColor] {
        text.split(separator: "#", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            let digits = rest.prefix { $0.isHexDigit }
            guard let color = RGBColor(hex: "#\(digits)") else { return nil }
            return ForbiddenColor(name: color.hex, color: color, word: nil, tag: tag)
        }
    }

    private static func isWord(_ tag: String, _ word: ColorWord) -> Bool {
        let text = tag.lowercased().filter { !$0.isWhitespace }
        let forms = [word.japanese, word.japanese + "色", word.japanese + "い", word.english]
        return forms.contains(text) || text == word.english + "color" || text == word.english + "colour"
    }

    private static func mentions(_ instruction: String, _ word: ColorWord) -> Bool {
        if instruction.contains(word.japanese + "色") { return true }
        let words = instruction.lowercased().split { !$0.isLetter }
        return words.indices.dropLast().contains { index in
            let pair = (words[index], words[index + 1])
            let isColor = { (text: Substring) in ["color", "colour", "colored", "coloured"].contains(text) }
            return (pair.0 == word.english && isColor(pair.1)) || (isColor(pair.0) && pair.1 == word.english)
        }
    }
}
