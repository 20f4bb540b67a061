import Archive
import Foundation
import FoundationXML

/// A presentation read back: each part parsed, so that a part that is not well-formed is found at once.
struct ReadPackage {
    let names: [String]
    let parts: [String: XMLNode]
    let reader: ZIPReader

    init(_ bytes: [UInt8]) throws {
        reader = try ZIPReader(bytes: bytes)
        names = reader.entries.map(\.name)
        var parts: [String: XMLNode] = [:]
        for name in names where name.hasSuffix(".xml") || name.hasSuffix(".rels") {
            parts[name] = try XMLNode.parse(reader.read(name), name)
        }
        self.parts = parts
    }

    /// The slides in order.
    var slides: [XMLNode] {
        (1...).lazy.map { "ppt/slides/slide\($0).xml" }.prefix { parts[$0] != nil }.compactMap { parts[$0] }
    }

    /// The targets of a part's relationships, as part names, by id.
    func targets(of part: String) -> [String: String] {
        let folder = part.split(separator: "/").dropLast().joined(separator: "/")
        let file = part.split(separator: "/").last.map(String.init) ?? ""
        let name = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
        var result: [String: String] = [:]
        for relation in parts[name]?.children ?? [] {
            let target = relation["Target"] ?? ""
            var path = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
            for step in target.split(separator: "/") {
                if step == ".." { path.removeLast() } else { path.append(String(step)) }
            }
            result[relation["Id"] ?? ""] = path.joined(separator: "/")
        }
        return result
    }
}

/// An element of a parsed document.
final class XMLNode {
    let name: String
    let attributes: [String: String]
    fileprivate(set) var children: [XMLNode] = []
    fileprivate(set) var text = ""

    fileprivate init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    subscript(attribute: String) -> String? { attributes[attribute] }

    /// All elements of that name, here and below.
    func all(_ name: String) -> [XMLNode] {
        (self.name == name ? [self] : []) + children.flatMap { $0.all(name) }
    }

    func first(_ name: String) -> XMLNode? { all(name).first }

    /// All text, here and below.
    var content: String { text + children.map(\.content).joined() }

    struct NotWellFormed: Error { let part: String }

    static func parse(_ bytes: [UInt8], _ part: String) throws -> XMLNode {
        let builder = Builder()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { throw NotWellFormed(part: part) }
        return root
    }

    private final class Builder: NSObject, XMLParserDelegate {
        var root: XMLNode?
        private var open: [XMLNode] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let node = XMLNode(name: name, attributes: attributes)
            open.last?.children.append(node)
            if root == nil { root = node }
            open.append(node)
        }

        func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            open.last?.text += string
        }
    }
}
