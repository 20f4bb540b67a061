/// An object literal of the type system has each field at most once (specification, section 5.6.3).
enum UniqueObjectFieldRule {
    static func check(_ syntax: SchemaSyntax, _ issues: inout IssueList) {
        var sources: [ObjectIdentifier: SchemaSource] = [:]
        for source in syntax.ownTypes.flatMap({ $0.parts.map(\.source) }) + syntax.ownDirectives.map(\.source) {
            sources[ObjectIdentifier(source)] = source
        }
        // All objects of a document lie in its array of values; the order of issues is that of the text.
        for source in sources.values.sorted(by: { ($0.name ?? "") < ($1.name ?? "") }) {
            let document = source.document
            for value in document.composites where value.kind == .object {
                var first: [String: Name] = [:]
                for field in document[value.fields] {
                    let name = document.string(field.name)
                    if let earlier = first[name] {
                        let places = [field.name, earlier].map { Place(source: source, offset: $0.start) }
                        issues.add("There can be only one input field named \"\(name)\".", at: places)
                    } else {
                        first[name] = field.name
                    }
                }
            }
        }
    }
}

extension Document {
    /// Every value literal of a type-system document that is an argument, an item, a field or a default.
    fileprivate var composites: [Value] {
        var defaults: [Value?] = []
        for definition in typeSystemDefinitions {
            switch definition {
            case .schema: break
            case .directive(let directive): defaults += directive.arguments.map(\.defaultValue)
            case .type(let type):
                defaults += type.fields.flatMap(\.arguments).map(\.defaultValue)
                defaults += type.inputFields.map(\.defaultValue)
            }
        }
        let all = defaults.compactMap { $0 } + arguments.map(\.value) + values + objectFields.map(\.value)
        return all.sorted { $0.start < $1.start }
    }
}
