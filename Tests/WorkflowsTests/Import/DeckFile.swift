import Archive

/// A presentation of 1000 by 1000 EMU, written by hand: what its slides have in them is given as XML.
struct DeckFile {
    /// A shape's place in XML.
    static func place(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ attributes: String = "") -> String {
        #"<a:xfrm \#(attributes)><a:off x="\#(x)" y="\#(y)"/><a:ext cx="\#(width)" cy="\#(height)"/></a:xfrm>"#
    }

    /// A picture with the bytes that the slide calls by this name; without a place if it is empty.
    static func picture(_ name: String, _ place: String, placeholder: String = "") -> String {
        """
        <p:pic><p:nvPicPr><p:cNvPr id="2" name=""/><p:cNvPicPr/><p:nvPr>\(placeholder)</p:nvPr></p:nvPicPr>
        <p:blipFill><a:blip r:embed="\(name)"><a:extLst><a:ext uri="x"><a:off x="7" y="7"/></a:ext></a:extLst></a:blip>
        <a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>\(place)</p:spPr></p:pic>
        """
    }

    /// A film as newer programs write it, with a poster that the slide calls by a name; none if it is empty.
    static func film(_ clip: String, poster: String, _ place: String) -> String {
        medium("videoFile", clip, poster, place)
    }

    /// A sound with its icon.
    static func sound(_ clip: String, icon: String, _ place: String) -> String {
        medium("audioFile", clip, icon, place)
    }

    private static func medium(_ kind: String, _ clip: String, _ poster: String, _ place: String) -> String {
        """
        <p:pic><p:nvPicPr><p:cNvPr id="4" name=""><a:hlinkClick r:id="" action="ppaction://media"/></p:cNvPr><p:cNvPicPr/>
        <p:nvPr><a:\(kind) r:link="\(clip)-old"/><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}">
        <p14:media xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" r:embed="\(clip)"/></p:ext></p:extLst>
        </p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="\(poster)"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>
        <p:spPr>\(place)</p:spPr></p:pic>
        """
    }

    static func text(_ paragraphs: String..., placeholder: String = "") -> String {
        """
        <p:sp><p:nvSpPr><p:cNvPr id="3" name=""/><p:cNvSpPr/><p:nvPr>\(placeholder)</p:nvPr></p:nvSpPr><p:spPr/>
        <p:txBody><a:bodyPr/>\(paragraphs.map { "<a:p><a:r><a:rPr/><a:t>\($0)</a:t></a:r></a:p>" }.joined())</p:txBody></p:sp>
        """
    }

    static func group(_ place: String, children: (Int, Int, Int, Int), _ shapes: String...) -> String {
        let (x, y, width, height) = children
        let inner = place.replacing(
            "</a:xfrm>", with: #"<a:chOff x="\#(x)" y="\#(y)"/><a:chExt cx="\#(width)" cy="\#(height)"/></a:xfrm>"#)
        return "<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>\(inner)</p:grpSpPr>\(shapes.joined())</p:grpSp>"
    }

    var slides: [String]
    /// The width and the height of the slides.
    var side = 1000
    /// The bytes of pictures; slides call them by these names.
    var media: [String: [UInt8]] = [:]
    /// The bytes of films and sounds; slides call them by these names, older programs with `-old` behind.
    var clips: [String: [UInt8]] = [:]
    /// The shapes of the layout that all slides have.
    var layout = ""
    /// How films and sounds are kept: as they are, unless a test wants them small.
    var clipCompression = ZIPWriter.Compression.stored
    /// Put in front of each slide's root.
    var prolog = ""
    /// References of slides beside those to the pictures.
    var references = ""

    func bytes() throws -> [UInt8] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        let names = """
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="\(office)" \
            xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" \
            xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
            """
        func list(_ entries: [(id: String, type: String, target: String)], _ more: String = "") -> [UInt8] {
            let text = entries.map {
                #"<Relationship Id="\#($0.id)" Type="\#(office)/\#($0.type)" Target="\#($0.target)"/>"#
            }.joined()
            return Array(#"<Relationships xmlns="\#(package)">\#(text)\#(more)</Relationships>"#.utf8)
        }
        func tree(_ root: String, _ shapes: String) -> [UInt8] {
            Array("\(prolog)<p:\(root) \(names)><p:cSld><p:spTree>\(shapes)</p:spTree></p:cSld></p:\(root)>".utf8)
        }
        return try ZIPWriter.bytes { zip in
            try zip.add("[Content_Types].xml", Array("<Types></Types>".utf8))
            try zip.add("_rels/.rels", list([("d", "officeDocument", "ppt/presentation.xml")]))
            let ids = slides.indices.map { #"<p:sldId id="\#(256 + $0)" r:id="s\#($0)"/>"# }.joined()
            try zip.add(
                "ppt/presentation.xml",
                Array(
                    #"<p:presentation \#(names)><p:sldIdLst>\#(ids)</p:sldIdLst><p:sldSz cx="\#(side)" cy="\#(side)"/></p:presentation>"#
                        .utf8))
            try zip.add(
                "ppt/_rels/presentation.xml.rels", list(slides.indices.map { ("s\($0)", "slide", "slides/\($0).xml") }))
            try zip.add("ppt/slideLayouts/1.xml", tree("sldLayout", layout))
            for (index, shapes) in slides.enumerated() {
                try zip.add("ppt/slides/\(index).xml", tree("sld", shapes))
                try zip.add(
                    "ppt/slides/_rels/\(index).xml.rels",
                    list(
                        media.keys.sorted().map { ($0, "image", "../media/\($0)") }
                            + clips.keys.sorted().flatMap {
                                [($0, "media", "../media/\($0)"), ("\($0)-old", "video", "../media/\($0)")]
                            } + [("l", "slideLayout", "/ppt/slideLayouts/1.xml")], references))
            }
            for (name, bytes) in media { try zip.add("ppt/media/\(name)", bytes) }
            for (name, bytes) in clips { try zip.add("ppt/media/\(name)", bytes, compression: clipCompression) }
        }
    }
}
