// A sentence in the two languages of the product.

/// A text in Japanese and English.
struct LocalizedText: Sendable, Hashable {
    let japanese: String
    let english: String

    init(_ japanese: String, _ english: String) {
        self.japanese = japanese
        self.english = english
    }

    func text(in language: ReviewLanguage) -> String {
        switch language {
        case .japanese: japanese
        case .english: english
        }
    }
}

extension Double {
    /// The number with so many digits after the point, rounded.
    func text(digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((abs(self) * scale).rounded())
        let divisor = Int(scale)
        let sign = self < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let rest = String(whole % divisor)
        return "\(sign)\(whole / divisor).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }

    /// The number as JSON should show it: three digits after the point.
    var rounded3: Double { (self * 1000).rounded() / 1000 }
}
