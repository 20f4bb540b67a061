// Slide → PresentationML. The order of the elements is that of the schema (ECMA-376 part 1 §19.3 and §20.1); programs
// repair or refuse a file that breaks it.

/// Prints slides.
struct SlideWriter {
    /// What every run of text names.
    struct Typography {
        /// The language's tag.
        var language: String
        var font: String
    }

    private let typography: Typography
    private let variant: OfficeVariant
    private var nextShapeID = 2

    private init(_ typography: Typography, _ variant: OfficeVariant = .transitional) {
        self.typography = typography
        self.variant = variant
    }

    /// The namespaces of every part with shapes.
    static let namespaces = namespaces(of: .transitional)

    private static func namespaces(of variant: OfficeVariant) -> KeyValuePairs<StaticString, String> {
        [
            "xmlns:a": variant.drawingNamespace, "xmlns:r": variant.relationshipNamespace,
            "xmlns:p": variant.presentationNamespace,
        ]
    }

    /// Returns the part of a slide.
    static func part(
        _ slide: Slide, _ typography: Typography, variant: OfficeVariant = .transitional
    ) -> [UInt8] {
        XMLWriter.document("p:sld", namespaces(of: variant)) { xml in
            var writer = SlideWriter(typography, variant)
            xml.element("p:cSld") { xml in
                if let background = slide.background {
                    xml.element("p:bg") { xml in
                        xml.element("p:bgPr") { xml in
                            writer.fill(background, &xml)
                            xml.empty("a:effectLst")
                        }
                    }
                }
                writer.tree(slide.items, &xml)
            }
            xml.element("p:clrMapOvr") { $0.empty("a:masterClrMapping") }
        }
    }

    /// Writes a shape tree; master and layouts use it too.
    static func tree(_ items: [Slide.Item], _ typography: Typography, _ xml: inout XMLWriter) {
        var writer = SlideWriter(typography)
        writer.tree(items, &xml)
    }

    /// Returns a group that covers a slide, for the slides of others; ids of its shapes begin at `firstID`.
    static func group(
        _ name: String, _ items: [Slide.Item], in slide: EMURect, firstID: Int, _ typography: Typography,
        variant: OfficeVariant
    ) -> [UInt8] {
        var writer = SlideWriter(typography, variant)
        writer.nextShapeID = firstID
        return XMLWriter.fragment("p:grpSp", namespaces(of: variant)) { xml in
            xml.element("p:nvGrpSpPr") { xml in
                writer.properties(name, "", &xml)
                xml.empty("p:cNvGrpSpPr")
                xml.empty("p:nvPr")
            }
            xml.element("p:grpSpPr") { xml in
                xml.element("a:xfrm") { xml in
                    writer.place(slide, &xml)
                    xml.empty("a:chOff", ["x": "\(slide.x)", "y": "\(slide.y)"])
                    xml.empty("a:chExt", ["cx": "\(slide.width)", "cy": "\(slide.height)"])
                }
            }
            for item in items { writer.item(item, &xml) }
        }
    }

    private mutating func tree(_ items: [Slide.Item], _ xml: inout XMLWriter) {
        xml.element("p:spTree") { xml in
            xml.element("p:nvGrpSpPr") { xml in
                xml.empty("p:cNvPr", ["id": "1", "name": ""])
                xml.empty("p:cNvGrpSpPr")
                xml.empty("p:nvPr")
            }
            xml.empty("p:grpSpPr")
            for item in items { self.item(item, &xml) }
        }
    }

    private mutating func item(_ item: Slide.Item, _ xml: inout XMLWriter) {
        switch item {
        case .shape(let shape): self.shape(shape, &xml)
        case .picture(let picture): self.picture(picture, &xml)
        case .table(let table): self.table(table, &xml)
        case .arrow(let arrow): self.arrow(arrow, &xml)
        case .drawing(let drawing): self.drawing(drawing, &xml)
        }
    }

    mutating func properties(_ name: String, _ description: String, _ xml: inout XMLWriter) {
        if description.isEmpty {
            xml.empty("p:cNvPr", ["id": "\(nextShapeID)", "name": name])
        } else {
            xml.empty("p:cNvPr", ["id": "\(nextShapeID)", "name": name, "descr": description])
        }
        nextShapeID += 1
    }

    private mutating func shape(_ shape: Slide.Shape, _ xml: inout XMLWriter) {
        xml.element("p:sp") { xml in
            xml.element("p:nvSpPr") { xml in
                properties(shape.name, shape.description, &xml)
                if shape.placeholder != nil {
                    xml.element("p:cNvSpPr") { $0.empty("a:spLocks", ["noGrp": "1"]) }
                } else if shape.text != nil && shape.fill == nil && shape.line == nil {
                    xml.empty("p:cNvSpPr", ["txBox": "1"])
                } else {
                    xml.empty("p:cNvSpPr")
                }
                xml.element("p:nvPr") { xml in
                    switch shape.placeholder {
                    case .none: break
                    case .slideNumber: xml.empty("p:ph", ["type": "sldNum", "sz": "quarter", "idx": "12"])
                    case .subtitle: xml.empty("p:ph", ["type": "subTitle", "idx": "1"])
                    case .some(let other): xml.empty("p:ph", ["type": other.rawValue])
                    }
                }
            }
            xml.element("p:spPr") { xml in
                transform("a:xfrm", shape.frame, rotation: shape.rotation, &xml)
                geometry(shape.geometry, &xml)
                if let colour = shape.fill { fill(colour, &xml) } else { xml.empty("a:noFill") }
                line(shape.line, &xml)
            }
            // A shape may do without text, but some programs then cannot be typed into it.
            text(shape.text ?? Slide.TextBody(paragraphs: []), &xml)
        }
    }

    private mutating func picture(_ picture: Slide.Picture, _ xml: inout XMLWriter) {
        xml.element("p:pic") { xml in
            xml.element("p:nvPicPr") { xml in
                properties(picture.name, picture.description, &xml)
                xml.element("p:cNvPicPr") { $0.empty("a:picLocks", ["noChangeAspect": "1"]) }
                xml.empty("p:nvPr")
            }
            xml.element("p:blipFill") { xml in
                xml.empty("a:blip", ["r:embed": picture.relationship])
                xml.element("a:stretch") { $0.empty("a:fillRect") }
            }
            xml.element("p:spPr") { xml in
                transform("a:xfrm", picture.frame, &xml)
                geometry(.rectangle, &xml)
            }
        }
    }

    private mutating func table(_ table: Slide.Table, _ xml: inout XMLWriter) {
        let frame = EMURect(
            x: table.x, y: table.y, width: table.columns.reduce(0, +), height: table.rows.reduce(0) { $0 + $1.height })
        xml.element("p:graphicFrame") { xml in
            xml.element("p:nvGraphicFramePr") { xml in
                properties(table.name, "", &xml)
                xml.element("p:cNvGraphicFramePr") { $0.empty("a:graphicFrameLocks", ["noGrp": "1"]) }
                xml.empty("p:nvPr")
            }
            transform("p:xfrm", frame, &xml)
            xml.element("a:graphic") { xml in
                xml.element("a:graphicData", ["uri": "http://schemas.openxmlformats.org/drawingml/2006/table"]) { xml in
                    xml.element("a:tbl") { xml in
                        xml.empty("a:tblPr", ["firstRow": "1", "bandRow": "1"])
                        xml.element("a:tblGrid") { xml in
                            for width in table.columns { xml.empty("a:gridCol", ["w": "\(width)"]) }
                        }
                        for row in table.rows { self.row(row, table.insets, &xml) }
                    }
                }
            }
        }
    }

    private func row(_ row: Slide.Table.Row, _ insets: Slide.Insets, _ xml: inout XMLWriter) {
        xml.element("a:tr", ["h": "\(row.height)"]) { xml in
            for cell in row.cells {
                xml.element("a:tc") { xml in
                    xml.element("a:txBody") { xml in
                        xml.empty("a:bodyPr")
                        xml.empty("a:lstStyle")
                        paragraphs(cell.paragraphs, &xml)
                    }
                    xml.element(
                        "a:tcPr",
                        [
                            "marL": "\(insets.left)", "marR": "\(insets.right)", "marT": "\(insets.top)",
                            "marB": "\(insets.bottom)", "anchor": cell.isMiddle ? "ctr" : "t",
                        ]
                    ) { xml in
                        for side: StaticString in ["a:lnL", "a:lnR"] {
                            xml.element(side, ["w": "0"]) { $0.empty("a:noFill") }
                        }
                        for side: StaticString in ["a:lnT", "a:lnB"] {
                            xml.element(side, ["w": "6350"]) { fill(DeckStyle.rule, &$0) }
                        }
                        fill(row.fill, &xml)
                    }
                }
            }
        }
    }
}

extension SlideWriter {
    func transform(_ name: StaticString, _ frame: EMURect, rotation: Int = 0, _ xml: inout XMLWriter) {
        xml.element(name, rotation == 0 ? [] : [("rot", "\(rotation)")]) { place(frame, &$0) }
    }

    /// The content of a transform: corner and size.
    func place(_ frame: EMURect, _ xml: inout XMLWriter) {
        xml.empty("a:off", ["x": "\(frame.x)", "y": "\(frame.y)"])
        xml.empty("a:ext", ["cx": "\(frame.width)", "cy": "\(frame.height)"])
    }

    private func geometry(_ geometry: Slide.Shape.Geometry, _ xml: inout XMLWriter) {
        xml.element("a:prstGeom", ["prst": geometry.rawValue]) { xml in
            xml.element("a:avLst") { xml in
                // A small radius: the default sixth of the shorter side makes high cards look like balloons.
                if geometry == .rounded { xml.empty("a:gd", ["name": "adj", "fmla": "val 6000"]) }
            }
        }
    }

    func fill(_ colour: String, _ xml: inout XMLWriter) {
        xml.element("a:solidFill") { $0.empty("a:srgbClr", ["val": colour]) }
    }

    func line(_ line: Slide.Shape.Line?, hasHead: Bool = false, _ xml: inout XMLWriter) {
        guard let line else {
            xml.element("a:ln") { $0.empty("a:noFill") }
            return
        }
        xml.element("a:ln", ["w": "\(line.width)"]) { xml in
            fill(line.colour, &xml)
            if line.isDashed { xml.empty("a:prstDash", ["val": "dash"]) }
            if line.isRound {
                xml.empty("a:round")
            } else {
                // Eight times the line's width, in thousandths of a percent or with the sign.
                xml.empty("a:miter", ["lim": variant == .strict ? "800%" : "800000"])
            }
            if hasHead { xml.empty("a:tailEnd", ["type": "triangle", "w": "med", "len": "med"]) }
        }
    }

    func text(_ text: Slide.TextBody, _ xml: inout XMLWriter) {
        xml.element("p:txBody") { xml in
            xml.element(
                "a:bodyPr",
                [
                    "wrap": text.wraps ? "square" : "none", "lIns": "\(text.insets.left)", "tIns": "\(text.insets.top)",
                    "rIns": "\(text.insets.right)", "bIns": "\(text.insets.bottom)", "rtlCol": "0",
                    "anchor": text.anchor.rawValue,
                ]
            ) { $0.empty("a:noAutofit") }
            xml.empty("a:lstStyle")
            paragraphs(text.paragraphs, &xml)
        }
    }

    /// Writes at least one paragraph, since no text body may be without.
    private func paragraphs(_ paragraphs: [Slide.Paragraph], _ xml: inout XMLWriter) {
        if paragraphs.isEmpty {
            xml.element("a:p") { $0.empty("a:endParaRPr", ["lang": typography.language, "sz": "1000"]) }
        }
        for paragraph in paragraphs {
            xml.element("a:p") { xml in
                xml.element("a:pPr", ["algn": paragraph.alignment.rawValue]) { xml in
                    if let line = paragraph.line {
                        xml.element("a:lnSpc") { $0.empty("a:spcPts", ["val": "\(Int(line * 100))"]) }
                    }
                    xml.element("a:spcBef") { $0.empty("a:spcPts", ["val": "\(Int(paragraph.spaceBefore * 100))"]) }
                    xml.element("a:spcAft") { $0.empty("a:spcPts", ["val": "0"]) }
                    xml.empty("a:buNone")
                }
                for run in paragraph.runs { self.run(run, &xml) }
            }
        }
    }

    private func run(_ run: Slide.Run, _ xml: inout XMLWriter) {
        if run.isSlideNumber {
            xml.element("a:fld", ["id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"]) { xml in
                runProperties(run, &xml)
                xml.element("a:t") { $0.text(run.text) }
            }
            return
        }
        // A line feed inside a text is an element of its own; a vertical tab or a CR LF is one too.
        for (index, line) in run.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        {
            if index > 0 { xml.element("a:br") { runProperties(run, &$0) } }
            xml.element("a:r") { xml in
                runProperties(run, &xml)
                xml.element("a:t") { $0.text(String(line)) }
            }
        }
    }

    private func runProperties(_ run: Slide.Run, _ xml: inout XMLWriter) {
        xml.element(
            "a:rPr",
            [
                "lang": typography.language, "altLang": "en-US", "sz": "\(Int(run.points * 100))",
                "b": run.isBold ? "1" : "0",
                "dirty": "0",
            ]
        ) { xml in
            fill(run.colour, &xml)
            for script: StaticString in ["a:latin", "a:ea"] {
                // What the font is like, for programs that lack it: a sans serif (34) of the Shift JIS set (128 as a
                // signed byte).
                xml.empty(
                    script,
                    [
                        "typeface": typography.font, "panose": "020B0500000000000000", "pitchFamily": "34",
                        "charset": "-128",
                    ])
            }
            if let link = run.link {
                xml.empty("a:hlinkClick", ["r:id": link, "action": "ppaction://hlinksldjump"])
            }
        }
    }
}
