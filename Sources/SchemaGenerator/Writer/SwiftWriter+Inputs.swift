// Input objects and arguments: decoded by index, because the engine coerces them in the order of their definitions.

extension SwiftWriter {
    static func inputs(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "The input object types.", imports: ["public import GraphQL"])
        for input in model.inputs {
            text.line()
            text.documentation(documentation(input.documentation, else: "The input \(input.name)."))
            if input.isOneOf { writeOneOf(input, to: &text) } else { write(input, to: &text) }
        }
        return text.text
    }

    private static func write(_ input: InputModel, to text: inout SwiftText) {
        text.block("public struct \(input.name): InputDecodable, Sendable") { text in
            text.documentation("The fields, in order.")
            text.block("public enum Field: Int, CaseIterable, Sendable") { text in
                for field in input.fields {
                    text.documentation("`\(field.name.unescaped)`.")
                    text.line("case \(field.name)")
                }
            }
            text.line()
            properties(input.fields, to: &text)
            text.line("private let presence: FieldPresence")
            text.line()
            text.documentation("Takes an input object that was checked against the schema.")
            text.block("public init(input: InputValue) throws") { text in
                text.line("let values = try ArgumentValues(object: input)")
                assignments(input.fields, to: &text)
                text.line("presence = FieldPresence(of: values, count: \(input.fields.count))")
            }
            text.line()
            text.documentation("Whether the client, or a default, gave a value for the field, null included.")
            text.block("public func isPresent(_ field: Field) -> Bool") { $0.line("presence.contains(field.rawValue)") }
        }
    }

    private static func writeOneOf(_ input: InputModel, to text: inout SwiftText) {
        text.block("public enum \(input.name): InputDecodable, Sendable") { text in
            for field in input.fields {
                text.documentation(documentation(field.documentation, else: "`\(field.name.unescaped)`."))
                text.line("case \(field.name)(\(field.swiftType))")
            }
            text.line()
            text.documentation("Takes an input object that was checked against the schema.")
            text.block("public init(input: InputValue) throws") { text in
                text.line("let values = try ArgumentValues(object: input)")
                for (index, field) in input.fields.enumerated() {
                    text.line("\(index == 0 ? "" : "} else ")if values.isPresent(\(index)) {")
                    text.indented { $0.line("self = .\(field.name)(try values.required(\(index)))") }
                }
                text.line("} else {")
                text.indented {
                    $0.line("throw InputDecodingError(\"expected exactly one field of \(input.name)\")")
                }
                text.line("}")
            }
        }
    }

    static func arguments(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "The arguments of fields.", imports: ["public import GraphQL"])
        for arguments in model.arguments {
            text.line()
            text.documentation("The arguments of `\(arguments.coordinate)`.")
            let protocols = arguments.isPaging ? "ArgumentDecodable, PagingArguments" : "ArgumentDecodable"
            text.block("public struct \(arguments.name): \(protocols)") { text in
                properties(arguments.fields, to: &text)
                text.line()
                text.documentation("Takes arguments that were checked against the schema.")
                text.block("public init(_ values: ArgumentValues) throws") { assignments(arguments.fields, to: &$0) }
            }
        }
        return text.text
    }

    private static func properties(_ fields: [InputFieldModel], to text: inout SwiftText) {
        for field in fields {
            text.documentation(documentation(field.documentation, else: "`\(field.name.unescaped)`."))
            text.line("public let \(field.name): \(field.swiftType)")
        }
    }

    /// `self.` because a field may be called `values`.
    private static func assignments(_ fields: [InputFieldModel], to text: inout SwiftText) {
        for (index, field) in fields.enumerated() {
            text.line("self.\(field.name) = try values.\(field.isOptional ? "optional" : "required")(\(index))")
        }
    }
}

extension String {
    /// The identifier without backticks.
    var unescaped: String { filter { $0 != "`" } }
}
