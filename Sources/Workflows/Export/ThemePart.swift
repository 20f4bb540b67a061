// The theme: without one LibreOffice shows blank pages, and PowerPoint repairs the file.

/// Makes `ppt/theme/theme1.xml`.
enum ThemePart {
    private typealias Attributes = KeyValuePairs<StaticString, String>

    /// The colours of the scheme in the order of the schema, with those of PowerPoint's menus as accents.
    private static let colours: [(StaticString, String)] = [
        ("a:dk1", DeckStyle.ink), ("a:lt1", DeckStyle.white), ("a:dk2", DeckStyle.brand), ("a:lt2", DeckStyle.mat),
        ("a:accent1", DeckStyle.brand), ("a:accent2", DeckStyle.colour(.risk)),
        ("a:accent3", DeckStyle.colour(.alert)), ("a:accent4", DeckStyle.colour(.safe)),
        ("a:accent5", DeckStyle.unjudged), ("a:accent6", DeckStyle.brandLight), ("a:hlink", DeckStyle.brand),
        ("a:folHlink", DeckStyle.brand),
    ]

    static func part(font: String) -> [UInt8] {
        let attributes: Attributes = [
            "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main", "name": "Aimage Supervision",
        ]
        return XMLWriter.document("a:theme", attributes) { xml in
            xml.element("a:themeElements") { xml in
                xml.element("a:clrScheme", ["name": "Aimage Supervision"]) { xml in
                    for (name, value) in colours { xml.element(name) { $0.empty("a:srgbClr", ["val": value]) } }
                }
                xml.element("a:fontScheme", ["name": "Aimage Supervision"]) { xml in
                    for name: StaticString in ["a:majorFont", "a:minorFont"] { xml.element(name) { fonts(font, &$0) } }
                }
                formats(&xml)
            }
            xml.empty("a:objectDefaults")
            xml.empty("a:extraClrSchemeLst")
        }
    }

    private static func fonts(_ font: String, _ xml: inout XMLWriter) {
        xml.empty("a:latin", ["typeface": font])
        xml.empty("a:ea", ["typeface": font])
        xml.empty("a:cs", ["typeface": ""])
        xml.empty("a:font", ["script": "Jpan", "typeface": font])
    }

    /// Three of each kind, as the schema demands.
    private static func formats(_ xml: inout XMLWriter) {
        func plainFill(_ xml: inout XMLWriter) {
            xml.element("a:solidFill") { $0.empty("a:schemeClr", ["val": "phClr"]) }
        }
        xml.element("a:fmtScheme", ["name": "Aimage Supervision"]) { xml in
            xml.element("a:fillStyleLst") { xml in
                for _ in 0..<3 { plainFill(&xml) }
            }
            xml.element("a:lnStyleLst") { xml in
                for width in ["6350", "12700", "19050"] {
                    xml.element("a:ln", ["w": width, "cap": "flat", "cmpd": "sng", "algn": "ctr"]) { xml in
                        plainFill(&xml)
                        xml.empty("a:prstDash", ["val": "solid"])
                    }
                }
            }
            xml.element("a:effectStyleLst") { xml in
                for _ in 0..<3 { xml.element("a:effectStyle") { $0.empty("a:effectLst") } }
            }
            xml.element("a:bgFillStyleLst") { xml in
                for _ in 0..<3 { plainFill(&xml) }
            }
        }
    }
}
