import JSON

extension Document: HeapSized {
    var heapBytes: Int {
        HeapSize.object(11 * 8) + HeapSize.array(source) + HeapSize.array(definitions) + HeapSize.array(operations)
            + HeapSize.array(fragments) + HeapSize.array(typeSystemDefinitions) + HeapSize.array(variableDefinitions)
            + HeapSize.array(selections) + HeapSize.array(arguments) + HeapSize.array(directives)
            + HeapSize.array(values) + HeapSize.array(objectFields)
    }
}

extension GraphQLError: HeapSized {
    var heapBytes: Int {
        let steps = path ?? []
        let keys = steps.reduce(0) { sum, step in
            if case .key(let key) = step { sum + HeapSize.string(key) } else { sum }
        }
        return HeapSize.string(message) + HeapSize.array(locations) + HeapSize.array(steps) + keys
            + HeapSize.string(code.rawValue) + extensions.members.count * 128
    }
}

extension RequestError: HeapSized {
    var heapBytes: Int { HeapSize.array(deep: errors) }
}
