import Imaging

// The colours that people name in review points, in Japanese and English.

/// A basic colour with its words and what counts as it.
struct ColorWord: Sendable {
    let japanese: String
    let english: String
    let example: RGBColor
    let hue: ClosedRange<Double>?
    let chroma: ClosedRange<Double>
    let lightness: ClosedRange<Double>

    /// Whether a colour would be called by this word; hue ranges may pass 360.
    func describes(_ lab: LabColor) -> Bool {
        guard chroma.contains(lab.chroma), lightness.contains(lab.lightness) else { return false }
        guard let hue else { return true }
        return hue.contains(lab.hue) || hue.contains(lab.hue + 360)
    }

    /// The words that are known.
    static let all = [
        ColorWord("赤", "red", RGBColor(255, 0, 0), hue: 375...404, chroma: 48...200, lightness: 22...66),
        ColorWord("橙", "orange", RGBColor(255, 140, 0), hue: 40...78, chroma: 48...200, lightness: 46...88),
        ColorWord("黄", "yellow", RGBColor(255, 230, 0), hue: 80...112, chroma: 42...200, lightness: 65...101),
        ColorWord("緑", "green", RGBColor(0, 160, 60), hue: 115...178, chroma: 26...200, lightness: 20...92),
        ColorWord("水", "cyan", RGBColor(0, 190, 220), hue: 180...240, chroma: 20...200, lightness: 40...95),
        ColorWord("青", "blue", RGBColor(20, 60, 230), hue: 248...309, chroma: 32...200, lightness: 12...75),
        ColorWord("紫", "purple", RGBColor(130, 30, 160), hue: 310...338, chroma: 26...200, lightness: 12...70),
        ColorWord("桃", "pink", RGBColor(255, 130, 170), hue: 338...385, chroma: 22...70, lightness: 60...92),
        ColorWord("茶", "brown", RGBColor(120, 70, 30), hue: 45...80, chroma: 16...55, lightness: 14...50),
        ColorWord("黒", "black", RGBColor(0, 0, 0), hue: nil, chroma: 0...9, lightness: -1...14),
        ColorWord("白", "white", RGBColor(255, 255, 255), hue: nil, chroma: 0...5, lightness: 96...101),
    ]

    private init(
        _ japanese: String, _ english: String, _ example: RGBColor, hue: ClosedRange<Double>?,
        chroma: ClosedRange<Double>, lightness: ClosedRange<Double>
    ) {
        self.japanese = japanese
        self.english = english
        self.example = example
        self.hue = hue
        self.chroma = chroma
        self.lightness = lightness
    }
}
