import Testing

@testable import Workflows

@Suite("Changes of the presentations of others")
struct SlideInsertionTests {
    private static let names = #"xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#

    private func insert(_ slide: String) throws -> String {
        String(decoding: try SlideInsertion.insert(Array("<X/>".utf8), into: Array(slide.utf8)), as: UTF8.self)
    }

    @Test("an element comes above all shapes, whatever the prefix, and before what extends the tree")
    func shapes() throws {
        #expect(
            try insert("<p:sld><p:spTree><p:sp/></p:spTree></p:sld>")
                == "<p:sld><p:spTree><p:sp/><X/></p:spTree></p:sld>")
        #expect(try insert("<sld><spTree></spTree><x/></sld>") == "<sld><spTree><X/></spTree><x/></sld>")
        #expect(
            try insert("<q:spTree><q:sp><q:extLst/></q:sp>\n</q:spTree >")
                == "<q:spTree><q:sp><q:extLst/></q:sp>\n<X/></q:spTree >")
        #expect(
            try insert("<p:spTree><p:sp/><p:extLst><p:ext/></p:extLst>\n</p:spTree>")
                == "<p:spTree><p:sp/><X/><p:extLst><p:ext/></p:extLst>\n</p:spTree>")
        #expect(
            try insert(#"<p:spTree name="/spTree"><a:t>spTree</a:t></p:spTree><p:x a=" spTree"/>"#)
                == #"<p:spTree name="/spTree"><a:t>spTree</a:t><X/></p:spTree><p:x a=" spTree"/>"#)
        #expect(throws: OfficeError.self) { try insert("<p:sld/>") }
    }

    @Test("new shapes have ids that no other has, and are of the slide's own variant; an unknown one is refused")
    func ids() throws {
        let shapes = #"<p:cNvPr id="7"/><p:cNvPr id="41"/><p:cNvPr id="x"/></p:sld>"#
        let transitional = try SlideInsertion.survey(Array(#"<p:sld \#(Self.names)>\#(shapes)"#.utf8))
        #expect(transitional.nextShapeID == 42 && transitional.variant == .transitional)
        let names = #"xmlns:p="http://purl.oclc.org/ooxml/presentationml/main""#
        let strict = try SlideInsertion.survey(Array(#"<p:sld \#(names)>\#(shapes)"#.utf8))
        #expect(strict.nextShapeID == 42 && strict.variant == .strict)
        for bad in [
            #"<p:sld xmlns:p="http://purl.oclc.org/ooxml/presentationml/other"/>"#,
            #"<p:sld \#(Self.names)><p:cNvPr id="4294967295"/></p:sld>"#,
        ] { #expect(throws: OfficeError.self) { try SlideInsertion.survey(Array(bad.utf8)) } }
    }

    @Test("a slide is listed behind the one that it continues")
    func slides() throws {
        func list(_ slides: String, behind reference: String) throws -> String {
            String(
                decoding: try SlideInsertion.insert(
                    Array("<X/>".utf8), behindSlide: reference, into: Array("<p:sldIdLst>\(slides)</p:sldIdLst>".utf8)),
                as: UTF8.self)
        }
        let slides =
            #"<p:sldId id="256" r:id="rId1"/><p:sldId r:id='rId11' id="257"><p:extLst/></p:sldId><p:sldId id="9" r:id="c"/>"#
        #expect(
            try list(slides, behind: "rId1")
                == #"<p:sldIdLst><p:sldId id="256" r:id="rId1"/><X/>"# + slides.dropFirst(31) + "</p:sldIdLst>")
        #expect(try list(slides, behind: "rId11").contains("</p:sldId><X/><p:sldId id"))
        #expect(throws: OfficeError.self) { try list(slides, behind: "rId2") }
    }
}
