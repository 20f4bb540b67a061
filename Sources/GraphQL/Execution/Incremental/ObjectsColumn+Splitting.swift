// A streamed list comes from its resolver as a whole; here it is cut in two, so that the waves below it see only the items
// whose turn it is.

extension ObjectsColumn {
    /// Divides all lists after `count` items: two columns with the same parents, of which the second has null where
    /// nothing is left.
    ///
    /// Nil if no list is longer.
    func split(after count: Int) -> (initial: ObjectsColumn, rest: ObjectsColumn)? {
        guard hasList(longerThan: count) else { return nil }
        var initial = ColumnPart(of: self)
        var rest = ColumnPart(of: self)
        switch shape {
        case .identity, .optional: return nil
        case .lists(let starts):
            for parent in 0..<parentCount {
                let list = Int(starts[parent])..<Int(starts[parent + 1])
                initial.addList(list.prefix(count))
                rest.addList(list.dropFirst(count))
            }
        case .tokens(let tokens, let starts):
            for parent in 0..<parentCount {
                var cursor = Int(starts[parent])
                initial.beginParent()
                rest.beginParent()
                guard tokens[cursor] == ObjectsColumn.list else {
                    initial.copyValue(tokens, &cursor)
                    rest.add(ObjectsColumn.null)
                    continue
                }
                let length = Int(tokens[cursor + 1])
                cursor += 2
                initial.beginList(min(length, count))
                for _ in 0..<min(length, count) { initial.copyValue(tokens, &cursor) }
                rest.beginList(length - min(length, count))
                for _ in min(length, count)..<length { rest.copyValue(tokens, &cursor) }
            }
        }
        return (initial.finish(), rest.finish())
    }

    /// Whether the parent has a list with something in it; only for what ``split(after:)`` gives.
    func hasItems(at parent: Int) -> Bool {
        guard case .tokens(let tokens, let starts) = shape else { return false }
        let start = Int(starts[parent])
        return tokens[start] == ObjectsColumn.list && tokens[start + 1] > 0
    }

    private func hasList(longerThan count: Int) -> Bool {
        switch shape {
        case .identity, .optional: false
        case .lists(let starts): zip(starts, starts.dropFirst()).contains { Int($1 - $0) > count }
        case .tokens(let tokens, let starts):
            starts.contains { tokens[Int($0)] == ObjectsColumn.list && tokens[Int($0) + 1] > count }
        }
    }
}

/// Some values of a column, as a column of their own.
private struct ColumnPart {
    private let whole: ObjectsColumn
    private var tokens: [Int32] = []
    private var starts: [Int32] = []
    private var places: [(batch: Int32, index: Int32)] = []
    /// Per batch of the whole: which of its objects are here.
    private var picked: [[Int]]

    init(of whole: ObjectsColumn) {
        self.whole = whole
        picked = Array(repeating: [], count: whole.batches.count)
    }

    mutating func beginParent() {
        starts.append(Int32(tokens.count))
    }

    mutating func beginList(_ count: Int) {
        tokens.append(ObjectsColumn.list)
        tokens.append(Int32(count))
    }

    /// A parent with a list of these elements of the whole.
    mutating func addList(_ elements: Range<Int>) {
        beginParent()
        beginList(elements.count)
        for element in elements { add(Int32(element)) }
    }

    /// An element of the whole, a null or a failure.
    mutating func add(_ token: Int32) {
        guard token >= 0 else { return tokens.append(token) }
        let place = whole.places.isEmpty ? (batch: 0, index: token) : whole.places[Int(token)]
        tokens.append(Int32(places.count))
        places.append((place.batch, Int32(picked[Int(place.batch)].count)))
        picked[Int(place.batch)].append(Int(place.index))
    }

    /// One value with all that is nested in it.
    mutating func copyValue(_ source: [Int32], _ cursor: inout Int) {
        let token = source[cursor]
        cursor += 1
        guard token == ObjectsColumn.list else { return add(token) }
        let count = Int(source[cursor])
        cursor += 1
        beginList(count)
        for _ in 0..<count { copyValue(source, &cursor) }
    }

    func finish() -> ObjectsColumn {
        ObjectsColumn(
            batches: zip(whole.batches, picked).map { ($0.typeName, $0.batch.subset($1)) }, places: places,
            shape: .tokens(tokens, starts: starts), failures: whole.failures, parentCount: starts.count)
    }
}
