import Imaging
import Testing

@testable import Clients

@Suite("ForbiddenColor")
struct ForbiddenColorTests {
    @Test(
        "Colours are found in tags and, when plainly meant, in instructions",
        arguments: [
            (["#ff0000"], "", ["#ff0000"]), (["赤", "十字"], "", ["赤"]), (["Red", "cross"], "", ["Red"]),
            (["赤十字"], "赤十字の紋章", []), ([], "背景に赤色を使わない", ["赤色"]), ([], "no red color here", ["赤色"]),
            ([], "the colour blue", ["青色"]), ([], "a red cross", []),
            ([], "use neither #0f0 nor #00FF80.", ["#00ff00", "#00ff80"]),
            (["赤", "red"], "赤色", ["赤"]), (["#12345"], "#xyz # #", []),
        ] as [([String], String, [String])])
    func named(tags: [String], instruction: String, expected: [String]) {
        #expect(ForbiddenColor.named(tags: tags, instruction: instruction).map(\.name) == expected)
    }

    @Test("Words describe their own colour and none that is far from it", arguments: ColorWord.all.map(\.english))
    func words(english: String) throws {
        let word = try #require(ColorWord.all.first { $0.english == english })
        let fitting = ColorWord.all.filter { $0.describes(LabColor(word.example)) }.map(\.english)
        #expect(fitting.contains(english))
        #expect(fitting.count <= 2)
        #expect(!word.describes(LabColor(RGBColor(128, 128, 128))))
    }

    @Test(
        "Common shades are called what people call them",
        arguments: [
            ("#d02030", "red"), ("#e06010", "orange"), ("#f5c400", "yellow"), ("#008000", "green"), ("#1e50c8", "blue"),
            ("#000080", "blue"), ("#800080", "purple"), ("#ffc0cb", "pink"), ("#8b4513", "brown"), ("#101010", "black"),
        ])
    func shades(hex: String, english: String) throws {
        let color = LabColor(try #require(RGBColor(hex: hex)))
        #expect(ColorWord.all.filter { $0.describes(color) }.map(\.english).contains(english))
    }
}
