// The package around the slides: content types, relationships, presentation, document properties (ECMA-376 part 2).

/// Lists the parts of a presentation in an archive.
struct PPTXPackage {
    /// Master and layouts share one number space, which starts here.
    static let firstMasterID = 2_147_483_648

    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    private static let contentTypes = "application/vnd.openxmlformats-officedocument."

    let title: String
    let typography: SlideWriter.Typography
    let createdAt: String?
    let slideCount: Int

    /// The parts that are the same whatever the slides hold, by name.
    func fixedParts() -> [(name: String, bytes: [UInt8])] {
        var parts = [
            ("[Content_Types].xml", contentTypesPart()),
            ("_rels/.rels", packageRelationships()),
            ("docProps/app.xml", applicationProperties()),
            ("docProps/core.xml", coreProperties()),
            ("ppt/presentation.xml", presentation()),
            ("ppt/_rels/presentation.xml.rels", presentationRelationships()),
            ("ppt/presProps.xml", XMLWriter.document("p:presentationPr", SlideWriter.namespaces) { _ in }),
            ("ppt/viewProps.xml", XMLWriter.document("p:viewPr", SlideWriter.namespaces) { _ in }),
            ("ppt/tableStyles.xml", tableStyles()),
            ("ppt/theme/theme1.xml", ThemePart.part(font: typography.font)),
            ("ppt/slideMasters/slideMaster1.xml", MasterParts.master(typography)),
            ("ppt/slideMasters/_rels/slideMaster1.xml.rels", masterRelationships()),
        ]
        for layout in Slide.Layout.allCases {
            let name = "slideLayout\(layout.rawValue).xml"
            parts.append(("ppt/slideLayouts/\(name)", MasterParts.layout(layout, typography)))
            let master = Self.relationships([(Self.office + "slideMaster", "../slideMasters/slideMaster1.xml")])
            parts.append(("ppt/slideLayouts/_rels/\(name).rels", master))
        }
        return parts
    }

    /// The name of a slide's part.
    static func slideName(_ number: Int) -> String { "ppt/slides/slide\(number).xml" }

    /// The name of the part of a slide's relationships.
    static func slideRelationshipsName(_ number: Int) -> String { "ppt/slides/_rels/slide\(number).xml.rels" }

    /// The name of a picture's part.
    static func mediaName(_ number: Int, _ format: DeckPicture.Format) -> String {
        "ppt/media/image\(number).\(format.rawValue)"
    }

    /// The relationships of a slide.
    static func relationships(of slide: Slide) -> [UInt8] {
        let layout = (office + "slideLayout", "../slideLayouts/slideLayout\(slide.layout.rawValue).xml")
        return relationships(
            [layout]
                + slide.references.map { reference in
                    switch reference {
                    case .media(let number, let format):
                        (office + "image", "../" + mediaName(number, format).dropFirst("ppt/".count))
                    case .slide(let number): (office + "slide", "slide\(number).xml")
                    }
                })
    }

    private static func relationships(_ targets: [(type: String, target: String)]) -> [UInt8] {
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns": "http://schemas.openxmlformats.org/package/2006/relationships"
        ]
        return XMLWriter.document("Relationships", attributes) { xml in
            for (index, relation) in targets.enumerated() {
                xml.empty(
                    "Relationship", ["Id": "rId\(index + 1)", "Type": relation.type, "Target": relation.target])
            }
        }
    }

    private func contentTypesPart() -> [UInt8] {
        var overrides = [
            ("/docProps/app.xml", "extended-properties"), ("/ppt/presentation.xml", "presentationml.presentation.main"),
            ("/ppt/presProps.xml", "presentationml.presProps"), ("/ppt/viewProps.xml", "presentationml.viewProps"),
            ("/ppt/tableStyles.xml", "presentationml.tableStyles"),
            ("/ppt/theme/theme1.xml", "theme"), ("/ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster"),
        ]
        for layout in Slide.Layout.allCases {
            overrides.append(("/ppt/slideLayouts/slideLayout\(layout.rawValue).xml", "presentationml.slideLayout"))
        }
        for number in 1...slideCount { overrides.append(("/" + Self.slideName(number), "presentationml.slide")) }
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns": "http://schemas.openxmlformats.org/package/2006/content-types"
        ]
        return XMLWriter.document("Types", attributes) { xml in
            for (ending, type) in [
                ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"),
                ("png", "image/png"), ("jpeg", "image/jpeg"),
            ] { xml.empty("Default", ["Extension": ending, "ContentType": type]) }
            xml.empty(
                "Override",
                [
                    "PartName": "/docProps/core.xml",
                    "ContentType": "application/vnd.openxmlformats-package.core-properties+xml",
                ])
            for (part, type) in overrides {
                xml.empty("Override", ["PartName": part, "ContentType": Self.contentTypes + type + "+xml"])
            }
        }
    }

    private func packageRelationships() -> [UInt8] {
        let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        return Self.relationships([
            (Self.office + "officeDocument", "ppt/presentation.xml"), (core, "docProps/core.xml"),
            (Self.office + "extended-properties", "docProps/app.xml"),
        ])
    }

    private func presentationRelationships() -> [UInt8] {
        Self.relationships(
            [
                (Self.office + "slideMaster", "slideMasters/slideMaster1.xml"),
                (Self.office + "theme", "theme/theme1.xml"),
                // Not demanded by the standard, but PowerPoint offers to repair a file without the next two.
                (Self.office + "presProps", "presProps.xml"), (Self.office + "viewProps", "viewProps.xml"),
                (Self.office + "tableStyles", "tableStyles.xml"),
            ] + (1...slideCount).map { (Self.office + "slide", "slides/slide\($0).xml") })
    }

    private func masterRelationships() -> [UInt8] {
        Self.relationships(
            Slide.Layout.allCases.map { (Self.office + "slideLayout", "../slideLayouts/slideLayout\($0.rawValue).xml") }
                + [(Self.office + "theme", "../theme/theme1.xml")])
    }

    private func presentation() -> [UInt8] {
        XMLWriter.document("p:presentation", SlideWriter.namespaces) { xml in
            xml.element("p:sldMasterIdLst") {
                $0.empty("p:sldMasterId", ["id": "\(Self.firstMasterID)", "r:id": "rId1"])
            }
            xml.element("p:sldIdLst") { xml in
                for number in 1...slideCount {
                    xml.empty("p:sldId", ["id": "\(255 + number)", "r:id": "rId\(number + 5)"])
                }
            }
            xml.empty("p:sldSz", ["cx": "\(SlideLayout.slide.width)", "cy": "\(SlideLayout.slide.height)"])
            xml.empty("p:notesSz", ["cx": "\(SlideLayout.slide.height)", "cy": "\(SlideLayout.slide.width)"])
        }
    }

    private func tableStyles() -> [UInt8] {
        // The default is PowerPoint's "Medium Style 2 - Accent 1", which every program knows without a definition.
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
            "def": "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}",
        ]
        return XMLWriter.document("a:tblStyleLst", attributes) { _ in }
    }

    private func applicationProperties() -> [UInt8] {
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
        ]
        return XMLWriter.document("Properties", attributes) { xml in
            xml.element("Application") { $0.text("Aimage Supervision") }
            xml.element("Slides") { $0.text(String(slideCount)) }
        }
    }

    private func coreProperties() -> [UInt8] {
        let attributes: KeyValuePairs<StaticString, String> = [
            "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        ]
        return XMLWriter.document("cp:coreProperties", attributes) { xml in
            xml.element("dc:title") { $0.text(title) }
            xml.element("dc:creator") { $0.text("Aimage Supervision") }
            xml.element("dc:language") { $0.text(typography.language) }
            guard let createdAt else { return }
            for name: StaticString in ["dcterms:created", "dcterms:modified"] {
                xml.element(name, ["xsi:type": "dcterms:W3CDTF"]) { $0.text(createdAt) }
            }
        }
    }
}
