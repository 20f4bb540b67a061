import GraphQL

/// The schema as one HTML page, made from its descriptions: every type with its fields, arguments and values, and what
/// uses it.
///
/// It needs no other file and no network; the browser searches.
struct SchemaReference {
    private let schema: GraphQLSchema
    private let types: [NamedType]
    /// Where a type is used, as `Type.field`, by the type's number.
    private let uses: [Int: [String]]

    init(_ schema: GraphQLSchema) {
        self.schema = schema
        types = schema.types.filter { !$0.isIntrospection }
        uses = Self.uses(in: types)
    }

    /// The page.
    var page: String {
        var html = HTMLWriter()
        html.raw("<!DOCTYPE html><html lang=\"en\">")
        html.element("head") { head in
            head.raw("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            head.raw("<link rel=\"icon\" href=\"data:,\">")
            head.element("title", text: "Aimage Supervision – API reference")
            head.element("style") { $0.raw(Self.style) }
        }
        html.element("body") { body in
            body.element("nav") { navigation(&$0) }
            body.element("main") { main in
                main.element("h1", text: "API reference")
                if let description = schema.description { prose(description, &main) }
                main.raw(
                    "<p class=\"links\"><a href=\"/graphiql\">GraphiQL</a> · <a href=\"/schema.graphql\">SDL</a></p>")
                for group in groups {
                    main.element("h2", text: group.title)
                    for type in group.types { section(type, &main) }
                }
                main.element("h2", text: "Directives")
                for directive in schema.directives { section(directive, &main) }
            }
            body.element("script") { $0.raw(Self.script) }
        }
        html.raw("</html>")
        return html.text
    }

    private var groups: [(title: String, types: [NamedType])] {
        let roots = [schema.queryType, schema.mutationType, schema.subscriptionType].compactMap { $0 }
        func group(_ title: String, _ kind: TypeKind) -> (String, [NamedType]) {
            let types = types.filter { $0.kind == kind && !roots.contains($0.id) }
            return (title, types.sorted { $0.name < $1.name })
        }
        let all = [
            ("Operations", roots.map { schema[$0] }), group("Objects", .object), group("Interfaces", .interface),
            group("Unions", .union), group("Enums", .enum), group("Inputs", .inputObject), group("Scalars", .scalar),
        ]
        return all.filter { !$0.1.isEmpty }
    }

    private func navigation(_ html: inout HTMLWriter) {
        html.raw(
            "<input type=\"search\" id=\"search\" placeholder=\"Search types and fields ( / )\" autocomplete=\"off\">")
        html.raw("<ol id=\"results\"></ol>")
        for group in groups {
            html.element("details", [("open", "")]) { details in
                details.element("summary", text: group.title)
                details.element("ul") { list in
                    for type in group.types { list.element("li") { link(type.name, to: type.name, &$0) } }
                }
            }
        }
    }

    private func section(_ type: NamedType, _ html: inout HTMLWriter) {
        html.element("section", [("id", type.name)]) { section in
            section.element("h3") { title in
                link(type.name, to: type.name, &title)
                title.element("span", [("class", "kind")], text: Self.word(for: type))
            }
            if let description = type.description { prose(description, &section) }
            if let url = type.specifiedByURL {
                section.element("p") { $0.element("a", [("href", url), ("rel", "noreferrer")], text: url) }
            }
            related("Implements", type.interfaces, &section)
            related("Possible types", type.isAbstract ? schema.possibleTypes(of: type.id) : [], &section)
            fields(of: type, &section)
            if let uses = uses[type.id.index], !uses.isEmpty {
                section.element("p", [("class", "uses")]) { paragraph in
                    paragraph.write("Used by ")
                    for (index, use) in uses.enumerated() {
                        if index > 0 { paragraph.write(", ") }
                        link(use, to: use, &paragraph)
                    }
                }
            }
        }
    }

    private func section(_ directive: DirectiveDefinition, _ html: inout HTMLWriter) {
        html.element("section", [("id", "@\(directive.name)")]) { section in
            section.element("h3") { link("@\(directive.name)", to: "@\(directive.name)", &$0) }
            if let description = directive.description { prose(description, &section) }
            arguments(directive.arguments, &section)
        }
    }

    private func fields(of type: NamedType, _ html: inout HTMLWriter) {
        let isEmpty = type.fields.isEmpty && type.inputFields.isEmpty && type.enumValues.isEmpty
        guard !isEmpty else { return }
        html.element("dl") { list in
            for field in type.fields {
                entry("\(type.name).\(field.name)", field.name, field.type, field.deprecationReason, &list) { body in
                    if let description = field.description { prose(description, &body) }
                    arguments(field.arguments, &body)
                }
            }
            for field in type.inputFields {
                entry(
                    "\(type.name).\(field.name)", field.name, field.type, field.deprecationReason,
                    defaultValue: field.defaultValue, &list
                ) { body in
                    if let description = field.description { prose(description, &body) }
                }
            }
            for value in type.enumValues {
                entry("\(type.name).\(value.name)", value.name, nil, value.deprecationReason, &list) { body in
                    if let description = value.description { prose(description, &body) }
                }
            }
        }
    }

    private func arguments(_ arguments: [InputValueDefinition], _ html: inout HTMLWriter) {
        guard !arguments.isEmpty else { return }
        html.element("dl", [("class", "arguments")]) { list in
            for argument in arguments {
                entry(
                    nil, argument.name, argument.type, argument.deprecationReason, defaultValue: argument.defaultValue,
                    &list
                ) { body in
                    if let description = argument.description { prose(description, &body) }
                }
            }
        }
    }

    private func entry(
        _ id: String?, _ name: String, _ type: TypeReference?, _ deprecation: String?,
        defaultValue: ConstantValue? = nil, _ html: inout HTMLWriter, _ body: (inout HTMLWriter) -> Void
    ) {
        var attributes: [(StaticString, String)] = []
        if let id { attributes.append(("id", id)) }
        html.element("dt", attributes) { term in
            if let id { link(name, to: id, &term) } else { term.element("code", text: name) }
            if let type {
                term.write(": ")
                link(schema.text(type), to: schema[type.type].name, &term)
            }
            if let defaultValue { term.element("code", [("class", "default")], text: " = \(defaultValue)") }
            if deprecation != nil { term.element("span", [("class", "deprecated")], text: "deprecated") }
        }
        html.element("dd") { definition in
            if let deprecation { definition.element("p", [("class", "reason")], text: deprecation) }
            body(&definition)
        }
    }

    private func related(_ title: String, _ types: [TypeID], _ html: inout HTMLWriter) {
        guard !types.isEmpty else { return }
        html.element("p", [("class", "uses")]) { paragraph in
            paragraph.write("\(title) ")
            for (index, type) in types.enumerated() {
                if index > 0 { paragraph.write(", ") }
                link(schema[type].name, to: schema[type].name, &paragraph)
            }
        }
    }

    private func link(_ text: String, to anchor: String, _ html: inout HTMLWriter) {
        html.element("a", [("href", "#\(anchor)")]) { $0.element("code", text: text) }
    }

    /// Paragraphs of a description, with `code` in backticks; the rest of Markdown stays as it is written.
    private func prose(_ text: String, _ html: inout HTMLWriter) {
        for paragraph in text.split(separator: "\n\n") {
            html.element("p") { html in
                for (index, part) in paragraph.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
                    if index % 2 == 1 { html.element("code", text: String(part)) } else { html.write(String(part)) }
                }
            }
        }
    }

    private static func word(for type: NamedType) -> String {
        switch type.kind {
        case .scalar: "scalar"
        case .object: "type"
        case .interface: "interface"
        case .union: "union"
        case .enum: "enum"
        case .inputObject: type.isOneOf ? "input @oneOf" : "input"
        }
    }

    private static func uses(in types: [NamedType]) -> [Int: [String]] {
        var uses: [Int: [String]] = [:]
        for type in types {
            for field in type.fields {
                let name = "\(type.name).\(field.name)"
                for used in Set([field.type.type] + field.arguments.map(\.type.type)) {
                    uses[used.index, default: []].append(name)
                }
            }
            for field in type.inputFields {
                uses[field.type.type.index, default: []].append("\(type.name).\(field.name)")
            }
        }
        return uses
    }
}
