// Arrows and drawings → PresentationML (ECMA-376 part 1 §19.3.1.19, §20.1.9.8): shapes that a person can go on working
// with, not pictures of them.

extension SlideWriter {
    mutating func arrow(_ arrow: Slide.Arrow, _ xml: inout XMLWriter) {
        let frame = EMURect(
            x: min(arrow.from.x, arrow.to.x), y: min(arrow.from.y, arrow.to.y), width: abs(arrow.to.x - arrow.from.x),
            height: abs(arrow.to.y - arrow.from.y))
        xml.element("p:cxnSp") { xml in
            xml.element("p:nvCxnSpPr") { xml in
                properties(arrow.name, arrow.description, &xml)
                xml.empty("p:cNvCxnSpPr")
                xml.empty("p:nvPr")
            }
            xml.element("p:spPr") { xml in
                xml.element(
                    "a:xfrm",
                    ["flipH": arrow.to.x < arrow.from.x ? "1" : "0", "flipV": arrow.to.y < arrow.from.y ? "1" : "0"]
                ) { place(frame, &$0) }
                xml.element("a:prstGeom", ["prst": "straightConnector1"]) { $0.empty("a:avLst") }
                line(arrow.line, hasHead: true, &xml)
            }
        }
    }

    mutating func drawing(_ drawing: Slide.Drawing, _ xml: inout XMLWriter) {
        let frame = drawing.frame
        xml.element("p:sp") { xml in
            xml.element("p:nvSpPr") { xml in
                properties(drawing.name, drawing.description, &xml)
                xml.empty("p:cNvSpPr")
                xml.empty("p:nvPr")
            }
            xml.element("p:spPr") { xml in
                transform("a:xfrm", frame, &xml)
                xml.element("a:custGeom") { xml in
                    for name: StaticString in ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"] { xml.empty(name) }
                    xml.empty("a:rect", ["l": "0", "t": "0", "r": "r", "b": "b"])
                    xml.element("a:pathLst") { xml in
                        xml.element("a:path", ["w": "\(frame.width)", "h": "\(frame.height)", "fill": "none"]) { xml in
                            for stroke in drawing.strokes { self.stroke(stroke, in: frame, &xml) }
                        }
                    }
                }
                xml.empty("a:noFill")
                line(drawing.line, &xml)
            }
            text(Slide.TextBody(paragraphs: []), &xml)
        }
    }

    private func stroke(_ stroke: Slide.Drawing.Stroke, in frame: EMURect, _ xml: inout XMLWriter) {
        for (index, point) in stroke.points.enumerated() {
            xml.element(index == 0 ? "a:moveTo" : "a:lnTo") {
                $0.empty("a:pt", ["x": "\(point.x - frame.x)", "y": "\(point.y - frame.y)"])
            }
        }
        if stroke.isClosed { xml.empty("a:close") }
    }
}
