/// The order in which people expect names: numbers in them count by their value, and capitals do not matter.
enum NaturalOrder {
    /// Whether one name comes before another; of names that only differ in capitals or zeros, by their characters.
    static func precedes(_ first: String, _ second: String) -> Bool {
        let one = parts(of: first)
        let other = parts(of: second)
        for (left, right) in zip(one, other) where left != right { return left < right }
        return one.count == other.count ? first < second : one.count < other.count
    }

    /// A piece of a name: a number comes before other characters.
    private enum Part: Comparable {
        /// The digits without leading zeros; the longer number is the greater one.
        case number(length: Int, digits: String)
        case character(String)
    }

    private static func parts(of name: String) -> [Part] {
        var parts: [Part] = []
        var digits: String?
        func number(_ digits: String) -> Part {
            let significant = String(digits.drop { $0 == "0" })
            return .number(length: significant.count, digits: significant)
        }
        for character in name {
            if let digit = digit(character) {
                digits = (digits ?? "") + String(digit)
                continue
            }
            if let run = digits { parts.append(number(run)) }
            digits = nil
            parts.append(.character(character.lowercased()))
        }
        if let run = digits { parts.append(number(run)) }
        return parts
    }

    /// The value of a digit, be it as wide as a letter or as a character of Japanese.
    private static func digit(_ character: Character) -> Int? {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        return switch scalar.value {
        case 0x30...0x39: Int(scalar.value - 0x30)
        case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
        default: nil
        }
    }
}
