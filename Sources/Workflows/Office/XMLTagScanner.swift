/// Finds the tags of a document by their places in its bytes, so that all else can be copied as it is.
///
/// Only for documents that `XMLReader` has read: it trusts that they are well-formed, without a document type, in UTF-8.
struct XMLTagScanner {
    /// A tag with its place.
    struct Tag {
        enum Kind { case start, end, empty }

        let kind: Kind
        /// Without its prefix.
        let name: String
        /// With the colon; empty without a prefix.
        let prefix: String
        /// From `<` to behind `>`.
        let range: Range<Int>
    }

    let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether the bytes are in UTF-8: what the declaration says, or does not say.
    var isUTF8: Bool {
        guard let end = bytes.prefix(200).firstIndex(of: UInt8(ascii: ">")), !bytes.prefix(4).contains(0),
            bytes.first != 0xFE, bytes.first != 0xFF
        else { return false }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        guard let encoding = declaration.firstRange(of: "encoding=") else { return true }
        return declaration[encoding.upperBound...].dropFirst().hasPrefix("utf-8")
    }

    /// The next tag; nil at the end.
    mutating func next() -> Tag? {
        while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            if begins("<!--", at: start) {
                place = end(of: "-->", from: start)
            } else if begins("<![CDATA[", at: start) {
                place = end(of: "]]>", from: start)
            } else if begins("<?", at: start) {
                place = end(of: "?>", from: start)
            } else {
                return tag(at: start)
            }
        }
        return nil
    }

    /// Where the value of an attribute of a tag stands; nil without it.
    func attribute(_ name: String, of tag: Tag) -> Range<Int>? {
        attributes(of: tag).first { $0.name == name }?.value
    }

    /// The value of an attribute of a tag as it is written.
    func value(_ name: String, of tag: Tag) -> String? {
        attribute(name, of: tag).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// The attributes of a tag: their names with prefixes, the places of their values, and of the whole with the space before.
    func attributes(of tag: Tag) -> [(name: String, value: Range<Int>, whole: Range<Int>)] {
        var found: [(name: String, value: Range<Int>, whole: Range<Int>)] = []
        var index = tag.range.lowerBound
        while index < tag.range.upperBound, !Self.isSpace(bytes[index]) { index += 1 }
        while index < tag.range.upperBound {
            let start = index
            while index < tag.range.upperBound, Self.isSpace(bytes[index]) { index += 1 }
            let name = index
            while index < tag.range.upperBound, bytes[index] != UInt8(ascii: "="), !Self.isSpace(bytes[index]) {
                index += 1
            }
            let text = String(decoding: bytes[name..<index], as: UTF8.self)
            while index < tag.range.upperBound, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "'") {
                index += 1
            }
            guard index < tag.range.upperBound,
                let close = bytes[(index + 1)..<tag.range.upperBound].firstIndex(of: bytes[index])
            else { break }
            found.append((text, (index + 1)..<close, start..<(close + 1)))
            index = close + 1
        }
        return found
    }

    private mutating func tag(at start: Int) -> Tag {
        var index = start + 1
        var quote: UInt8?
        while index < bytes.count, quote != nil || bytes[index] != UInt8(ascii: ">") {
            if let open = quote {
                if bytes[index] == open { quote = nil }
            } else if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
                quote = bytes[index]
            }
            index += 1
        }
        place = min(index + 1, bytes.count)
        let isEnd = begins("</", at: start)
        let isEmpty = bytes[place - 2] == UInt8(ascii: "/")
        let name = bytes[(start + (isEnd ? 2 : 1))...].prefix {
            !Self.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        let local = name.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
        return Tag(
            kind: isEnd ? .end : isEmpty ? .empty : .start, name: String(decoding: name[local...], as: UTF8.self),
            prefix: String(decoding: name[..<local], as: UTF8.self), range: start..<place)
    }

    private func begins(_ text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { bytes[index...].starts(with: $0) }
    }

    /// Behind the next occurrence of a mark; at the end of the document if there is none.
    private func end(of mark: StaticString, from start: Int) -> Int {
        mark.withUTF8Buffer { mark in
            var index = start
            while index + mark.count <= bytes.count {
                if bytes[index...].starts(with: mark) { return index + mark.count }
                index += 1
            }
            return bytes.count
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
