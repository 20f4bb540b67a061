import Clients
import JSON
import Testing

@testable import Workflows

@Suite("Dialogue check")
struct DialogueCheckTests {
    private static let table: JSONValue = [
        "ソラ": ["ソラ": "わたし", "レン": "レンくん", "博士": "先生"],
        "レン": ["レン": "俺", "ソラ": "ソラ", "博士": "博士"],
        "博士": ["博士": "私", "ソラ": "ソラさん"],
    ]
    private static let rules = [
        SpecialRule(speaker: "ソラ", target: "レン", alias: "お兄ちゃん", conditions: ["第3話だけ", "二人きり"])
    ]

    private func check() throws -> DialogueCheck {
        DialogueCheck(table: try #require(AppellationTable(Self.table)), rules: Self.rules)
    }

    private func finding(_ speaker: String, _ text: String) throws -> FindingDraft {
        try check().finding(about: DialogueLine(number: 7, speaker: speaker, text: text))
    }

    @Test(
        "rule 26: the table's word and the official name are right, an exception asks for its conditions, anything else is a risk, and so is a word for whom the table has none",
        arguments: [
            ("ソラ", "レンくん、待って。", FindingSeverity.safe), ("ソラ", "レン、待って。", .safe),
            ("ソラ", "お兄ちゃん、待って。", .alert), ("ソラ", "レンさん、待って。", .risk), ("ソラ", "レンくんとレンさま。", .risk),
            ("レン", "ソラさん、行こう。", .risk), ("レン", "お兄ちゃんだぞ。", .risk), ("博士", "レンくん、こちらへ。", .risk),
            ("博士", "レン、こちらへ。", .safe), ("ソラ", "先生、見て。", .safe), ("レン", "先生、見て。", .risk),
            ("ソラ", "わたしが行く。", .safe), ("ソラ", "俺が行く。", .risk), ("レン", "俺が行く。", .safe),
            ("ソラ", "『レンさん』という本。", .safe), ("ソラ", "いい天気。", .safe), ("通行人", "レンくん！", .alert),
        ])
    func severities(speaker: String, text: String, severity: FindingSeverity) throws {
        let finding = try finding(speaker, text)
        #expect(finding.severity == severity, "\(finding.description)")
        #expect(finding.tag == "speaker_check" && finding.lineNumber == 7 && finding.area == nil)
    }

    @Test("rule 26: a finding says what is wrong, what is expected, and which conditions to look at")
    func words() throws {
        let wrong = try finding("ソラ", "レンさん、待って。")
        #expect(wrong.description.contains("「レンさん」") && wrong.description.contains("「レンくん」"))
        #expect(wrong.suggestion == "レンは「レンくん」と呼びます。")
        let exception = try finding("ソラ", "お兄ちゃん！")
        #expect(exception.description.contains("第3話だけ、二人きり"))
        #expect(try finding("博士", "レンくん。").description.contains("登録がありません"))
        #expect(try finding("通行人", "やあ。").description.contains("呼称表にありません"))
        // The worst of a line counts, and is what it tells of.
        let mixed = try finding("ソラ", "レンくん、レンさま、お兄ちゃん。")
        #expect(mixed.severity == .risk && mixed.description.contains("レンさま") && !mixed.description.contains("第3話"))
    }

    @Test("Latin names do not stand within other words, and a word that may mean several is right for one of them")
    func latin() throws {
        let table = try #require(
            AppellationTable([
                "Ann": ["Ann": "me", "Ben": "Benny", "Bea": "boss"],
                "Ben": ["Ben": "I", "Ann": "Annie", "Bea": "boss"],
                "Bea": ["Bea": "I", "Ben": "boss"],
            ]))
        let check = DialogueCheck(table: table, rules: [])
        func severity(_ speaker: String, _ text: String) -> FindingSeverity {
            check.finding(about: DialogueLine(number: 1, speaker: speaker, text: text)).severity
        }
        #expect(severity("Ann", "Benefits for everybody.") == .safe)
        #expect(severity("ann", "Benny, come.") == .safe)
        #expect(severity("Ben", "Annie, come.") == .safe)
        #expect(severity("Bea", "Benny, come.") == .risk)
        #expect(severity("Ann", "Yes, boss.") == .safe)
        #expect(severity("Ann", "I see.") == .risk)
    }

    @Test(
        "a single kanji is no word beside another one, unless that is an ending, or an adverb before it",
        arguments: [
            ("私が行く。", true), ("私立の学校だ。", false), ("公私を分ける。", false), ("私達が行く。", true), ("今日私が行く。", true),
            ("今私が行く。", true), ("私、行く。", true), ("行くのは私", true), ("下僕だ。", true),
            ("姫様、こちらへ。", true), ("歌姫が来た。", false), ("姫君だ。", true), ("姫路へ行く。", false), ("昨日姫を見た。", true),
        ])
    func kanji(text: String, isUsed: Bool) throws {
        let table = try #require(
            AppellationTable(["博士": ["博士": "私", "姫": "姫様"], "僕っ子": ["僕っ子": "下僕"]]))
        let uses = DialogueCheck(table: table, rules: []).uses(
            in: DialogueLine(number: 1, speaker: "博士", text: text))
        #expect(!uses.isEmpty == isUsed, "\(uses)")
    }

    @Test("rule 26: what was found is there for programs, too, with the places of the words in the line")
    func notes() throws {
        func note(_ speaker: String, _ text: String) throws -> DialogueNote? {
            try finding(speaker, text).dialogue.flatMap(DialogueNote.init)
        }
        let mixed = try #require(try note("ソラ", "『レンさん』を読むレンさま、お兄ちゃん、わたし。"))
        #expect(mixed.status == .error && mixed.detectedSpeaker == "ソラ" && mixed.rowNumber == nil)
        #expect(mixed.addresses.map(\.usedName) == ["レンさま", "お兄ちゃん", "わたし"])
        #expect(mixed.addresses.map(\.status) == [.error, .warning, .ok])
        #expect(mixed.addresses.map(\.target) == ["レン", "レン", "ソラ"])
        #expect(mixed.addresses.map(\.expectedName) == ["レンくん", nil, nil])
        #expect(mixed.addresses[1].conditions == ["第3話だけ", "二人きり"])
        let scalars = Array(mixed.line.unicodeScalars)
        for address in mixed.addresses {
            let place = address.start..<(address.start + address.length)
            #expect(String(String.UnicodeScalarView(scalars[place])) == address.usedName)
        }
        // Of an unknown speaker nobody knows what is right; the names are told all the same.
        let unknown = try #require(try note("通行人", "レンくん、私だ。"))
        #expect(unknown.status == .unknownSpeaker && unknown.detectedSpeaker == nil)
        #expect(unknown.addresses.map(\.usedName) == ["レンくん"])
        #expect(unknown.addresses.map(\.status) == [.unknownSpeaker])
        let place = DialogueLine.Place(sheetName: "第1話", sheetNumber: 2, row: 31, column: 4)
        let line = DialogueLine(number: 7, speaker: "ソラ", text: "やあ", place: place)
        let draft = try check().finding(about: line)
        let placed = try #require(draft.dialogue.flatMap(DialogueNote.init))
        #expect(placed.sheetName == "第1話" && placed.sheetNumber == 2 && placed.rowNumber == 31)
        #expect(draft.description.hasPrefix("「第1話」31 行目") && placed.stored == draft.dialogue)
    }

    @Test("texts and tables give the lines that somebody speaks, with their numbers")
    func scripts() {
        let text = "第一話\n\nソラ「★レンくん」\nレン：  行こう  \n（沈黙）\n博士: 「はい」\n"
        #expect(
            DialogueScript(text: text).lines == [
                DialogueLine(number: 3, speaker: "ソラ", text: "レンくん"),
                DialogueLine(number: 4, speaker: "レン", text: "行こう"),
                DialogueLine(number: 6, speaker: "博士", text: "はい"),
            ])
        let rows = "話者,台詞\r\nソラ,\"やあ, \"\"レン\"\"\nくん\"\r\n,無音\r\nレン,うん"
        #expect(
            DialogueScript(csv: rows).lines == [
                DialogueLine(number: 2, speaker: "ソラ", text: "やあ, \"レン\"くん"),
                DialogueLine(number: 5, speaker: "レン", text: "うん"),
            ])
    }

    @Test("a table says what it lacks; what is no table is refused")
    func tables() throws {
        let table = try #require(AppellationTable(["A": ["A": "I", "B": "B-san"], "B": ["C": "C"]]))
        #expect(
            table.warnings == [
                "B has no first person.", "A has no word for C.", "B has no word for A.",
                "C is spoken of and never speaks.",
            ])
        #expect(AppellationTable(Self.table)?.warnings == ["博士 has no word for レン."])
        for wrong in [[], "x", [:], ["A": "B"], ["A": ["B": 1]], ["A": ["B": ""]], ["": ["B": "C"]]] as [JSONValue] {
            #expect(AppellationTable(wrong) == nil, "\(wrong)")
        }
    }
}
