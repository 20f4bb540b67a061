/// A place in a sheet; both numbers count from 1.
struct CellReference: Sendable, Hashable {
    /// The last column and the last row that spreadsheets have.
    static let (lastColumn, lastRow) = (16_384, 1_048_576)

    var column: Int
    var row: Int

    init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// Reads `AB12`; nil for anything else, and for places that no sheet has.
    init?(_ text: some StringProtocol) {
        var (column, row) = (0, 0)
        for byte in text.utf8 where byte != UInt8(ascii: "$") {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
            default:
                return nil
            }
            if column > Self.lastColumn || row > Self.lastRow { return nil }
        }
        if column == 0 || row == 0 { return nil }
        self.init(column: column, row: row)
    }

    /// The letters of a column: 28 is `AB`.
    static func letters(_ column: Int) -> String {
        var (rest, letters) = (column, "")
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    /// As spreadsheets write it.
    var text: String { "\(Self.letters(column))\(row)" }
}

/// A rectangle of cells.
struct CellRange: Sendable, Hashable {
    let first: CellReference
    let last: CellReference

    /// Reads `A1:B2`, or a single place; nil for anything else.
    init?(_ text: some StringProtocol) {
        let ends = text.split(separator: ":")
        guard let end = ends.last, ends.count <= 2, let first = CellReference(ends[0]), let last = CellReference(end),
            first.column <= last.column, first.row <= last.row
        else { return nil }
        self.first = first
        self.last = last
    }

    func contains(column: Int, row: Int) -> Bool {
        (first.column...last.column).contains(column) && (first.row...last.row).contains(row)
    }
}
