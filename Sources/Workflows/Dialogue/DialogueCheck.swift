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
        /// Nobody knows who speaks.
        case unknown
    }

    /// A word that a line has for somebody.
    struct Use: Sendable, Hashable {
        let target: String
        let word: String
        let verdict: Verdict
        /// Where it stands in the line, in code points.
        var place = 0..<0
    }

    /// The words that a line has for others, and for the speaker.
    ///
    /// Of a speaker whom the table does not know only names are told, and nobody can say whether they are right.
    func uses(in line: DialogueLine) -> [Use] {
        let speaker = speaker(line.speaker)
        let (text, places) = Self.withoutQuotations(line.text)
        var uses: [Use] = []
        var place = 0
        while place < text.count {
            var use: Use?
            var length = 1
            if let (word, targets) = word(at: place, in: text) {
                length = word.count
                use = judge(word, of: targets, by: speaker)
            } else if let speaker,
                let own = firstPersons[text[place]]?.first(where: { Self.stands($0, at: place, in: text) })
            {
                length = own.count
                use = judge(String(own), of: [speaker], by: speaker)
            }
            if var use {
                use.place = places[place].lowerBound..<places[place + length - 1].upperBound
                uses.append(use)
            }
            place += length
        }
        return uses
    }

    /// The finding about one line; there is exactly one.
    func finding(about line: DialogueLine) -> FindingDraft {
        let uses = uses(in: line)
        let speaker = speaker(line.speaker)
        let worst = speaker == nil ? .alert : uses.map(\.severity).max() ?? .safe
        let expected = uses.compactMap { use -> String? in
            guard case .wrong(let expected?) = use.verdict else { return nil }
            return "\(use.target)は「\(expected)」と呼びます。"
        }
        let said: String =
            if speaker == nil {
                "話者「\(line.speaker)」は呼称表にありません。"
            } else if uses.isEmpty {
                "呼称は使われていません。"
            } else {
                uses.filter { $0.severity == worst }.map(\.note).joined(separator: " ")
            }
        let suggestion = speaker == nil ? "話者の名前を確認してください。" : expected.joined(separator: " ")
        let note = DialogueNote(
            status: speaker == nil ? .unknownSpeaker : Self.status(worst), message: said, line: line,
            detectedSpeaker: speaker, addresses: uses.map(\.address))
        return FindingDraft(
            description: "\(Self.place(of: line)) \(line.speaker)「\(line.text)」: \(said)", severity: worst,
            suggestion: suggestion.isEmpty ? nil : suggestion, tag: "speaker_check", confidence: 1,
            method: "呼称表との機械的な照合", lineNumber: line.number, dialogue: note.stored)
    }

    private static func place(of line: DialogueLine) -> String {
        line.place.map { "「\($0.sheetName)」\($0.row) 行目" } ?? "\(line.number) 行目"
    }

    fileprivate static func status(_ severity: FindingSeverity) -> DialogueNote.Status {
        switch severity {
        case .safe: .ok
        case .alert: .warning
        case .risk: .error
        }
    }

    private func judge(_ word: String, of targets: [String], by speaker: String?) -> Use {
        let uses = targets.map { target in
            Use(target: target, word: word, verdict: speaker.map { verdict(word, of: target, by: $0) } ?? .unknown)
        }
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

    private static func stands(_ word: [Character], at place: Int, in text: [Character]) -> Bool {
        begins(word, at: place, in: text) && WordBoundary.isWord(from: place, to: place + word.count, in: text)
    }

    /// Without what is quoted: 『…』 are titles and the words of others; with the place of each character in the line.
    private static func withoutQuotations(_ line: String) -> (text: [Character], places: [Range<Int>]) {
        var (text, places): ([Character], [Range<Int>]) = ([], [])
        var (depth, place) = (0, 0)
        for character in line {
            let next = place + character.unicodeScalars.count
            if character == "『" { depth += 1 }
            if depth == 0 {
                text.append(character)
                places.append(place..<next)
            }
            if character == "』" { depth = max(0, depth - 1) }
            place = next
        }
        return (text, places)
    }
}

extension DialogueCheck.Use {
    var severity: FindingSeverity {
        switch verdict {
        case .right: .safe
        case .conditional, .unknown: .alert
        case .wrong: .risk
        }
    }

    /// The same for programs.
    fileprivate var address: DialogueNote.Address {
        var (expected, conditions): (String?, [String]) = (nil, [])
        var status = DialogueCheck.status(severity)
        switch verdict {
        case .right: break
        case .conditional(let all): conditions = all
        case .wrong(let other): expected = other
        case .unknown: status = .unknownSpeaker
        }
        return DialogueNote.Address(
            target: target, usedName: word, expectedName: expected, conditions: conditions, status: status,
            start: place.lowerBound, length: place.count)
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
        case .unknown:
            "\(target)を「\(word)」と呼んでいます。"
        }
    }
}
