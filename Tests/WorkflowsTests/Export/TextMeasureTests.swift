import Testing

@testable import Workflows

@Suite("TextMeasure")
struct TextMeasureTests {
    static let texts = [
        "キャラクターの瞳の色が設定資料で指定された青（#2A6FDB）と異なり、全体に緑がかって見えます。",
        "The flag in the background is partially cropped at the left edge of the frame.",
        "Supercalifragilisticexpialidocious-and-a-very-long-identifier_without_any_spaces_in_it_at_all",
        "混在 mixed テキスト with words そして「かぎ括弧」、句読点。", "🎨👩‍👩‍👧‍👦絵文字🇯🇵", " ", "あ", "   leading and trailing   ",
    ]

    @Test("lines joined are the text, and each is within the width", arguments: texts)
    func wrapping(text: String) {
        for inches in [0.3, 1.0, 3.0] {
            let width = EMU.inches(inches)
            let lines = TextMeasure.lines(of: text, width: width, points: 10)
            #expect(lines.joined() == text)
            for line in lines {
                let trimmed = String(line.reversed().drop(while: \.isWhitespace).reversed())
                #expect(trimmed.count <= 1 || TextMeasure.width(of: trimmed, points: 10) <= width)
            }
        }
    }

    @Test("Japanese text takes one em for each character")
    func japanese() {
        // 100 characters of 10 pt are 1000 pt; a line of 210 pt holds 20 of them, and 3 % are kept free.
        let text = String(repeating: "監", count: 100)
        #expect(TextMeasure.lines(of: text, width: EMU.points(210), points: 10).count == 5)
        #expect(TextMeasure.width(of: text, points: 10) == EMU.points(1000))
    }

    @Test("no line starts with a closing mark or ends with an opening one")
    func kinsoku() {
        for width in 60...140 {
            let text = String(repeating: "あいう、「えお」。かき（くけ）ー", count: 4)
            let lines = TextMeasure.lines(of: text, width: EMU.points(Double(width)), points: 10)
            for line in lines.dropFirst() { #expect(!"、」。）ー".contains(line.first ?? "あ")) }
            for line in lines.dropLast() { #expect(!"「（".contains(line.last ?? "あ")) }
        }
    }

    @Test("Latin words are kept whole where they fit")
    func words() {
        let lines = TextMeasure.lines(of: "alpha beta gamma delta", width: EMU.points(60), points: 10)
        #expect(lines.allSatisfy { $0.hasSuffix(" ") || $0 == lines.last })
        #expect(lines.count > 1)
    }

    @Test("line feeds end lines, an empty text has none")
    func lineFeeds() {
        #expect(TextMeasure.lines(of: "a\nb\r\n\nc", width: EMU.inches(5), points: 10) == ["a", "b", "", "c"])
        #expect(TextMeasure.lines(of: "", width: EMU.inches(5), points: 10).isEmpty)
    }

    @Test("a cut text ends with an ellipsis and fits", arguments: texts)
    func truncation(text: String) {
        let width = EMU.inches(1)
        let cut = TextMeasure.truncated(text, width: width, points: 10)
        #expect(TextMeasure.width(of: cut, points: 10) <= width || cut.count <= 1)
        if cut != text { #expect(cut.hasSuffix("…")) }
        #expect(TextMeasure.truncated("短い", width: width, points: 10) == "短い")
        #expect(TextMeasure.truncated("一\n二", width: width, points: 10) == "一 二")
        let twoLines = "全体に緑がかって見えます"
        #expect(TextMeasure.truncated(twoLines, width: width, points: 10, lines: 2) == twoLines)
    }
}
