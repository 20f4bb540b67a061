import Clients
import Testing

@Suite("CopyrightDecision")
struct CopyrightDecisionTests {
    @Test(
        "Look and text of a notice give one severity",
        arguments: [
            (.found, .matches, .safe), (.found, .notRead, .safe), (.found, .differs, .alert), (.found, .absent, .alert),
            (.unsure, .matches, .alert), (.unsure, .notRead, .alert), (.missing, .matches, .alert),
            (.missing, .notRead, .risk), (.missing, .differs, .risk), (.missing, .absent, .risk),
            (nil, .matches, .safe),
            (nil, .differs, .alert), (nil, .absent, .alert), (nil, .notRead, .alert),
        ] as [(Presence.Verdict?, CopyrightDecision.Reading, FindingSeverity)])
    func table(mark: Presence.Verdict?, reading: CopyrightDecision.Reading, expected: FindingSeverity) {
        #expect(CopyrightDecision(mark: mark, reading: reading).severity == expected)
    }

    @Test(
        "The expected text is found in the instruction",
        arguments: [
            ("右下に「© AIMAGE 2025」を入れる。", "© AIMAGE 2025"), ("Put “(C) Acme, Inc.” somewhere", "(C) Acme, Inc."),
            ("『©A・B／製作委員会』", "©A・B／製作委員会"), ("Notice:\n© 2025 Acme Inc.\nin white", "© 2025 Acme Inc"),
            ("右下に入れる。", nil), ("「右下」に入れる", nil),
        ] as [(String, String?)])
    func expectedText(instruction: String, expected: String?) {
        #expect(NoticeText(instruction: instruction)?.expected == expected)
    }

    @Test(
        "Texts are compared exactly but for white space and the ways to write ©",
        arguments: [
            ("© AIMAGE, 2025", .matches), ("(C)AIMAGE,  2025", .matches), ("noise\n© AIM AGE,2025 |", .matches),
            ("© AIMAGE 2025", .differs), ("© AIMAGE, 2024", .differs), ("© aimage, 2025", .absent), ("", .absent),
            ("something else entirely", .absent),
        ] as [(String, CopyrightDecision.Reading)])
    func comparison(read: String, expected: CopyrightDecision.Reading) throws {
        let notice = try #require(NoticeText(instruction: "「© AIMAGE, 2025」"))
        #expect(notice.compare(with: read) == expected)
    }
}
