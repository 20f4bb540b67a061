/// An input object cannot need itself: a chain of fields that are non-null and no lists must not come back
/// (specification, section 3.10, "Circular References").
enum InputObjectCycleRule {
    static func check(_ context: SchemaRuleContext, _ issues: inout IssueList) {
        var search = CycleSearch(context)
        for (type, _) in context.types where type.kind == .inputObject { search.visit(type) }
        for cycle in search.cycles {
            let path = cycle.fields.map { "\(context.schema[$0.type].name).\($0.field.name)" }.joined(
                separator: "\", \"")
            issues.add(
                "Input object \"\(cycle.type.name)\" cannot contain itself through the non-null fields \"\(path)\".",
                at: cycle.fields.compactMap { search.place(of: $0) })
        }
    }
}

/// Depth-first search along the non-null singular fields; the stack is a value, so that a long chain of types in the
/// schema needs no long stack of calls.
private struct CycleSearch {
    struct Step {
        let type: TypeID
        let field: InputValueDefinition
    }
    struct Cycle {
        let type: NamedType
        let fields: [Step]
    }

    private(set) var cycles: [Cycle] = []
    private let context: SchemaRuleContext
    private var isDone: Set<TypeID> = []

    init(_ context: SchemaRuleContext) { self.context = context }

    mutating func visit(_ root: NamedType) {
        guard isDone.insert(root.id).inserted else { return }
        // Types on the path from the root, the next field to look at in each, and the fields between them.
        var path: [(type: NamedType, next: Int)] = [(root, 0)]
        var steps: [Step] = []
        while let (type, next) = path.last {
            guard next < type.inputFields.count else {
                path.removeLast()
                if !steps.isEmpty { steps.removeLast() }
                continue
            }
            path[path.count - 1].next += 1
            let field = type.inputFields[next]
            let target = context.schema[field.type.type]
            guard field.type.isNonNull, !field.type.isList, target.kind == .inputObject else { continue }
            let step = Step(type: type.id, field: field)
            if let start = path.firstIndex(where: { $0.type === target }) {
                cycles.append(Cycle(type: target, fields: steps[start...] + [step]))
            } else if isDone.insert(target.id).inserted {
                path.append((target, 0))
                steps.append(step)
            }
        }
    }

    func place(of step: Step) -> Place? {
        let syntax = context.syntax.types[step.type.index]
        return syntax.inputFields[step.field.index].place
    }
}

extension Located<InputValueDefinitionNode> {
    /// Where its name is written.
    fileprivate var place: Place { place(node.name.start) }
}
