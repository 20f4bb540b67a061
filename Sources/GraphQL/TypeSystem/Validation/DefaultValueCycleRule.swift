/// Filling in the defaults of an input object ends: no default leads back to itself (specification, section 3.10,
/// InputObjectDefaultValueHasCycle).
enum DefaultValueCycleRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        var search = DefaultSearch(schema: context.schema)
        for (type, _) in context.types where type.kind == .inputObject {
            search.visit(type, default: .object([]), path: [])
        }
        for cycle in search.cycles {
            let names = cycle.map { "\(context.schema[$0.type].name).\($0.field.name)" }.joined(separator: "\", \"")
            let places = cycle.compactMap { step -> Place? in
                let node = context.syntax.types[step.type.index].inputFields[step.field.index]
                return node.defaultValue.map { node.place($0.start) }
            }
            issues.add("The default values of \"\(names)\" lead back to themselves.", at: places)
        }
    }
}

/// Follows each default once: a field's default says all about what it leads to.
///
/// The depth of the search is the depth of
/// the literals of the schema, which the parser bounds, times the number of fields with a default on one path.
private struct DefaultSearch {
    struct Step {
        let type: TypeID
        let field: InputValueDefinition
    }

    let schema: GraphQLSchema
    var cycles: [[Step]] = []
    private var isDone: Set<ObjectIdentifier> = []
    private var isReported: Set<ObjectIdentifier> = []

    init(schema: GraphQLSchema) { self.schema = schema }

    mutating func visit(_ type: NamedType, default value: ConstantValue, path: [Step]) {
        if case .list(let items) = value {
            for item in items { visit(type, default: item, path: path) }
        }
        guard case .object = value else { return }
        for field in type.inputFields {
            let target = schema[field.type.type]
            guard target.kind == .inputObject else { continue }
            if let given = value[field.name] {
                visit(target, default: given, path: path)
            } else if let fallback = field.defaultValue {
                if let start = path.firstIndex(where: { $0.field === field }) {
                    if isReported.insert(ObjectIdentifier(field)).inserted { cycles.append(Array(path[start...])) }
                } else if isDone.insert(ObjectIdentifier(field)).inserted {
                    visit(target, default: fallback, path: path + [Step(type: type.id, field: field)])
                }
            }
        }
    }
}
