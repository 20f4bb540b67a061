// Documents back to text: two spaces of indentation, one selection per line, a blank line between definitions. What is
// printed parses to an equivalent document, and prints the same again. Executable definitions are in
// `Printer+Executable.swift`, type-system definitions in `Printer+TypeSystem.swift`.

/// Prints a document.
struct Printer {
    let document: Document
    private(set) var text = ""
    private var indentation = 0

    /// Lists of arguments that make a line longer than this are broken, one argument a line.
    static let lineWidth = 80

    init(_ document: Document) { self.document = document }

    /// Prints all definitions.
    mutating func printDocument() -> String {
        for (index, definition) in document.definitions.enumerated() {
            if index > 0 { line("") }
            switch definition {
            case .operation(let index): print(document.operations[index])
            case .fragment(let index): print(document.fragments[index])
            case .typeSystem(let index): print(document.typeSystemDefinitions[index])
            }
        }
        return text
    }

    // MARK: Lines

    /// Adds an indented line.
    mutating func line(_ content: String) {
        if !content.isEmpty { text += String(repeating: "  ", count: indentation) + content }
        text += "\n"
    }

    /// Adds `head {`, what the closure prints, and `}`; only the head when there are no elements.
    mutating func block<Elements: Collection>(
        _ head: String, _ elements: Elements, _ body: (inout Printer, Elements.Element) -> Void
    ) {
        guard !elements.isEmpty else { return line(head) }
        line(head.isEmpty ? "{" : head + " {")
        indentation += 1
        for element in elements { body(&self, element) }
        indentation -= 1
        line("}")
    }

    /// Adds `head(` and each argument on its own lines and `)tail`.
    mutating func brokenArguments<Elements: Collection>(
        _ head: String, _ elements: Elements, _ body: (inout Printer, Elements.Element) -> Void
    ) {
        line(head + "(")
        indentation += 1
        for element in elements { body(&self, element) }
        indentation -= 1
    }

    /// Whether a line of the content is short enough to stay one.
    func fits(_ content: String) -> Bool { indentation * 2 + content.utf8.count <= Self.lineWidth }

    /// Adds a description on its own lines.
    mutating func description(_ value: Value?) {
        guard let value else { return }
        let content = document.stringValue(value)
        if value.kind == .blockString, let lines = BlockString.literal(content) {
            for part in lines { line(part) }
        } else {
            line(QuotedString.literal(content))
        }
    }

    // MARK: Parts

    /// The name as a string.
    func string(_ name: Name) -> String { document.string(name) }

    /// A type reference.
    func string(_ type: TypeNode) -> String { type.wrapping.text(around: document.string(type.name)) }

    /// A value on one line.
    func string(_ value: Value) -> String {
        switch value.kind {
        case .variable: return "$" + string(value.text)
        case .string, .blockString: return QuotedString.literal(document.stringValue(value))
        case .int, .float, .enum: return string(value.text)
        case .true: return "true"
        case .false: return "false"
        case .null: return "null"
        case .list: return "[" + document[value.items].map(string).joined(separator: ", ") + "]"
        case .object:
            let fields = document[value.fields].map { string($0.name) + ": " + string($0.value) }
            return fields.isEmpty ? "{}" : "{ " + fields.joined(separator: ", ") + " }"
        }
    }

    /// Arguments in parentheses; nothing when there are none.
    func string(_ arguments: NodeRange<Argument>) -> String {
        let parts = document[arguments].map { string($0.name) + ": " + string($0.value) }
        return parts.isEmpty ? "" : "(" + parts.joined(separator: ", ") + ")"
    }

    /// Directives, each with a space in front.
    func string(_ directives: NodeRange<Directive>) -> String {
        document[directives].map { " @" + string($0.name) + string($0.arguments) }.joined()
    }
}

extension Document: CustomStringConvertible {
    /// The document as text in a uniform layout.
    ///
    /// Parsing it gives an equivalent document.
    public var description: String {
        var printer = Printer(self)
        return printer.printDocument()
    }
}
