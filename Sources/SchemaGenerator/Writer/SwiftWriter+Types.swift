// Tags and enums.

extension SwiftWriter {
    static func tags(_ model: SchemaModel) -> String {
        var text = SwiftText(
            about: "Names the object types, interfaces and unions in Swift's type system.",
            imports: ["public import GraphQL"])
        for tag in model.tags {
            text.line()
            text.documentation(documentation(tag.documentation, else: "The type \(tag.typeName)."))
            text.block("public enum \(tag.name): \(protocolName(of: tag))") { write(tag, to: &$0) }
        }
        return text.text
    }

    private static func protocolName(of tag: TagModel) -> String {
        switch tag.kind {
        case .object: "ObjectTypeTag"
        case .node: "NodeTypeTag"
        case .abstract: "AbstractTypeTag"
        case .shared(.connection): "ConnectionTypeTag"
        case .shared(.edge): "EdgeTypeTag"
        case .shared(.changePayload): "ChangePayloadTypeTag"
        case .shared(.deletionPayload): "DeletionPayloadTypeTag"
        }
    }

    private static func write(_ tag: TagModel, to text: inout SwiftText) {
        text.documentation("`\(tag.typeName)`.")
        text.line("public static let typeName = \(tag.typeName.swiftLiteral)")
        switch tag.kind {
        case .object: break
        case .node(let prefix):
            text.line()
            text.documentation("What identifiers of this type begin with.")
            text.line("public static let idPrefix = \(prefix.swiftLiteral)")
        case .shared(let fields): write(fields, to: &text)
        case .abstract(let possible):
            // An interface may wait for its first object; a Swift enum with a raw type can't be empty.
            guard !possible.isEmpty else { return }
            text.line()
            text.documentation("The object types that can stand here.")
            text.block("public enum PossibleType: String, CaseIterable, Sendable") { text in
                for object in possible { write(object, to: &text) }
            }
        }
    }

    private static func write(_ fields: SharedFields, to text: inout SwiftText) {
        text.line()
        switch fields {
        case .connection(let edge):
            text.documentation("The type of `edges`.")
            text.line("public typealias Edge = \(edge)")
        case .edge(let node):
            text.documentation("The type of `node`.")
            text.line("public typealias Node = \(node)")
        case .changePayload(let field, let changed):
            text.documentation("The object's type.")
            text.line("public typealias Changed = \(changed)")
            text.documentation("The name of the field with the object.")
            text.line("public static let changedField = \(field.swiftLiteral)")
        case .deletionPayload(let field):
            text.documentation("The name of the field with the identifier.")
            text.line("public static let deletedIDField = \(field.swiftLiteral)")
        }
    }

    private static func write(_ enumCase: CaseModel, to text: inout SwiftText) {
        text.documentation(documentation(enumCase.documentation, else: "`\(enumCase.rawValue)`."))
        if let reason = enumCase.deprecation {
            text.line("///")
            text.documentation("Deprecated: \(reason)")
        }
        text.line("case \(enumCase.name) = \(enumCase.rawValue.swiftLiteral)")
    }

    static func enums(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "The enum types.", imports: ["public import GraphQL", "public import JSON"])
        for model in model.enums {
            text.line()
            text.documentation(documentation(model.documentation, else: "The enum \(model.name)."))
            text.block("public enum \(model.name): String, CaseIterable, Sendable") { text in
                for enumCase in model.cases { write(enumCase, to: &text) }
            }
            text.line()
            text.block("extension \(model.name): LeafValue, InputDecodable") { conformances(of: model, to: &$0) }
        }
        return text.text
    }

    private static func conformances(of model: EnumModel, to text: inout SwiftText) {
        text.documentation("Writes the value's name.")
        text.line("@inlinable")
        text.block("public func write(to out: inout ResponseWriter)") { text in
            text.line("switch self {")
            for value in model.cases {
                text.line("case .\(value.name): out.json.writeRaw(\("\"\(value.rawValue)\"".swiftLiteral))")
            }
            text.line("}")
        }
        text.line()
        text.documentation("Takes a value's name.")
        text.block("public init(input: InputValue) throws") { text in
            text.line("guard let value = Self(rawValue: try String(input: input)) else {")
            text.indented {
                $0.line("throw InputDecodingError(\"expected a value of \(model.name)\")")
            }
            text.line("}")
            text.line("self = value")
        }
    }

    static func access(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "Who may see the objects of which type.")
        let rules = model.access.rules
        text.line()
        text.documentation(documentation(rules.documentation, else: "The rules of access."))
        text.block("public enum \(rules.name): String, CaseIterable, Sendable") { text in
            for rule in rules.cases { write(rule, to: &text) }
        }
        text.line()
        text.documentation("The rule of every object type.")
        text.block("public enum TypeAccess") { text in
            text.documentation("By the type's name. The generator refuses a type without a rule.")
            text.line("public static let rules: [String: \(rules.name)] = [")
            text.indented { text in
                for entry in model.access.entries { text.line("\(entry.typeName.swiftLiteral): .\(entry.rule),") }
            }
            text.line("]")
        }
        return text.text
    }

    /// As many `#` as a raw string literal needs so that nothing in the text ends it or means something in it.
    private static func rawStringHashes(for content: String) -> String {
        var hashes = "#"
        while content.contains("\"\"\"" + hashes) || content.contains("\\" + hashes) { hashes += "#" }
        return hashes
    }

    static func document(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "The schema as clients see it.")
        text.line()
        text.documentation("The schema's text.")
        text.block("public enum SchemaDocument") { text in
            text.documentation("The SDL without the directives of the build.")
            let hashes = rawStringHashes(for: model.publicDocument)
            text.line("public static let sdl = \(hashes)\"\"\"")
            text.indented { text in
                for line in model.publicDocument.split(separator: "\n", omittingEmptySubsequences: false) {
                    text.line(String(line))
                }
                text.line("\"\"\"\(hashes)")
            }
        }
        return text.text
    }
}
