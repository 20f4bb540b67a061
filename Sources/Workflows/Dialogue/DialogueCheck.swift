import Clients

// Rule 26: whether speakers call others as the table says. Mechanical: it finds words and compares them.

/// The check of spoken lines against a table and its exceptions.
struct DialogueCheck: Sendable {
    /// What people add to a name; with one of them a name is another word.
    private static let honorifics = [
        "さん", "ちゃん", "くん", "君", "さま", "様", "殿", "先輩", "先生", "たん", "嬢", "-san", "-chan", "-kun", "-sama",
    ].map(Array.init)

    private let table: AppellationTable
    private let rules: [SpecialRule]
    /// Every word that anybody has for somebody, longest first; a word may mean several.
    ///
    /// By their first characters: a table has tens of thousands of words, and each place of a line looks for them.
    private let words: [Character: [(text: [Character], targets: [String])]]
    /// The first persons that anybody uses, longest first, by their first characters.
    private let firstPersons: [Character: [[Character]]]

    init(table: AppellationTable, rules: [SpecialRule]) {
        self.table = table
        self.rules = rules
        var targets: [String: [String]] = [:]
        func add(_ word: String, _ target: String) {
            if targets[word]?.contains(target) != true { targets[word, default: []].append(target) }
        }
        for target in table.characters {
            add(target, target)
            for speaker in table.characters where speaker != target {
                if let word = table.appellation(by: speaker, of: target) { add(word, target) }
            }
        }
        for rule in rules where rule.speaker != rule.target { add(rule.alias, rule.target) }
        let ordered = targets.map { (text: Array($0.key), targets: $0.value) }.sorted {
            ($1.text.count, String($0.text)) < ($0.text.count, String($1.text))
        }
        words = Dictionary(grouping: ordered.filter { !$0.text.isEmpty }) { $0.text[0] }
        let own = Swift.Set(
            table.characters.compactMap { table.appellation(by: $0, of: $0) }
                + rules.filter { $0.speaker == $0.target }.map(\.alias))
        let persons = own.map(Array.init).sorted { ($1.count, String($0)) < ($0.count, String($1)) }
        firstPersons = Dictionary(grouping: persons.filter { !$0.isEmpty }) { $0[0] }
    }

    /// What came of one word.
    enum Verdict: Sendable, Hashable {
        /// It is the table's word, or the target's name.
        case right
        /// It is an exception, which holds under conditions.
        case conditional([String])
        /// It is another word; the table has this one, or none.
        case wrong(expected: String?)
    }

    /// A word that a line has for somebody.
    struct Use: Sendable, Hashable {
        let target: String
        let word: String
        let verdict: Verdict
    }

    /// The words that a line has for others, and for the speaker; nil for a speaker whom the table does not know.
    func uses(in line: DialogueLine) -> [Use]? {
        guard let speaker = speaker(line.speaker) else { return nil }
        let text = Array(Self.withoutQuotations(line.text))
        var uses: [Use] = []
        var place = 0
        while place < text.count {
            if let (word, targets) = word(at: place, in: text) {
                uses.append(judge(word, of: targets, by: speaker))
                place += word.count
            } else if let own = firstPersons[text[place]]?.first(where: { Self.stands($0, at: place, in: text) }) {
                uses.append(judge(String(own), of: [speaker], by: speaker))
                place += own.count
            } else {
                place += 1
            }
        }
        return uses
    }

    /// The finding about one line; there is exactly one.
    func finding(about line: DialogueLine) -> FindingDraft {
        func draft(_ severity: FindingSeverity, _ description: String, _ suggestion: String? = nil) -> FindingDraft {
            FindingDraft(
                description: "\(line.number) 行目 \(line.speaker)「\(line.text)」: \(description)", severity: severity,
                suggestion: suggestion, tag: "speaker_check", confidence: 1, method: "呼称表との機械的な照合",
                lineNumber: line.number)
        }
        guard let uses = uses(in: line) else {
            return draft(.alert, "話者「\(line.speaker)」は呼称表にありません。", "話者の名前を確認してください。")
        }
        let worst = uses.map(\.severity).max() ?? .safe
        if uses.isEmpty { return draft(.safe, "呼称は使われていません。") }
        let notes = uses.filter { $0.severity == worst }.map(\.note)
        let expected = uses.compactMap { use -> String? in
            guard case .wrong(let expected?) = use.verdict else { return nil }
            return "\(use.target)は「\(expected)」と呼びます。"
        }
        return draft(worst, notes.joined(separator: " "), expected.isEmpty ? nil : expected.joined(separator: " "))
    }

    private func judge(_ word: String, of targets: [String], by speaker: String) -> Use {
        let uses = targets.map { Use(target: $0, word: word, verdict: verdict(word, of: $0, by: speaker)) }
        // A word that may mean several is right if it is right for one of them.
        return uses.min { $0.severity < $1.severity } ?? Use(target: "", word: word, verdict: .wrong(expected: nil))
    }

    private func verdict(_ word: String, of target: String, by speaker: String) -> Verdict {
        let expected = table.appellation(by: speaker, of: target)
        if word == expected || word == target { return .right }
        let exceptions = rules.filter { $0.speaker == speaker && $0.target == target && $0.alias == word }
        if !exceptions.isEmpty { return .conditional(exceptions.flatMap(\.conditions)) }
        return .wrong(expected: expected)
    }

    private func speaker(_ name: String) -> String? {
        table.characters.first { $0 == name } ?? table.characters.first { $0.lowercased() == name.lowercased() }
    }

    /// The longest known word at a place, with what people add to names.
    private func word(at place: Int, in text: [Character]) -> (word: String, targets: [String])? {
        guard let found = words[text[place]]?.first(where: { Self.stands($0.text, at: place, in: text) }) else {
            return nil
        }
        let word = String(found.text)
        let end = place + found.text.count
        let honorific = Self.honorifics.first { Self.begins($0, at: end, in: text) }
        return (word + String(honorific ?? []), found.targets)
    }

    private static func begins(_ word: [Character], at place: Int, in text: [Character]) -> Bool {
        text[place...].starts(with: word)
    }

    /// Whether a word stands at a place; words of Latin letters do not stand within others.
    private static func stands(_ word: [Character], at place: Int, in text: [Character]) -> Bool {
        guard begins(word, at: place, in: text) else { return false }
        func isLatin(_ index: Int) -> Bool {
            text.indices.contains(index) && text[index].isASCII && (text[index].isLetter || text[index].isNumber)
        }
        let end = place + word.count
        return !(isLatin(place) && isLatin(place - 1)) && !(isLatin(end - 1) && isLatin(end))
    }

    /// Without what is quoted: 『…』 are titles and the words of others.
    private static func withoutQuotations(_ text: String) -> String {
        var depth = 0
        return text.filter { character in
            if character == "『" { depth += 1 }
            defer { if character == "』" { depth = max(0, depth - 1) } }
            return depth == 0
        }
    }
}

extension DialogueCheck.Use {
    var severity: FindingSeverity {
        switch verdict {
        case .right: .safe
        case .conditional: .alert
        case .wrong: .risk
        }
    }

    /// A sentence about it.
    fileprivate var note: String {
        switch verdict {
        case .right:
            "\(target)を「\(word)」と呼んでいます。"
        case .conditional(let conditions):
            "\(target)を特殊ルールの「\(word)」と呼んでいます。条件を確認してください: \(conditions.joined(separator: "、"))"
        case .wrong(let expected?):
            "\(target)を「\(word)」と呼んでいますが、呼称表では「\(expected)」です。"
        case .wrong(nil):
            "\(target)を「\(word)」と呼んでいますが、呼称表に登録がありません。"
        }
    }
}
