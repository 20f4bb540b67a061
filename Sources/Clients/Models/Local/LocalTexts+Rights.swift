// Sentences of the copyright check and of the forbidden-motif check.

extension LocalTexts {
    static func notice(_ title: String, _ severity: FindingSeverity, _ mark: Presence.Verdict?) -> LocalizedText {
        switch (severity, mark) {
        case (.safe, _):
            LocalizedText("「\(title)」の表記が確認できました。", "The notice “\(title)” is there.")
        case (.risk, _):
            LocalizedText("「\(title)」の表記が見つかりません。", "The notice “\(title)” is missing.")
        case (.alert, .found):
            LocalizedText(
                "「\(title)」の表記はありますが、文字または色が指定と異なる可能性があります。",
                "The notice “\(title)” is there, but its text or colour may differ from what is expected.")
        case (.alert, .unsure):
            LocalizedText(
                "「\(title)」に似た表記がありますが、参照画像と異なります。",
                "A notice like “\(title)” is there, but it differs from the reference picture.")
        case (.alert, .missing):
            LocalizedText(
                "文字は読み取れましたが、「\(title)」の参照画像と同じ表記が見つかりません。",
                "The text was read, but no place looks like the reference picture of “\(title)”.")
        case (.alert, nil):
            LocalizedText(
                "「\(title)」の文字を自動では確認できませんでした。", "The text of “\(title)” could not be confirmed automatically.")
        }
    }

    static func noticeSuggestion(_ severity: FindingSeverity, expected: String?) -> LocalizedText? {
        let text = expected.map { ("「\($0)」", "“\($0)”") } ?? ("指定の表記", "the notice")
        return switch severity {
        case .safe: nil
        case .alert: LocalizedText("\(text.0)と一致しているか人が確認してください。", "Check by hand that it agrees with \(text.1).")
        case .risk: LocalizedText("\(text.0)を入れてください。", "Add \(text.1).")
        }
    }

    static func reading(_ reading: CopyrightDecision.Reading, _ text: String?, hasReader: Bool) -> LocalizedText {
        switch reading {
        case .matches: LocalizedText("文字認識：指定どおり", "text recognition: as expected")
        case .differs:
            LocalizedText("文字認識：「\(text ?? "")」と読めます", "text recognition: it reads “\(text ?? "")”")
        case .absent: LocalizedText("文字認識：指定の文字は読み取れません", "text recognition: the expected text was not read")
        case .notRead where hasReader:
            LocalizedText("文字認識：指定の文字列がないため未実施", "text recognition: not done, no expected text is given")
        case .notRead:
            LocalizedText(
                "文字認識：未実施（tesseract がありません）", "text recognition: not done, tesseract is not installed")
        }
    }

    // Forbidden motifs.

    static func forbiddenMotif(_ title: String, _ severity: FindingSeverity) -> LocalizedText {
        switch severity {
        case .risk: LocalizedText("禁止要素「\(title)」があります。", "The forbidden motif “\(title)” is there.")
        case .alert:
            LocalizedText("禁止要素「\(title)」に似た部分があります。", "A part resembles the forbidden motif “\(title)”.")
        case .safe:
            LocalizedText(
                "禁止要素「\(title)」にわずかに似た部分がありますが、問題ない程度です。",
                "A part resembles the forbidden motif “\(title)” slightly, not enough to matter.")
        }
    }

    static func forbiddenColor(_ name: String, _ share: Double, _ found: String) -> LocalizedText {
        let percent = (share * 100).text(digits: 1)
        return LocalizedText(
            "禁止色「\(name)」が画像の \(percent)% に使われています（平均 \(found)）。",
            "The forbidden colour “\(name)” covers \(percent)% of the picture (\(found) on average).")
    }

    static func score(_ score: NGScore) -> LocalizedText {
        LocalizedText(
            "スコア：形 \(score.shape)/5、色 \(score.color)/3、意味 \(score.meaning)/2",
            "score: shape \(score.shape)/5, colour \(score.color)/3, meaning \(score.meaning)/2")
    }

    static let removeMotif = LocalizedText(
        "枠内を確認し、該当する場合は描き直してください。", "Look at the box and redraw it if it applies.")

    static func nothingForbidden(_ title: String) -> LocalizedText {
        LocalizedText(
            "禁止要素「\(title)」に該当するものは見つかりませんでした。", "Nothing that counts as “\(title)” was found.")
    }
}
