import Testing

@testable import Workflows

@Suite("XMLWriter")
struct XMLWriterTests {
    private let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    private func body(_ build: (inout XMLWriter) -> Void) -> String {
        var xml = XMLWriter()
        build(&xml)
        return String(String(decoding: xml.bytes, as: UTF8.self).dropFirst(declaration.count))
    }

    @Test("elements nest and close")
    func nesting() {
        let text = body { xml in
            xml.element("a", ["k": "v"]) { xml in
                xml.empty("b")
                xml.element("c") { $0.text("t") }
            }
        }
        #expect(text == #"<a k="v"><b/><c>t</c></a>"#)
    }

    @Test("markup characters are escaped in text and attributes")
    func escapes() {
        #expect(body { $0.text(#"a<b>&"c"'d]]>"#) } == "a&lt;b&gt;&amp;&quot;c&quot;'d]]&gt;")
        #expect(body { $0.empty("e", ["k": "<&\">\t\n"]) } == "<e k=\"&lt;&amp;&quot;&gt;&#9;&#10;\"/>")
        #expect(body { $0.text("a\tb") } == "a\tb")
    }

    @Test("characters that XML 1.0 cannot express are left out, all others stay")
    func characters() {
        #expect(body { $0.text("a\u{0}\u{B}\u{C}\u{1F}\u{FFFE}\u{FFFF}b") } == "ab")
        let kept = "日本語🎨\u{7F}\u{85}\u{2028}\u{E000}\u{FFFD}\u{10FFFF}"
        #expect(body { $0.text(kept) } == kept)
        for value in UInt32(0)..<0x20 where ![9, 10, 13].contains(value) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(body { $0.text(String(scalar)) }.isEmpty)
        }
    }
}
