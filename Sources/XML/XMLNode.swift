/// One step through a document.
///
/// An empty element is a start and an end, as if it had been written with two tags. Comments, processing instructions and
/// white space between elements are left out; CDATA is text.
public enum XMLNode: Sendable, Hashable {
    /// A start tag.
    case start(XMLElement)
    /// An end tag, with the local name of the element.
    case end(name: String)
    /// A text without entities; one text may come in several pieces.
    case text(String)
}

/// A start tag.
public struct XMLElement: Sendable, Hashable {
    /// An attribute of a tag.
    public struct Attribute: Sendable, Hashable {
        /// The name without its prefix.
        public let name: String
        /// The URI that the prefix stands for; empty without a prefix.
        public let namespace: String
        /// The value without entities.
        public let value: String
    }

    /// The name without its prefix.
    public let name: String
    /// The URI of the namespace; empty if it has none.
    public let namespace: String
    /// The attributes, in the order of the document, without declarations of namespaces.
    public let attributes: [Attribute]

    /// The value of the first attribute with this local name, whatever its namespace.
    public subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The value of the attribute with this local name in this namespace.
    public subscript(_ name: String, in namespace: String) -> String? {
        attributes.first { $0.name == name && $0.namespace == namespace }?.value
    }
}
