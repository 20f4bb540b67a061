// "Did you mean": names that differ from an unknown one by few edits. Only made for errors. Its cost is bounded: an
// unknown name longer than any sensible one gets no suggestions, and a hopeless comparison ends early.

extension ValidationContext {
    /// ` Did you mean …?` with the names that look like the unknown one; empty when there are none or they are off.
    func suggestion(for unknown: String, among names: some Sequence<String>, _ what: String = "") -> String {
        guard options.suggestions else { return "" }
        return Suggestion.text(Suggestion.list(for: unknown, among: names), what)
    }
}

/// Finds and writes suggestions.
enum Suggestion {
    /// Longer unknown names get no suggestions.
    private static let maximumLength = 64
    private static let maximumCount = 5

    /// A sentence with a space in front; empty when there are no names.
    static func text(_ names: [String], _ what: String = "") -> String {
        let quoted = names.prefix(maximumCount).map { "\"\($0)\"" }
        guard let last = quoted.last else { return "" }
        let start = " Did you mean " + (what.isEmpty ? "" : what + " ")
        switch quoted.count {
        case 1: return start + last + "?"
        case 2: return start + quoted[0] + " or " + last + "?"
        default: return start + quoted.dropLast().joined(separator: ", ") + ", or " + last + "?"
        }
    }

    /// The names at a small distance, the nearest first.
    static func list(for unknown: String, among names: some Sequence<String>) -> [String] {
        let unknown = Array(unknown.utf8)
        guard unknown.count <= maximumLength else { return [] }
        let lowercased = unknown.map(lowercase)
        let threshold = unknown.count * 2 / 5 + 1
        var found: [(name: String, distance: Int)] = []
        for name in names {
            let candidate = Array(name.utf8)
            let other = candidate.map(lowercase)
            let distance =
                candidate == unknown
                ? 0 : other == lowercased ? 1 : EditDistance.between(lowercased, other, atMost: threshold)
            if let distance { found.append((name, distance)) }
        }
        found.sort(by: precedes)
        return found.map(\.name)
    }

    private static func precedes(_ left: (name: String, distance: Int), _ right: (name: String, distance: Int)) -> Bool
    {
        left.distance == right.distance ? NaturalOrder.precedes(left.name, right.name) : left.distance < right.distance
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

/// How many edits (insert, delete, replace, swap neighbours) make one text the other.
enum EditDistance {
    /// The distance; nil when it is larger than the limit.
    static func between(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        var current = previous
        for row in 0..<left.count {
            current[0] = row + 1
            var smallest = row + 1
            for column in 0..<right.count {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current[column + 1] = cost
                smallest = min(smallest, cost)
            }
            if smallest > limit { return nil }
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
        }
        return previous[right.count] <= limit ? previous[right.count] : nil
    }
}

/// Names in the order people expect: `item2` before `item10`.
enum NaturalOrder {
    /// Whether the first name comes before the second.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var left = Array(left.utf8)[...]
        var right = Array(right.utf8)[...]
        while let first = left.first, let second = right.first {
            if isDigit(first), isDigit(second) {
                let (one, other) = (number(&left), number(&right))
                if one.count != other.count { return one.count < other.count }
                if one != other { return one.lexicographicallyPrecedes(other) }
            } else {
                if first != second { return first < second }
                left.removeFirst()
                right.removeFirst()
            }
        }
        return left.count < right.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Takes the digits at the beginning, without leading zeros.
    private static func number(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: isDigit)
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}
