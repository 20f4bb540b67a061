/// Where a word stands as one, and where it is part of another.
///
/// Latin words do not stand within others. A single kanji does not stand beside another kanji, as 私 does not in 私立 and 公私:
/// but 私達 and 姫様 are the word with an ending, and after a word such as 今日 a sentence may begin with it. Longer words and kana
/// stand anywhere: Japanese writes no blanks.
enum WordBoundary {
    /// What may follow a single kanji without making it another word: plurals, and what people add to names.
    private static let endings = ["達", "等", "共", "方", "君", "様", "殿", "先輩", "先生", "嬢"].map(Array.init)
    /// What may stand before a single kanji without making it another word: adverbs that are written without a particle.
    private static let adverbs = [
        "今日", "昨日", "明日", "毎日", "今", "昔", "当時", "今回", "前回", "次回", "最近", "正直", "結局", "本当", "全部", "一番", "実際", "多分", "絶対",
        "勿論", "以前", "先日", "今夜", "今朝", "昨夜", "今晩", "今週", "来週", "先週", "今年", "来年", "去年", "一応", "折角", "突然", "普段", "将来",
    ].map(Array.init)

    /// Whether a word that is written at a place is a word there.
    static func isWord(from start: Int, to end: Int, in text: [Character]) -> Bool {
        if isLatin(start, in: text) && isLatin(start - 1, in: text) { return false }
        if isLatin(end - 1, in: text) && isLatin(end, in: text) { return false }
        guard end - start == 1, isKanji(start, in: text) else { return true }
        if isKanji(end, in: text), !endings.contains(where: { text[end...].starts(with: $0) }) { return false }
        guard isKanji(start - 1, in: text) else { return true }
        return adverbs.contains { adverb in
            adverb.count <= start && Array(text[(start - adverb.count)..<start]) == adverb
                && (adverb.count > 1 || !isKanji(start - 2, in: text))
        }
    }

    private static func isLatin(_ index: Int, in text: [Character]) -> Bool {
        text.indices.contains(index) && text[index].isASCII && (text[index].isLetter || text[index].isNumber)
    }

    /// Han characters, with the mark that repeats one.
    private static func isKanji(_ index: Int, in text: [Character]) -> Bool {
        guard text.indices.contains(index), let scalar = text[index].unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
