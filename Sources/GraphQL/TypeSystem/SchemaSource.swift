// Nodes of several documents together: a node means something only with its document, so they travel in pairs.

/// A document that takes part in a schema.
final class SchemaSource: Sendable {
    let document: Document
    /// Its name in issues.
    let name: String?
    /// Whether it holds our own definitions of the specification's types.
    let isBuiltIn: Bool
    /// Where its lines begin.
    let lines: LineTable

    init(document: Document, name: String?, isBuiltIn: Bool) {
        self.document = document
        self.name = name
        self.isBuiltIn = isBuiltIn
        lines = LineTable(document.source)
    }
}

/// A node and the document it is from.
@dynamicMemberLookup
struct Located<Node: Sendable>: Sendable {
    let node: Node
    let source: SchemaSource

    init(_ node: Node, in source: SchemaSource) {
        self.node = node
        self.source = source
    }

    /// A part of the node.
    subscript<Part>(dynamicMember path: KeyPath<Node, Part>) -> Part { node[keyPath: path] }

    /// A part of the node together with the document.
    func with<Part: Sendable>(_ part: Part) -> Located<Part> { Located<Part>(part, in: source) }

    /// Parts of the node, each together with the document.
    func each<Part: Sendable>(_ parts: some Sequence<Part>) -> [Located<Part>] { parts.map { with($0) } }

    /// The text of a name of this document.
    func string(_ name: Name) -> String { source.document.string(name) }

    /// The place of an offset of this document.
    func place(_ offset: UInt32) -> Place { Place(source: source, offset: offset) }

    /// Where a node of this document was defined; nil for our own documents.
    func location(_ offset: UInt32) -> SourceLocation? {
        source.isBuiltIn ? nil : source.lines.location(of: offset)
    }
}

extension Located<Name> {
    /// The text of the name.
    var text: String { string(node) }
    /// Where it is written.
    var place: Place { place(node.start) }
}

/// A byte offset in one of the documents.
struct Place: Sendable {
    let source: SchemaSource
    let offset: UInt32

    var location: SourceLocation { source.lines.location(of: offset) }
}

/// Issues found so far.
struct IssueList {
    private(set) var issues: [SchemaIssue] = []

    /// Adds an issue; the first place is the culprit.
    mutating func add(_ message: String, at places: [Place]) {
        issues.append(SchemaIssue(message, at: places.map(\.location), in: places.first?.source.name))
    }

    func throwIfAny() throws(SchemaError) {
        if !issues.isEmpty { throw SchemaError(issues: issues) }
    }
}
