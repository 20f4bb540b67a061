/// Puts texts into cells of a sheet; every byte of all else stays.
struct SheetRewriter {
    /// What is written into a cell.
    struct Edit {
        var text: RichText
        /// The number of a style; nil keeps that of the cell.
        var style: Int?
    }

    /// The edits by row and column.
    let edits: [Int: [Int: Edit]]
    /// The namespace of the sheet's elements.
    let namespace: String

    /// The sheet with the edits; throws `OfficeError` for an encoding other than UTF-8.
    ///
    /// Rows have to exist, as those of spoken lines do.
    func rewrite(_ bytes: [UInt8]) throws -> [UInt8] {
        var scanner = XMLTagScanner(bytes)
        guard scanner.isUTF8 else {
            throw OfficeError(kind: .corrupt, message: "The sheet is not in UTF-8, so nothing can be put into it.")
        }
        let lastColumn = edits.values.lazy.compactMap { $0.keys.max() }.max() ?? 0
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var copied = 0
        var number = 0
        while let tag = scanner.next() {
            if tag.kind != .end, tag.name == "dimension", let place = scanner.attribute("ref", of: tag),
                let range = CellRange(String(decoding: bytes[place], as: UTF8.self))
            {
                let last = CellReference(column: max(range.last.column, lastColumn), row: range.last.row)
                output += bytes[copied..<place.lowerBound]
                output += "\(range.first.text):\(last.text)".utf8
                copied = place.upperBound
            } else if tag.kind != .end, tag.name == "row" {
                number = scanner.value("r", of: tag).flatMap { Int($0) } ?? number + 1
                guard tag.kind == .start, let edits = edits[number] else { continue }
                output += bytes[copied..<tag.range.lowerBound]
                copied = write(row: number, edits, from: tag, &scanner, to: &output)
            }
        }
        return output + bytes[copied...]
    }

    /// A cell of the row that is written.
    private struct OldCell {
        let column: Int
        let range: Range<Int>
        let style: String?
    }

    /// Writes a row with its edits and gives the place behind its cells.
    private func write(
        row number: Int, _ edits: [Int: Edit], from tag: XMLTagScanner.Tag, _ scanner: inout XMLTagScanner,
        to output: inout [UInt8]
    ) -> Int {
        let bytes = scanner.bytes
        // Which columns a row has is only a hint for readers, and would be wrong now.
        if let spans = scanner.attributes(of: tag).first(where: { $0.name == "spans" })?.whole {
            output += bytes[tag.range.lowerBound..<spans.lowerBound] + bytes[spans.upperBound..<tag.range.upperBound]
        } else {
            output += bytes[tag.range]
        }
        let (cells, end) = Self.cells(from: tag, &scanner)
        var left = edits
        var copied = tag.range.upperBound
        for cell in cells {
            for column in left.keys.sorted() where column < cell.column {
                output += self.cell(left.removeValue(forKey: column), at: column, row: number, style: nil, tag.prefix)
            }
            output += bytes[copied..<cell.range.lowerBound]
            if let edit = left.removeValue(forKey: cell.column) {
                output += self.cell(edit, at: cell.column, row: number, style: cell.style, tag.prefix)
            } else {
                output += bytes[cell.range]
            }
            copied = cell.range.upperBound
        }
        for column in left.keys.sorted() {
            output += self.cell(left[column], at: column, row: number, style: nil, tag.prefix)
        }
        output += bytes[copied..<end]
        return end
    }

    /// The cells of the row whose start is the last tag, and where its end begins.
    private static func cells(from row: XMLTagScanner.Tag, _ scanner: inout XMLTagScanner) -> ([OldCell], Int) {
        var cells: [OldCell] = []
        var column = 0
        var open: XMLTagScanner.Tag?
        while let tag = scanner.next() {
            if tag.name == "row", tag.kind == .end { return (cells, tag.range.lowerBound) }
            guard tag.name == "c", let start = tag.kind == .end ? open : tag else { continue }
            if tag.kind == .start {
                open = tag
                continue
            }
            open = nil
            column = scanner.value("r", of: start).flatMap { CellReference($0)?.column } ?? column + 1
            cells.append(
                OldCell(
                    column: column, range: start.range.lowerBound..<tag.range.upperBound,
                    style: scanner.value("s", of: start)))
        }
        return (cells, scanner.bytes.count)
    }

    private func cell(_ edit: Edit?, at column: Int, row: Int, style: String?, _ prefix: String) -> [UInt8] {
        guard let edit else { return [] }
        var attributes: [(key: StaticString, value: String)] = [
            ("r", CellReference(column: column, row: row).text), ("t", "inlineStr"),
        ]
        if let style = edit.style.map({ String($0) }) ?? style { attributes.append(("s", style)) }
        // Where the sheet's elements have a prefix, the default namespace is another one.
        if !prefix.isEmpty { attributes.append(("xmlns", namespace)) }
        return XMLWriter.fragment { xml in
            xml.element("c", attributes) { xml in xml.element("is") { edit.text.write(to: &$0) } }
        }
    }
}
