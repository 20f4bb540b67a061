// One struct per object type, whose initialiser takes one closure per field: a field without a resolver is a missing
// argument, a resolver for a field that is gone an extra one, and neither compiles.
//
// The initialisers are inlinable and turn the closures into resolvers at once. So they specialise for the concrete
// source at the place where a program makes them, and a stored leaf costs one direct call per value; done later, behind
// the protocol that hides the source's type, every value would go through unspecialised generic code.

extension SwiftWriter {
    static func fields(_ model: SchemaModel, _ area: ObjectModel.Area, about: String) -> String {
        var text = SwiftText(about: about, imports: ["public import GraphQL"])
        for object in model.objects where object.area == area && object.shared == nil { write(object, to: &text) }
        return text.text
    }

    private static func write(_ object: ObjectModel, to text: inout SwiftText) {
        text.line()
        text.documentation("The resolvers of `\(object.typeName)`, whatever the Swift type of its sources.")
        text.line("public protocol \(object.protocolName): InstallableFields {}")
        text.line()
        text.documentation("The resolvers of `\(object.typeName)`, one closure per field.")
        let head = "public struct \(object.name)<Source: ObjectSource>:"
        if head.count + 1 + object.protocolName.count <= text.room {
            text.line("\(head) \(object.protocolName)")
        } else {
            text.line(head)
            text.indented { $0.line(object.protocolName) }
        }
        text.block("where Source.Object == \(object.tagName)") { text in
            resolvers(of: object.fields, typeName: object.typeName, to: &text)
        }
    }

    static func rootFields(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "What the root types need to be resolved.", imports: ["public import GraphQL"])
        for root in model.roots {
            text.line()
            text.documentation("The resolvers of `\(root.typeName)`, one closure per field.")
            text.block("public struct \(root.name): InstallableFields") { text in
                resolvers(of: root.fields, typeName: root.typeName, to: &text)
            }
        }
        return text.text
    }

    private static func resolvers(of fields: [FieldModel], typeName: String, to text: inout SwiftText) {
        text.line("@usableFromInline let resolvers: [FieldResolver]")
        text.line()
        text.documentation("Takes a closure for every field.")
        text.line("///")
        text.documentation("- Parameters:")
        for field in fields {
            text.parameterDocumentation(
                field.fieldName, documentation(field.documentation, else: "`\(field.fieldName)`."))
        }
        text.line("@inlinable")
        text.line("public init(")
        text.indented { text in
            for (index, field) in fields.enumerated() {
                parameter(field, comma: index < fields.count - 1 ? "," : "", to: &text)
            }
        }
        text.block(")") { text in
            text.line("self.resolvers = [")
            text.indented { text in
                for field in fields { text.line(".\(factory(field.shape))(\(field.name)),") }
            }
            text.line("]")
        }
        text.line()
        text.documentation("Puts the resolvers into the table.")
        text.block("public func install(into table: inout ResolverTable)") { text in
            for (index, field) in fields.enumerated() {
                text.line("table.set(\(typeName.swiftLiteral), \(field.fieldName.swiftLiteral), resolvers[\(index)])")
            }
        }
    }

    private static func parameter(_ field: FieldModel, comma: String, to text: inout SwiftText) {
        let (takes, gives) = signature(field.shape)
        let head = "\(field.name): @escaping @Sendable (\(takes.joined(separator: ", ")))"
        let whole = "\(head) \(gives)\(comma)"
        guard whole.count > text.room else { return text.line(whole) }
        text.line(head)
        text.indented { $0.line(gives + comma) }
    }

    /// The closure's type in two halves: its parameters, and its effects with its result.
    private static func signature(_ shape: FieldShape) -> (takes: [String], gives: String) {
        func optional(_ arguments: String?) -> [String] { arguments.map { [$0] } ?? [] }
        switch shape {
        case .storedLeaf(let value): return (["Source"], "-> \(value)")
        case .storedObjects(let tag): return (["[Source]"], "-> Objects<\(tag)>")
        case .loadedLeaf(let arguments, let value):
            return (["[Source]"] + optional(arguments) + ["FieldCall"], "async throws -> Leaves<\(value)>")
        case .loadedObjects(let arguments, let tag):
            return (["[Source]"] + optional(arguments) + ["FieldCall"], "async throws -> Objects<\(tag)>")
        case .rootLeaf(let arguments, let value):
            return (optional(arguments) + ["FieldCall"], "async throws -> \(value)")
        case .rootObjects(let arguments, let tag):
            return (optional(arguments) + ["FieldCall"], "async throws -> Objects<\(tag)>")
        case .subscription(let arguments, let tag):
            return (optional(arguments) + ["FieldCall"], "async throws -> TypedSourceStream<\(tag)>")
        }
    }

    private static func factory(_ shape: FieldShape) -> String {
        switch shape {
        case .storedLeaf: "stored"
        case .storedObjects: "storedObjects"
        case .loadedLeaf: "loaded"
        case .loadedObjects: "loadedObjects"
        case .rootLeaf: "root"
        case .rootObjects: "rootObjects"
        case .subscription: "subscription"
        }
    }

    static func resolverTable(_ model: SchemaModel) -> String {
        var text = SwiftText(about: "All resolvers in one table.", imports: ["public import GraphQL"])
        let parameters =
            model.objects.compactMap { object in object.resolversType.map { (object.label, $0, object.typeName) } }
            + model.roots.map { ($0.label, $0.name, $0.typeName) }
        text.line()
        text.block("extension ResolverTable") { text in
            text.documentation("Takes the resolvers of every type; sets how custom scalars refuse input.")
            text.line("///")
            text.documentation("- Parameters:")
            for (label, _, typeName) in parameters {
                text.parameterDocumentation(label.unescaped, "The resolvers of `\(typeName)`.")
            }
            text.line("public init(")
            text.indented { text in
                for (index, parameter) in parameters.enumerated() {
                    text.line("\(parameter.0): \(parameter.1)\(index < parameters.count - 1 ? "," : "")")
                }
            }
            text.block(")") { text in
                text.line("self.init()")
                for (label, _, _) in parameters { text.line("\(label).install(into: &self)") }
                for scalar in model.scalars {
                    text.line(
                        "setScalar(\(scalar.typeName.swiftLiteral)) { _ = try \(scalar.swiftType)(input: $0) }")
                }
            }
        }
        return text.text
    }
}
