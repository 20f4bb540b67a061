// A plan is a graph: equal selections share one `SelectionPlan`. The planner knows each once and adds them up; what they
// refer to in the schema, the resolvers and the document is not theirs.

extension SelectionPlan: HeapSized {
    /// Its fields included, their children not.
    var heapBytes: Int {
        HeapSize.object(88) + HeapSize.array(unmanagedFields) + HeapSize.array(keys) + HeapSize.array(resolved)
            + HeapSize.array(deep: fields) + HeapSize.array(deep: deferred)
    }
}

extension DeferredSelection: HeapSized {
    /// Its plan included, which no other selection shares.
    var heapBytes: Int { HeapSize.object(16) + HeapSize.array(usages) + plan.heapBytes }
}

extension StreamPlan: HeapSized {
    var heapBytes: Int {
        HeapSize.object(56) + HeapSize.string(label ?? "") + initialCount.heapBytes + children.heapBytes
    }
}

extension PlannedField: HeapSized {
    var heapBytes: Int {
        var bytes =
            HeapSize.object(176) + HeapSize.string(responseKey) + HeapSize.array(otherOffsets) + arguments.heapBytes
        if case .typename(let text) = source { bytes += HeapSize.array(text) }
        if let children { bytes += children.heapBytes }
        if let stream { bytes += stream.heapBytes }
        return bytes
    }
}

extension PlannedChildren: HeapSized {
    /// The table, not the plans in it.
    var heapBytes: Int { HeapSize.array(plans) }
}

extension ArgumentPlan: HeapSized {
    var heapBytes: Int {
        switch self {
        case .constant(let values): HeapSize.array(values.values) + InputValue.heapBytes(of: values.values)
        case .variable(_, let literals): HeapSize.array(literals)
        }
    }
}

extension InputValue: HeapSized {
    var heapBytes: Int {
        switch self {
        case .null, .boolean, .int, .float: 0
        case .string(let text), .enumValue(let text): HeapSize.string(text)
        case .list(let items): HeapSize.array(deep: items)
        case .object(let fields): HeapSize.array(fields) + Self.heapBytes(of: fields)
        case .record(let members):
            members.reduce(HeapSize.array(members)) { sum, member in
                sum + HeapSize.string(member.name) + member.value.heapBytes
            }
        }
    }

    /// What values hold, without the array that they are in.
    static func heapBytes(of values: [InputValue?]) -> Int {
        values.reduce(0) { $0 + ($1?.heapBytes ?? 0) }
    }
}

extension CostPlan: HeapSized {
    var heapBytes: Int {
        nodes.reduce(HeapSize.array(nodes) + HeapSize.array(inputs) + HeapSize.array(sizes)) { sum, node in
            node.terms.reduce(sum + HeapSize.array(node.terms)) {
                $0 + HeapSize.array($1.children) + HeapSize.array($1.inputs)
            }
        } + sizes.reduce(0) { $0 + HeapSize.array($1.arguments) }
    }
}
