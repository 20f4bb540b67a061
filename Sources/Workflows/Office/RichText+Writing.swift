extension RichText {
    /// A text of one look.
    init(_ text: String) {
        runs = [Run(text: Self.encoded(text))]
    }

    /// The pieces and readings, as they stand in a cell.
    func write(to xml: inout XMLWriter) {
        if runs.count == 1, let run = runs.first, run.properties.isEmpty {
            xml.element("t", ["xml:space": "preserve"]) { $0.text(run.text) }
        } else {
            for run in runs {
                xml.element("r") { xml in
                    if !run.properties.isEmpty {
                        xml.element("rPr") { xml in for property in run.properties { Self.write(property, to: &xml) } }
                    }
                    xml.element("t", ["xml:space": "preserve"]) { $0.text(run.text) }
                }
            }
        }
        for reading in readings {
            xml.element("rPh", ["sb": reading.start, "eb": reading.end]) { xml in
                xml.element("t", ["xml:space": "preserve"]) { $0.text(reading.text) }
            }
        }
        if let readingProperties { Self.write(readingProperties, to: &xml) }
    }

    /// The text in other colours at some places: code points of the text as it stands in the file.
    ///
    /// `base` is the look of the cell: a piece that has one of its own has to say all of it.
    func colored(_ places: [(range: Range<Int>, color: String)], base: [Property]) -> RichText {
        var text = self
        text.runs = []
        var start = 0
        for run in runs {
            let scalars = Array(run.text.unicodeScalars)
            let cuts = places.flatMap { [$0.range.lowerBound - start, $0.range.upperBound - start] }
            let ends = Swift.Set(cuts.filter { $0 > 0 && $0 < scalars.count } + [0, scalars.count]).sorted()
            for (from, to) in zip(ends, ends.dropFirst()) {
                let color = places.first { $0.range.contains(start + from) }?.color
                text.runs.append(
                    Run(
                        properties: color.map { Self.look(run.properties.isEmpty ? base : run.properties, $0) }
                            ?? run.properties,
                        text: String(String.UnicodeScalarView(scalars[from..<to]))))
            }
            start += scalars.count
        }
        return text
    }

    /// A look in another colour, bold.
    private static func look(_ properties: [Property], _ color: String) -> [Property] {
        let kept = properties.filter { $0.name != "color" && $0.name != "b" }
        return [Property("b")] + kept + [Property("color", ["rgb": color])]
    }

    /// The properties that a piece of a text can have (ECMA-376, Part 1, 18.4.7); fonts call the first one `name`.
    private static let names: [String: StaticString] = [
        "name": "rFont", "rFont": "rFont", "charset": "charset", "family": "family", "b": "b", "i": "i",
        "strike": "strike", "outline": "outline", "shadow": "shadow", "condense": "condense", "extend": "extend",
        "color": "color", "sz": "sz", "u": "u", "vertAlign": "vertAlign", "scheme": "scheme",
        "phoneticPr": "phoneticPr",
    ]
    private static let attributeNames: [String: StaticString] = [
        "val": "val", "rgb": "rgb", "theme": "theme", "tint": "tint", "indexed": "indexed", "auto": "auto",
        "fontId": "fontId", "type": "type", "alignment": "alignment",
    ]

    private static func write(_ property: Property, to xml: inout XMLWriter) {
        guard let name = names[property.name] else { return }
        let attributes = property.attributes.sorted { $0.key < $1.key }.compactMap { attribute in
            attributeNames[attribute.key].map { (key: $0, value: attribute.value) }
        }
        xml.element(name, attributes) { _ in }
    }

    /// With escapes for characters that XML has not, and for what would be read as one.
    private static func encoded(_ text: String) -> String {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
            let isEscape = scalar == "_" && decoded(String(Substring(rest.prefix(7)))).unicodeScalars.count == 1
            if isControl || isEscape {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
            } else {
                result.unicodeScalars.append(scalar)
            }
            rest.removeFirst()
        }
        return result
    }
}
