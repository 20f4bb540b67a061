// XML text for the parts of a package. Elements nest by closures, so what comes out is well-formed by construction.

/// Writes one XML document as UTF-8.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []

    /// Starts a document with its declaration.
    init() {
        raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    }

    /// Writes what is to be put into a document, and returns its bytes.
    static func fragment(_ content: (inout XMLWriter) -> Void) -> [UInt8] {
        var xml = XMLWriter()
        xml.bytes = []
        content(&xml)
        return xml.bytes
    }

    /// Writes a document of one element and returns its bytes.
    static func document(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ content: (inout XMLWriter) -> Void
    ) -> [UInt8] {
        var xml = XMLWriter()
        xml.element(name, attributes, content)
        return xml.bytes
    }

    /// Writes an element for the document of others, without a declaration, and returns its bytes.
    static func fragment(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>,
        _ content: ((inout XMLWriter) -> Void)? = nil
    ) -> [UInt8] {
        var xml = XMLWriter()
        xml.bytes = []
        if let content { xml.element(name, attributes, content) } else { xml.empty(name, attributes) }
        return xml.bytes
    }

    /// Writes an element with what `content` writes inside it.
    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ content: (inout XMLWriter) -> Void
    ) {
        element(name, Array(attributes), content)
    }

    /// The same with attributes that are not always the same ones.
    mutating func element(
        _ name: StaticString, _ attributes: [(key: StaticString, value: String)],
        _ content: (inout XMLWriter) -> Void
    ) {
        start(name, attributes)
        raw(">")
        content(&self)
        raw("</")
        raw(name)
        raw(">")
    }

    /// Writes an element without content.
    mutating func empty(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
        start(name, Array(attributes))
        raw("/>")
    }

    /// Writes character data, escaped; characters that XML 1.0 §2.2 cannot express are left out.
    mutating func text(_ string: String) {
        append(string, inAttribute: false)
    }

    private mutating func start(_ name: StaticString, _ attributes: [(key: StaticString, value: String)]) {
        raw("<")
        raw(name)
        for (key, value) in attributes {
            raw(" ")
            raw(key)
            raw("=\"")
            append(value, inAttribute: true)
            raw("\"")
        }
    }

    private mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ string: String, inAttribute: Bool) {
        for scalar in string.unicodeScalars {
            switch scalar {
            case "&": raw("&amp;")
            case "<": raw("&lt;")
            case ">": raw("&gt;")
            case "\"": raw("&quot;")
            case "\t", "\n", "\r":
                // A reader turns bare ones in attributes into spaces (XML 1.0 §3.3.3).
                if inAttribute {
                    bytes.append(contentsOf: "&#\(scalar.value);".utf8)
                } else {
                    bytes.append(UInt8(scalar.value))
                }
            default:
                if Self.isExpressible(scalar) { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            }
        }
    }

    private static func isExpressible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
