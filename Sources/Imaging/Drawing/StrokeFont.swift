// Capital letters and digits as lines on a grid of 4 × 6: enough for notices and labels, and the same on every machine,
// whatever fonts it has.

/// A plain font of lines with round ends.
public enum StrokeFont {
    /// Letters are six grid units high; this many units lie between the beginnings of two letters.
    private static let advance = 5.6

    /// The outline of a text, its upper left corner at the origin; unknown letters are left empty.
    ///
    /// Knows A to Z, 0 to 9, `©`, `.`, `-`, `!` and space; small letters become capitals. `weight` is the line's width as a
    /// part of the height.
    public static func outline(_ text: String, height: Double, weight: Double = 0.14) -> DrawingPath {
        let unit = height / 6
        var path = DrawingPath()
        for (index, letter) in text.uppercased().enumerated() {
            let origin = DrawingPoint(Double(index) * advance * unit, 0)
            path = path.adding(outline(of: letter, weight * 6).placed(at: origin, scale: unit))
        }
        return path
    }

    /// The width of a text of this height.
    public static func width(of text: String, height: Double) -> Double {
        max(0, (Double(text.count) * advance - (advance - 4)) * height / 6)
    }

    private static func outline(of letter: Swift.Character, _ width: Double) -> DrawingPath {
        if letter == "©" {
            let ring = (0...24).map { step in
                DrawingPath.ellipse(DrawingPoint(2, 3), 2.5, 3).outlines[0][step * 64 / 24 % 64]
            }
            let inner = [
                (3.1, 2.2), (2.5, 1.7), (1.5, 1.7), (0.9, 2.3), (0.9, 3.7), (1.5, 4.3), (2.5, 4.3), (3.1, 3.8),
            ]
            return DrawingPath.line(ring, width: width * 0.75).adding(
                .line(inner.map { DrawingPoint($0.0, $0.1) }, width: width * 0.75))
        }
        return (strokes[letter] ?? []).reduce(DrawingPath()) { $0.adding(.line($1, width: width)) }
    }

    /// Each stroke is a run of points, each point two digits: column and row.
    private static let strokes: [Swift.Character: [[DrawingPoint]]] = [
        "A": "062046 1434", "B": "00063645443303 3342413000", "C": "4130100105163645", "D": "00062644422000",
        "E": "40000646 0333", "F": "400006 0333", "G": "41301001051636454323", "H": "0006 4046 0343", "I": "2026",
        "J": "4045361605", "K": "0006 400346", "L": "000646", "M": "0600234046", "N": "06004640",
        "O": "103041453616050110", "P": "06003041423303", "Q": "103041453616050110 2446",
        "R": "06003041423303 2346", "S": "413010010213334445361605", "T": "0040 2026", "U": "000516364540",
        "V": "002640", "W": "0016233640", "X": "0046 4006", "Y": "002340 2326", "Z": "00400646",
        "0": "103041453616050110", "1": "112026", "2": "01103041420646", "3": "0110304142334445361605 1333",
        "4": "36300444", "5": "400002324345361605", "6": "413010010516364544331304", "7": "004016",
        "8": "13020110304142331304051636454433", "9": "051636454130100102133342", ".": "2626", "-": "0343",
        "!": "2023 2626",
    ].mapValues { text in
        text.split(separator: " ").map { stroke in
            let digits = stroke.compactMap(\.wholeNumberValue)
            return stride(from: 0, to: digits.count - 1, by: 2).map {
                DrawingPoint(Double(digits[$0]), Double(digits[$0 + 1]))
            }
        }
    }
}
