// Block strings: specification, section 2.10.4, "BlockStringValue".

/// The meaning of the raw text between triple quotes.
enum BlockString {
    /// Removes common indentation and blank first and last lines, and replaces `\"""`.
    static func value(of raw: ArraySlice<UInt8>) -> String {
        let lines = splitLines(unescape(raw))
        var common: Int?
        for line in lines.dropFirst() {
            if let indent = line.firstIndex(where: { !isBlank($0) }) {
                let width = indent - line.startIndex
                common = min(common ?? width, width)
            }
        }
        let content = lines.enumerated().map { index, line in index == 0 ? line : line.dropFirst(common ?? 0) }
            .drop { $0.allSatisfy(isBlank) }
        let end = (content.lastIndex { !$0.allSatisfy(isBlank) }).map { $0 + 1 } ?? content.startIndex
        let bytes = Array(content[content.startIndex..<end].joined(separator: [UInt8(ascii: "\n")]))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func unescape(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        let escape: [UInt8] = Array(#"\""""#.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            if raw[index] == escape[0], raw[index...].starts(with: escape) {
                result.append(contentsOf: escape.dropFirst())
                index += escape.count
            } else {
                result.append(raw[index])
                index += 1
            }
        }
        return result
    }

    private static func splitLines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                lines.append(text[start..<index])
                let isPair =
                    byte == UInt8(ascii: "\r") && index + 1 < text.count && text[index + 1] == UInt8(ascii: "\n")
                index += isPair ? 1 : 0
                start = index + 1
            }
            index += 1
        }
        lines.append(text[start...])
        return lines
    }
}

extension BlockString {
    /// The lines of a block string literal of a text, without indentation and opened on a line of its own.
    ///
    /// Nil when a block string cannot hold the text: with a blank first or last line, common indentation or control characters.
    static func literal(_ text: String) -> [String]? {
        let escaped = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            Self.escape(Array(line))
        }
        let raw = "\n" + escaped.joined(separator: "\n") + "\n"
        let hasControls = text.unicodeScalars.contains {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F...0x9F).contains($0.value)
        }
        guard !hasControls, value(of: ArraySlice(raw.utf8)) == text else { return nil }
        return ["\"\"\""] + escaped + ["\"\"\""]
    }

    private static func escape(_ line: [UInt8]) -> String {
        let quotes = [UInt8](repeating: UInt8(ascii: "\""), count: 3)
        var result: [UInt8] = []
        var rest = line[...]
        while let byte = rest.first {
            if rest.starts(with: quotes) {
                result += [UInt8(ascii: "\\")] + quotes
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
