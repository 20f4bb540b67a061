// Every sentence of the local model, in one place. Titles come from people; hex colours and figures are measured.

/// The descriptions and suggestions that the local model writes.
enum LocalTexts {
    static func notAutomated(_ title: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」は自動では判定できない項目です。人による確認が必要です。",
            "“\(title)” cannot be judged automatically; a person must check it.")
    }

    static func listening(_ title: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」は音声のため自動では判定できません。人が聴いて確認してください。",
            "“\(title)” cannot be judged automatically in a recording; a person must listen.")
    }

    static func noReferences(_ title: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」には参照画像がないため、自動で比較できません。人による確認が必要です。",
            "“\(title)” has no reference picture to compare with; a person must check it.")
    }

    static let textOnPicture = LocalizedText(
        "テキストの確認項目は画像には適用されません。", "Text checks do not apply to pictures.")

    static func pictureUnreadable(_ reason: String) -> LocalizedText {
        LocalizedText("画像を読み込めませんでした（\(reason)）。", "The picture cannot be read (\(reason)).")
    }

    static func referenceUnreadable(_ number: Int, _ reason: String) -> LocalizedText {
        LocalizedText(
            "参照画像 \(number) を読み込めませんでした（\(reason)）。", "Reference picture \(number) cannot be read (\(reason)).")
    }

    static func referenceEven(_ number: Int) -> LocalizedText {
        LocalizedText(
            "参照画像 \(number) は一様な面で、探せる形がありません。",
            "Reference picture \(number) is an even surface without a shape to search for.")
    }

    // Quality of the picture.

    static let blank = LocalizedText("画像がほぼ一色で、内容が見えません。", "The picture is practically one even surface.")

    static let blankSuggestion = LocalizedText("正しいファイルか確認してください。", "Check that this is the right file.")

    static let blurred = LocalizedText("画像全体がぼやけています。", "The whole picture is blurred.")

    static let blurredSuggestion = LocalizedText(
        "ピントの合った元データに差し替えてください。", "Replace it by a sharp original.")

    static func small(_ width: Int, _ height: Int) -> LocalizedText {
        LocalizedText(
            "解像度が低く（\(width) × \(height) 画素）、細部を確認できません。",
            "The resolution is low (\(width) × \(height) pixels): details cannot be checked.")
    }

    static let smallSuggestion = LocalizedText(
        "短辺 \(PictureQualityCheck.minimumSide) 画素以上の画像を用意してください。",
        "Provide a picture of at least \(PictureQualityCheck.minimumSide) pixels on its shorter side.")

    // Visual review.

    static func matches(_ title: String) -> LocalizedText {
        LocalizedText("「\(title)」は参照画像と一致しています。", "“\(title)” matches the reference picture.")
    }

    static func colorDeviates(_ title: String, _ expected: String, _ found: String, _ difference: Double)
        -> LocalizedText
    {
        let measured = difference.text(digits: 1)
        return LocalizedText(
            "「\(title)」の色が参照画像と異なります。参照画像は \(expected)、この画像は \(found) です（色差 ΔE \(measured)）。",
            "The colour of “\(title)” differs from the reference picture: \(expected) there, \(found) here (ΔE \(measured))."
        )
    }

    static func colorSuggestion(_ expected: String, _ found: String) -> LocalizedText {
        LocalizedText("枠内の \(found) を \(expected) に直してください。", "Change \(found) inside the box to \(expected).")
    }

    static func unsure(_ title: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」に似た部分がありますが、参照画像と形が異なります。",
            "A part resembles “\(title)”, but its shape differs from the reference picture.")
    }

    static let compareBox = LocalizedText("枠内を参照画像と見比べてください。", "Compare the box with the reference picture.")

    static func notFound(_ title: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」の参照画像に一致する部分が見つかりませんでした。",
            "No part of the picture matches the reference picture of “\(title)”.")
    }

    static let notFoundSuggestion = LocalizedText(
        "描かれているはずの場合は、人が確認してください。", "If it should be there, a person must check.")

    static func swatchFound(_ title: String, _ color: String) -> LocalizedText {
        LocalizedText("「\(title)」の指定色 \(color) が使われています。", "The colour \(color) of “\(title)” is used.")
    }

    static func swatchMissing(_ title: String, _ color: String) -> LocalizedText {
        LocalizedText(
            "「\(title)」の指定色 \(color) が見つかりませんでした。", "The colour \(color) of “\(title)” does not occur.")
    }
}
