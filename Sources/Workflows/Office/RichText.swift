import XML

/// A text as spreadsheets keep it: in pieces with their looks, and with its readings (ECMA-376, Part 1, 18.4).
struct RichText: Sendable, Hashable {
    /// Something of a look: an empty element such as `b` or `color`.
    struct Property: Sendable, Hashable {
        let name: String
        /// By their local names.
        var attributes: [String: String] = [:]

        init(_ name: String, _ attributes: [String: String] = [:]) {
            self.name = name
            self.attributes = attributes
        }

        init(_ element: XMLElement) {
            name = element.name
            attributes = Dictionary(element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
    }

    /// A piece of one look.
    struct Run: Sendable, Hashable {
        /// What its look is; empty for that of the cell.
        var properties: [Property] = []
        /// As it stands in the file: control characters are written `_x000D_`.
        var text: String
    }

    /// How a part of it is read aloud.
    struct Reading: Sendable, Hashable {
        /// From where to where, as the file counts.
        let start: String
        let end: String
        let text: String
    }

    var runs: [Run] = []
    var readings: [Reading] = []
    /// How readings are shown.
    var readingProperties: Property?

    /// The text alone.
    var text: String { Self.decoded(rawText) }

    /// The text as it stands in the file.
    var rawText: String { runs.map(\.text).joined() }

    /// Reads what is in the element whose start was the last node, and goes past it.
    init(_ reader: XMLReader) throws {
        while let node = try reader.next() {
            switch node {
            case .start(let element):
                switch element.name {
                case "t": runs.append(Run(text: try reader.readText()))
                case "r": runs.append(try Self.run(reader))
                case "rPh":
                    let text = try reader.readText()
                    readings.append(Reading(start: element["sb"] ?? "0", end: element["eb"] ?? "0", text: text))
                case "phoneticPr":
                    readingProperties = Property(element)
                    try reader.skipElement()
                default: try reader.skipElement()
                }
            case .end: return
            case .text: break
            }
        }
    }

    private static func run(_ reader: XMLReader) throws -> Run {
        var run = Run(text: "")
        while let node = try reader.next() {
            switch node {
            case .start(let element) where element.name == "rPr":
                run.properties = try properties(reader)
            case .start(let element) where element.name == "t":
                run.text += try reader.readText()
            case .start: try reader.skipElement()
            case .end: return run
            case .text: break
            }
        }
        return run
    }

    /// The elements in the one whose start was the last node.
    static func properties(_ reader: XMLReader) throws -> [Property] {
        var properties: [Property] = []
        while let node = try reader.next() {
            switch node {
            case .start(let element):
                properties.append(Property(element))
                try reader.skipElement()
            case .end: return properties
            case .text: break
            }
        }
        return properties
    }

    /// Without the escapes of characters that XML has not (ECMA-376, Part 1, 22.4.2.4: ST_Xstring).
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let place = rest.firstRange(of: "_x") {
            result += rest[..<place.lowerBound]
            let digits = rest[place.upperBound...].prefix(4)
            let end = digits.endIndex
            if digits.utf8.count == 4, let value = UInt32(digits, radix: 16), let scalar = UnicodeScalar(value),
                end < rest.endIndex, rest[end] == "_"
            {
                result.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            } else {
                result += "_x"
                rest = rest[place.upperBound...]
            }
        }
        return result + rest
    }
}
