// What makes two fields with the same response key mergeable, apart from their selection sets.

/// Compares fields of one document.
struct FieldComparison {
    let document: Document
    let schema: GraphQLSchema
    /// How many comparisons of arguments were made.
    private(set) var steps = 0

    init(_ context: borrowing ValidationContext) {
        document = context.document
        schema = context.schema
    }

    /// Whether two values, one of each type, look the same in a response.
    ///
    /// That is: equal lists and non-nulls around either the same leaf type or two composite types. An unknown type goes
    /// with any other.
    func haveSameShape(_ left: TypeReference?, _ right: TypeReference?) -> Bool {
        guard let left, let right else { return true }
        if left == right { return true }
        guard left.wrapping == right.wrapping else { return false }
        return left.type == right.type || !(schema[left.type].isLeaf || schema[right.type].isLeaf)
    }

    /// Whether two fields have the same arguments with the same values, in any order.
    mutating func haveSameArguments(_ left: Selection, _ right: Selection) -> Bool {
        areEqual(left.arguments, right.arguments)
    }

    /// Whether two fields are streamed in the same way, or both not.
    mutating func haveSameStreams(_ left: Selection, _ right: Selection) -> Bool {
        if left.directives.isEmpty && right.directives.isEmpty { return true }
        switch (stream(of: left), stream(of: right)) {
        case (nil, nil): return true
        case (let one?, let other?): return areEqual(one.arguments, other.arguments)
        default: return false
        }
    }

    private func stream(of field: Selection) -> Directive? {
        document[field.directives].first { document.isEqual($0.name, "stream") }
    }

    private mutating func areEqual(_ left: NodeRange<Argument>, _ right: NodeRange<Argument>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count {
            let argument = document.arguments[left.indices.lowerBound + offset]
            guard let other = value(of: argument.name, in: right, guess: offset), areEqual(argument.value, other)
            else { return false }
        }
        return true
    }

    /// The value of an argument, which most often has the same position.
    private mutating func value(of name: Name, in range: NodeRange<Argument>, guess: Int) -> Value? {
        steps += 1
        let guessed = document.arguments[range.indices.lowerBound + guess]
        if document.isEqual(name, guessed.name) { return guessed.value }
        steps += range.count
        return document[range].first { document.isEqual(name, $0.name) }?.value
    }

    /// Whether two literals mean the same; the fields of objects may be in any order.
    mutating func areEqual(_ left: Value, _ right: Value) -> Bool {
        steps += 1
        switch (left.kind, right.kind) {
        case (.list, .list):
            guard left.items.count == right.items.count else { return false }
            for (one, other) in zip(left.items.indices, right.items.indices) {
                guard areEqual(document.values[one], document.values[other]) else { return false }
            }
            return true
        case (.object, .object): return haveEqualFields(left.fields, right.fields)
        case (.string, .string) where !left.hasEscapes && !right.hasEscapes:
            return document.isEqual(left.text, right.text)
        case (.string, .string), (.string, .blockString), (.blockString, .string), (.blockString, .blockString):
            return document.stringValue(left) == document.stringValue(right)
        default: return left.kind == right.kind && document.isEqual(left.text, right.text)
        }
    }

    private mutating func haveEqualFields(_ left: NodeRange<ObjectField>, _ right: NodeRange<ObjectField>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices {
            let field = document.objectFields[index]
            steps += right.count
            guard let other = document[right].first(where: { document.isEqual($0.name, field.name) }),
                areEqual(field.value, other.value)
            else { return false }
        }
        return true
    }
}
