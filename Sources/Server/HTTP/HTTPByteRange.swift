/// A request for a part of a file (RFC 9110 §14.2): one range of bytes; several at once are answered with the whole.
struct HTTPByteRange: Hashable {
    /// What a `Range` field means for a body of a certain size.
    enum Outcome: Hashable {
        /// Send everything: no range, or one that is not understood.
        case whole
        /// Send these bytes.
        case part(Range<Int>)
        /// No byte of the body is asked for: 416.
        case unsatisfiable
    }

    static func resolve(_ field: String?, size: Int) -> Outcome {
        guard let field, field.hasPrefix("bytes="), !field.contains(",") else { return .whole }
        let bounds = field.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard bounds.count == 2 else { return .whole }
        let first = digits(bounds[0])
        let last = digits(bounds[1])
        switch (bounds[0].isEmpty, bounds[1].isEmpty, first, last) {
        case (false, true, let first?, _):
            return first < size ? .part(first..<size) : .unsatisfiable
        case (false, false, let first?, let last?):
            guard first <= last else { return .whole }
            return first < size ? .part(first..<min(size, last == Int.max ? size : last + 1)) : .unsatisfiable
        case (true, false, _, let suffix?):
            return suffix > 0 && size > 0 ? .part(max(0, size - suffix)..<size) : .unsatisfiable
        default:
            return .whole
        }
    }

    private static func digits(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text) ?? Int.max
    }
}
