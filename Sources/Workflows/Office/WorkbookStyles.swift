import XML

/// Of the styles of a workbook what its texts need: which numbers are dates, and in which letters a cell is written.
struct WorkbookStyles: Sendable {
    /// How the number of a cell is meant.
    enum Moment: Sendable, Hashable {
        case date, time, dateAndTime
    }

    /// The look of each font, as the pieces of a text say it.
    private var fonts: [[RichText.Property]] = []
    private var formats: [Int: String] = [:]
    private var cells: [(format: Int, font: Int)] = []

    /// A workbook without styles.
    init() {}

    /// Reads the part of the styles.
    init(_ reader: XMLReader) throws {
        var list = ""
        while let node = try reader.next() {
            guard case .start(let element) = node else { continue }
            switch element.name {
            case "fonts", "numFmts", "cellXfs", "cellStyleXfs", "dxfs": list = element.name
            case "font" where list == "fonts":
                fonts.append(try RichText.properties(reader))
            case "numFmt" where list == "numFmts":
                if let id = element["numFmtId"].flatMap({ Int($0) }) { formats[id] = element["formatCode"] }
            case "xf" where list == "cellXfs":
                cells.append(
                    (element["numFmtId"].flatMap { Int($0) } ?? 0, element["fontId"].flatMap { Int($0) } ?? 0))
            default: break
            }
        }
    }

    /// The look of a cell's letters.
    func font(ofStyle style: Int) -> [RichText.Property] {
        guard cells.indices.contains(style), fonts.indices.contains(cells[style].font) else { return [] }
        return fonts[cells[style].font]
    }

    /// What sort of moment a number with this style is; nil for plain numbers.
    func moment(ofStyle style: Int) -> Moment? {
        guard cells.indices.contains(style) else { return nil }
        let format = cells[style].format
        if let code = formats[format] { return Self.moment(ofCode: code) }
        // The formats that every program has (ECMA-376, Part 1, 18.8.30), with those of East Asia.
        return switch format {
        case 14...17, 27...31, 36, 50...54, 57, 58: .date
        case 18...21, 32...35, 45...47, 55, 56: .time
        case 22: .dateAndTime
        default: nil
        }
    }

    /// Looks for the letters of dates and times outside of what is quoted, escaped or in brackets.
    private static func moment(ofCode code: String) -> Moment? {
        var (hasDate, hasTime, isQuoted, isEscaped) = (false, false, false, false)
        var bracket: String?
        // Sections after the first are for negative numbers and texts.
        for character in code.prefix(while: { $0 != ";" }).lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted || character == "\"" {
                if character == "\"" { isQuoted.toggle() }
            } else if let open = bracket {
                bracket = character == "]" ? nil : open + String(character)
                // Elapsed hours, minutes and seconds: all else in brackets is a colour or a condition.
                if character == "]", ["h", "hh", "m", "mm", "s", "ss"].contains(open) { hasTime = true }
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "[": bracket = ""
                case "y", "d", "e", "g": hasDate = true
                case "h", "s": hasTime = true
                default: break
                }
            }
        }
        return switch (hasDate, hasTime) {
        case (true, true): .dateAndTime
        case (true, false): .date
        case (false, true): .time
        case (false, false): nil
        }
    }
}
