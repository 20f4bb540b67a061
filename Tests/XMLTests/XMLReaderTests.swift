import Testing

@testable import XML

@Suite("XMLReader")
struct XMLReaderTests {
    private func nodes(_ text: String) throws -> [XMLNode] {
        let reader = try XMLReader(Array(text.utf8))
        var nodes: [XMLNode] = []
        while let node = try reader.next() {
            // One text may come in pieces.
            if case .text(let piece) = node, case .text(let before)? = nodes.last {
                nodes[nodes.count - 1] = .text(before + piece)
            } else {
                nodes.append(node)
            }
        }
        return nodes
    }

    private func element(_ name: String, _ namespace: String = "") -> XMLNode {
        .start(XMLElement(name: name, namespace: namespace, attributes: []))
    }

    @Test("Gives elements, namespaces, attributes and texts in order")
    func nodesInOrder() throws {
        let read = try nodes(
            #"<?xml version="1.0"?><a:p xmlns:a="urn:a" xmlns:r="urn:r" r:id="7" x="&lt;1&#x3042;"><a:t>星&amp;</a:t><!-- no --><b/></a:p>"#
        )
        #expect(
            read == [
                .start(
                    XMLElement(
                        name: "p", namespace: "urn:a",
                        attributes: [
                            .init(name: "id", namespace: "urn:r", value: "7"),
                            .init(name: "x", namespace: "", value: "<1あ"),
                        ])),
                element("t", "urn:a"), .text("星&"), .end(name: "t"), element("b"), .end(name: "b"), .end(name: "p"),
            ])
    }

    @Test("Keeps white space inside texts, and takes CDATA as text")
    func whiteSpace() throws {
        let reader = try XMLReader(Array(#"<t xml:space="preserve"> a <![CDATA[<b>]]> </t>"#.utf8))
        _ = try reader.next()
        #expect(try reader.readText() == " a <b> ")
        #expect(try reader.next() == nil)
    }

    @Test("Skips an element with all that is in it")
    func skip() throws {
        let reader = try XMLReader(Array("<a><b><c/><c>x</c></b><d/></a>".utf8))
        _ = try reader.next()
        _ = try reader.next()
        try reader.skipElement()
        #expect(try reader.next() == element("d"))
    }

    @Test("Reads UTF-16 by its byte order mark")
    func utf16() throws {
        let text = #"<?xml version="1.0" encoding="UTF-16"?><t>星</t>"#
        let reader = try XMLReader([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        _ = try reader.next()
        #expect(try reader.readText() == "星")
    }

    @Test(
        "Refuses what is not well-formed, with the line",
        arguments: ["", "<a>", "<a>\n<b></a>", "<a>&x;</a>", "<a/><a/>", "<a>\u{1}</a>", "text"])
    func malformed(text: String) {
        let error = #expect(throws: XMLError.self) { try nodes(text) }
        #expect(error?.code == .malformed)
        if text.contains("\n") { #expect(error?.line == 2) }
    }

    @Test("Refuses a document type before its entities count")
    func documentType() {
        let bomb = #"""
            <!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z SYSTEM "file:///etc/passwd">]><a>&y;&z;</a>
            """#
        let error = #expect(throws: XMLError.self) { try nodes(bomb) }
        #expect(error?.code == .documentType)
    }

    @Test("Refuses nesting that would cost the stack")
    func depth() {
        let deep = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        let error = #expect(throws: XMLError.self) { try nodes(deep) }
        #expect(error?.code == .malformed)
    }
}
