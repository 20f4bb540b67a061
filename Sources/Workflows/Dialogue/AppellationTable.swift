public import JSON

/// How characters call each other: who speaks, of whom, and the word for it.
///
/// What a speaker calls itself is the first person.
public struct AppellationTable: Sendable, Hashable {
    /// The most characters of a table.
    static let maximumCharacters = 200
    /// The longest name and the longest appellation, in characters.
    static let maximumLength = 100

    /// By speaker and target.
    let entries: [String: [String: String]]
    /// All characters that speak or are spoken of, in the order of the table.
    public let characters: [String]
    /// The table as it was written.
    public let json: JSONValue

    /// How many words there are.
    public var entryCount: Int { entries.values.lazy.map(\.count).reduce(0, +) }

    /// Reads a table: objects of speakers, in each the targets with their appellations as texts; nil for anything else.
    public init?(_ value: JSONValue) {
        guard let speakers = value.object else { return nil }
        var entries: [String: [String: String]] = [:]
        var characters: [String] = []
        func add(_ name: String) { if !characters.contains(name) { characters.append(name) } }
        for row in speakers.members {
            guard let targets = row.value.object, Self.isName(row.key) else { return nil }
            add(row.key)
            entries[row.key] = [:]
            for cell in targets.members {
                guard let appellation = cell.value.string, Self.isName(cell.key), Self.isName(appellation) else {
                    return nil
                }
                entries[row.key]?[cell.key] = appellation
                add(cell.key)
            }
        }
        guard !characters.isEmpty, characters.count <= Self.maximumCharacters else { return nil }
        self.entries = entries
        self.characters = characters
        json = value
    }

    /// What a speaker calls a target; the first person for itself.
    func appellation(by speaker: String, of target: String) -> String? { entries[speaker]?[target] }

    /// What the table lacks, in sentences: first persons of speakers, and how they call others.
    public var warnings: [String] {
        let speakers = characters.filter { entries[$0] != nil }
        let first = speakers.filter { entries[$0]?[$0] == nil }.map { "\($0) has no first person." }
        let pairs = speakers.flatMap { speaker in
            characters.filter { $0 != speaker && entries[speaker]?[$0] == nil }.map {
                "\(speaker) has no word for \($0)."
            }
        }
        let silent = characters.filter { entries[$0] == nil }.map { "\($0) is spoken of and never speaks." }
        return first + pairs + silent
    }

    private static func isName(_ text: String) -> Bool { (1...maximumLength).contains(text.count) }
}

/// An exception from a table, which holds under conditions that only people can judge.
public struct SpecialRule: Sendable, Hashable {
    /// Who speaks.
    public let speaker: String
    /// Of whom.
    public let target: String
    /// The word for it.
    public let alias: String
    /// When it may be used.
    public let conditions: [String]

    /// Makes a rule.
    public init(speaker: String, target: String, alias: String, conditions: [String]) {
        self.speaker = speaker
        self.target = target
        self.alias = alias
        self.conditions = conditions
    }

    /// Reads a stored rule; nil for anything else.
    public init?(_ value: JSONValue) {
        guard let speaker = value["speaker"]?.string, let target = value["target"]?.string,
            let alias = value["alias"]?.string
        else { return nil }
        self.init(
            speaker: speaker, target: target, alias: alias,
            conditions: value["conditions"]?.array?.compactMap(\.string) ?? [])
    }

    /// The rule as it is stored.
    var stored: JSONValue {
        [
            "speaker": .string(speaker), "target": .string(target), "alias": .string(alias),
            "conditions": .array(conditions.map { .string($0) }),
        ]
    }
}
