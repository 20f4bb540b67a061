// XML that strangers send, read as a stream by libxml2's reader: Office documents have parts of many megabytes.

import CLibXML2

/// Reads a document node by node.
///
/// Nothing is fetched, no entity but the five of XML is known, and a document type ends the reading, so neither files of this
/// machine nor memory can be had by a document. Use it from one thread at a time; it computes, so call it on the blocking pool.
public final class XMLReader {
    private let reader: xmlTextReaderPtr
    // The reader refers to the bytes until it is freed.
    private let bytes: UnsafeMutableBufferPointer<CChar>
    private var pendingEnd: String?

    private static let library: Void = xmlInitParser()

    /// Begins to read a document, whose bytes are copied.
    ///
    /// Throws `tooLarge` and `outOfMemory`.
    public init(_ document: [UInt8]) throws(XMLError) {
        _ = Self.library
        guard let size = Int32(exactly: document.count) else { throw XMLError(code: .tooLarge, line: nil) }
        let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: document.count)
        _ = bytes.initialize(from: document.lazy.map(CChar.init(bitPattern:)))
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_COMPACT.rawValue
        guard let reader = xmlReaderForMemory(bytes.baseAddress, size, nil, nil, Int32(options)) else {
            bytes.deallocate()
            throw XMLError(code: .outOfMemory, line: nil)
        }
        self.bytes = bytes
        self.reader = reader
    }

    deinit {
        xmlFreeTextReader(reader)
        bytes.deallocate()
    }

    /// Returns the next node, or nil at the end of the document.
    ///
    /// Throws `malformed` and `documentType`; after an error every call throws again.
    public func next() throws(XMLError) -> XMLNode? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name: name)
        }
        while true {
            switch xmlTextReaderRead(reader) {
            case 1: if let node = try node() { return node }
            case 0: return nil
            default: throw failure(.malformed)
            }
        }
    }

    /// Goes past the element whose start was the last node, with all that is in it.
    public func skipElement() throws(XMLError) {
        var depth = 1
        while depth > 0, let node = try next() {
            switch node {
            case .start: depth += 1
            case .end: depth -= 1
            case .text: break
            }
        }
    }

    /// Returns the text of the element whose start was the last node, with that of the elements in it, and goes past it.
    public func readText() throws(XMLError) -> String {
        var depth = 1
        var text = ""
        while depth > 0, let node = try next() {
            switch node {
            case .start: depth += 1
            case .end: depth -= 1
            case .text(let piece): text += piece
            }
        }
        return text
    }

    /// What the reader stands on; nil for what is left out.
    private func node() throws(XMLError) -> XMLNode? {
        switch UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
        case XML_READER_TYPE_ELEMENT.rawValue:
            let element = XMLElement(
                name: string(xmlTextReaderConstLocalName(reader)),
                namespace: string(xmlTextReaderConstNamespaceUri(reader)), attributes: attributes())
            if xmlTextReaderIsEmptyElement(reader) == 1 { pendingEnd = element.name }
            return .start(element)
        case XML_READER_TYPE_END_ELEMENT.rawValue:
            return .end(name: string(xmlTextReaderConstLocalName(reader)))
        case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
            XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
            return .text(string(xmlTextReaderConstValue(reader)))
        case XML_READER_TYPE_DOCUMENT_TYPE.rawValue:
            throw failure(.documentType)
        default:
            return nil
        }
    }

    private func attributes() -> [XMLElement.Attribute] {
        guard xmlTextReaderHasAttributes(reader) == 1 else { return [] }
        var attributes: [XMLElement.Attribute] = []
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            guard xmlTextReaderIsNamespaceDecl(reader) == 0 else { continue }
            attributes.append(
                XMLElement.Attribute(
                    name: string(xmlTextReaderConstLocalName(reader)),
                    namespace: string(xmlTextReaderConstNamespaceUri(reader)),
                    value: string(xmlTextReaderConstValue(reader))))
        }
        xmlTextReaderMoveToElement(reader)
        return attributes
    }

    /// libxml2 gives UTF-8, whatever the document's encoding.
    private func string(_ text: UnsafePointer<xmlChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }

    private func failure(_ code: XMLError.Code) -> XMLError {
        let line = Int(xmlTextReaderGetParserLineNumber(reader))
        return XMLError(code: code, line: line > 0 ? line : nil)
    }
}
