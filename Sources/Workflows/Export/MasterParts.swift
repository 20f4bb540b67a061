// The slide master and its two layouts: what a person gets who adds a slide by hand.

/// Makes the master and the layouts.
enum MasterParts {
    /// Makes `ppt/slideMasters/slideMaster1.xml`.
    static func master(_ typography: SlideWriter.Typography) -> [UInt8] {
        XMLWriter.document("p:sldMaster", SlideWriter.namespaces) { xml in
            xml.element("p:cSld") { xml in
                xml.element("p:bg") { xml in
                    xml.element("p:bgRef", ["idx": "1001"]) { $0.empty("a:schemeClr", ["val": "bg1"]) }
                }
                SlideWriter.tree(placeholders(of: .content), typography, &xml)
            }
            xml.empty(
                "p:clrMap",
                [
                    "bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "accent1": "accent1",
                    "accent2": "accent2", "accent3": "accent3", "accent4": "accent4", "accent5": "accent5",
                    "accent6": "accent6", "hlink": "hlink", "folHlink": "folHlink",
                ])
            xml.element("p:sldLayoutIdLst") { xml in
                for layout in Slide.Layout.allCases {
                    xml.empty(
                        "p:sldLayoutId",
                        ["id": "\(PPTXPackage.firstMasterID + layout.rawValue)", "r:id": "rId\(layout.rawValue)"])
                }
            }
            xml.element("p:txStyles") { xml in
                style("p:titleStyle", points: DeckStyle.headingPoints, isBold: true, &xml)
                style("p:bodyStyle", points: 14, isBold: false, &xml)
                style("p:otherStyle", points: 14, isBold: false, &xml)
            }
        }
    }

    /// Makes the part of a layout.
    static func layout(_ layout: Slide.Layout, _ typography: SlideWriter.Typography) -> [UInt8] {
        XMLWriter.document("p:sldLayout", SlideWriter.namespaces) { xml in
            xml.element("p:cSld", ["name": layout == .title ? "Title" : "Content"]) { xml in
                SlideWriter.tree(placeholders(of: layout), typography, &xml)
            }
            xml.element("p:clrMapOvr") { $0.empty("a:masterClrMapping") }
        }
    }

    private static func placeholders(of layout: Slide.Layout) -> [Slide.Item] {
        func placeholder(
            _ name: String, _ kind: Slide.Shape.Placeholder, _ frame: EMURect, _ points: Double,
            isSlideNumber: Bool = false
        ) -> Slide.Item {
            let run = Slide.Run(
                text: isSlideNumber ? "‹#›" : name, points: points, colour: DeckStyle.brand,
                isSlideNumber: isSlideNumber)
            return .shape(
                Slide.Shape(
                    name: name, frame: frame, placeholder: kind,
                    text: Slide.TextBody(paragraphs: [Slide.Paragraph(runs: [run])], anchor: .bottom)))
        }
        switch layout {
        case .title:
            return [
                placeholder("Title", .centredTitle, EMURect(inches: 0.9, 1.65, 11.5, 1.85), 36),
                placeholder("Subtitle", .subtitle, EMURect(inches: 0.9, 3.55, 11.5, 0.45), 18),
            ]
        case .content:
            return [
                placeholder("Title", .title, SlideLayout.heading, DeckStyle.headingPoints),
                placeholder(
                    "Slide number", .slideNumber, SlideLayout.slideNumber, DeckStyle.footerPoints, isSlideNumber: true),
            ]
        }
    }

    private static func style(_ name: StaticString, points: Double, isBold: Bool, _ xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.element("a:lvl1pPr", ["algn": "l"]) { xml in
                xml.empty("a:buNone")
                xml.element("a:defRPr", ["sz": "\(Int(points * 100))", "b": isBold ? "1" : "0"]) { xml in
                    xml.element("a:solidFill") { $0.empty("a:schemeClr", ["val": "tx1"]) }
                    xml.empty("a:latin", ["typeface": "+mn-lt"])
                    xml.empty("a:ea", ["typeface": "+mn-ea"])
                }
            }
        }
    }
}
