// Bytes into the XML of others: what is there stays as it is, to the byte.

import XML

/// Puts an element into a slide's tree of shapes.
enum SlideInsertion {
    /// The variant of a slide's format, and an id that none of its shapes has, nor any after it.
    static func survey(_ slide: [UInt8]) throws -> (variant: OfficeVariant, nextShapeID: Int) {
        let reader = try XMLReader(slide)
        var highest = 1
        var variant: OfficeVariant?
        while let node = try reader.next() {
            guard case .start(let element) = node else { continue }
            if variant == nil { variant = OfficeVariant(presentationNamespace: element.namespace) }
            guard variant != nil else { break }
            if element.name == "cNvPr", let id = element["id"].flatMap({ Int($0) }) { highest = max(highest, id) }
        }
        guard let variant else {
            throw OfficeError(kind: .corrupt, message: "The slides are of a variant that is not written here.")
        }
        // The greatest id is that of an unsigned number of 32 bits; far from it, a few hundred more are free.
        guard highest < 2_000_000_000 else {
            throw OfficeError(kind: .corrupt, message: "A slide has no number left for another shape.")
        }
        return (variant, highest + 1)
    }

    /// The slide with an element at the end of its shapes, above all others.
    static func insert(_ element: [UInt8], into slide: [UInt8]) throws -> [UInt8] {
        guard let end = startOfLastTag("spTree", isEnd: true, in: slide[...]) else {
            throw OfficeError(kind: .corrupt, message: "A slide has no tree of shapes.")
        }
        // What extends the tree itself stands behind its shapes.
        let before = slide[..<end].reversed().drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        var place = end
        if before.starts(with: Array("extLst>".utf8).reversed()),
            let list = startOfLastTag("extLst", isEnd: false, in: slide[..<end])
        {
            place = list
        }
        return Array(slide[..<place]) + element + Array(slide[place...])
    }

    /// The list with an element at its end.
    static func append(_ element: [UInt8], toRootOf document: [UInt8]) throws -> [UInt8] {
        guard let end = lastRange(of: Array("</".utf8), in: document[...]) else {
            throw OfficeError(kind: .corrupt, message: "A part of the file is empty.")
        }
        return Array(document[..<end]) + element + Array(document[end...])
    }

    /// The presentation with an entry behind that of a slide.
    static func insert(
        _ entry: [UInt8], behindSlide reference: String, into presentation: [UInt8]
    ) throws -> [UInt8] {
        let quoted = [Array("\"\(reference)\"".utf8), Array("'\(reference)'".utf8)]
        var rest = presentation[...]
        while let name = rest.firstRange(of: Array("sldId ".utf8)) {
            guard let close = rest[name.upperBound...].firstIndex(of: UInt8(ascii: ">")) else { break }
            let tag = rest[name.lowerBound...close]
            rest = rest[(close + 1)...]
            guard quoted.contains(where: { tag.firstRange(of: $0) != nil }) else { continue }
            var place = close + 1
            if tag.dropLast().last != UInt8(ascii: "/"), let end = rest.firstRange(of: Array("sldId>".utf8)) {
                place = end.upperBound
            }
            return Array(presentation[..<place]) + entry + Array(presentation[place...])
        }
        throw OfficeError(kind: .corrupt, message: "The presentation does not list one of its slides.")
    }

    /// Where the last tag with a local name begins, whatever its prefix.
    private static func startOfLastTag(_ name: String, isEnd: Bool, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array(name.utf8)
        var rest = bytes
        while let place = lastRange(of: wanted, in: rest) {
            rest = rest[..<place]
            guard let open = rest.lastIndex(of: UInt8(ascii: "<")) else { return nil }
            let between = rest[(open + 1)...]
            let isOfKind = (between.first == UInt8(ascii: "/")) == isEnd
            let prefix = between.drop { $0 == UInt8(ascii: "/") }
            let isPrefix = prefix.isEmpty || prefix.last == UInt8(ascii: ":")
            if isOfKind && isPrefix && !prefix.contains(UInt8(ascii: " ")) { return open }
        }
        return nil
    }

    private static func lastRange(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.endIndex - wanted.count
        while index >= bytes.startIndex {
            if bytes[index...].starts(with: wanted) { return index }
            index -= 1
        }
        return nil
    }
}
