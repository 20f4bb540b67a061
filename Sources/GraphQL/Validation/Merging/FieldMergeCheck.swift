// Whether all fields of a document can be merged, set by set. A work item is a list of selection sets that will become
// one object: their fields are collected through all fragments, grouped by response key, each group is compared with its
// first member, and the selection sets of the group are the next item. Since being mergeable is an equivalence, that
// says as much as comparing all pairs. An item that was done before is not done again; what then remains (a client can
// design documents with exponentially many different items) ends at the budget.

/// Decides about field merging.
struct FieldMergeCheck {
    enum Verdict {
        case mergeable
        case conflict(FieldConflict)
        /// The budget is used up.
        case tooCostly
    }

    /// Selection sets that are merged: a range of `sets`.
    private struct Item: BitwiseCopyable {
        let start: Int
        /// Whether the fields belong to objects of different types, so that only the shapes must agree.
        let isShapeOnly: Bool
    }

    private struct CollectedField: BitwiseCopyable {
        /// Its index in `Document.selections`.
        let index: Int
        /// The position of the next field of the same group, or -1.
        var next: Int
    }

    /// The fields with one response key: a list linked through `next`.
    private struct Group: BitwiseCopyable {
        let first: Int
        var last: Int
        var count = 1
    }

    private let document: Document
    private let facts: [SelectionFacts]
    private let fragmentOfSymbol: [Int]
    private let budget: Int
    private var comparison: FieldComparison
    private var steps = 0

    private var items: [Item] = []
    /// The selection sets of all items; those of the last item are at the end.
    private var sets: [NodeRange<Selection>] = []

    // Of the item that is being done:
    /// Its selection sets, with those of its inline fragments and spread fragments.
    private var opened: [NodeRange<Selection>] = []
    private var fields: [CollectedField] = []
    private var groups: [Group] = []
    /// For each symbol the round in which it was seen last, and its group in that round.
    private var groupOfSymbol: [SymbolMark]
    private var roundOfFragment: [UInt32]
    private var round: UInt32 = 0

    /// What was done before: single sets by their start, merged ones by all starts.
    private var doneAlone: [DoneMark]
    private var doneTogether: Set<[UInt32]> = []

    private struct SymbolMark: BitwiseCopyable {
        var round: UInt32
        var group: UInt32
    }

    private struct DoneMark: OptionSet, BitwiseCopyable {
        let rawValue: UInt8
        static let fully = DoneMark(rawValue: 1)
        static let shapeOnly = DoneMark(rawValue: 2)
    }

    init(_ context: borrowing ValidationContext) {
        document = context.document
        facts = context.facts
        fragmentOfSymbol = context.fragmentOfSymbol
        budget = context.options.maximumSteps
        comparison = FieldComparison(context)
        groupOfSymbol = [SymbolMark](repeating: SymbolMark(round: 0, group: 0), count: context.symbols.count)
        roundOfFragment = [UInt32](repeating: 0, count: document.fragments.count)
        doneAlone = [DoneMark](repeating: [], count: document.selections.count)
    }

    /// Checks all operations, and the fragments that no operation reaches.
    mutating func verdict(_ reached: FragmentWalk) -> Verdict {
        for operation in document.operations {
            push(operation.selections, isShapeOnly: false)
            if let verdict = work() { return verdict }
        }
        for index in document.fragments.indices where !reached.wasReached(index) {
            push(document.fragments[index].selections, isShapeOnly: false)
            if let verdict = work() { return verdict }
        }
        return .mergeable
    }

    private mutating func work() -> Verdict? {
        while let item = items.popLast() {
            if open(from: item.start) {
                formGroups()
                for group in groups {
                    if group.count == 1 {
                        push(document.selections[fields[group.first].index].selections, isShapeOnly: item.isShapeOnly)
                    } else if let conflict = compare(group, isShapeOnly: item.isShapeOnly) {
                        return .conflict(conflict)
                    }
                }
            } else {
                pushAll(isShapeOnly: item.isShapeOnly)
            }
            if steps + comparison.steps > budget { return .tooCostly }
        }
        return nil
    }

    // MARK: Collecting

    /// Finds all selection sets of an item, with those of its fragments.
    ///
    /// - Returns: whether any response key is repeated. Most often none is, and then there is nothing to group.
    private mutating func open(from start: Int) -> Bool {
        round += 1
        opened.removeLast(opened.count)
        while sets.count > start { opened.append(sets.removeLast()) }
        var hasRepetition = false
        var next = 0
        while next < opened.count {
            let set = opened[next]
            next += 1
            steps += set.count
            for index in set.indices {
                switch document.selections[index].kind {
                case .field:
                    let symbol = Int(facts[index].symbol)
                    if groupOfSymbol[symbol].round == round { hasRepetition = true }
                    groupOfSymbol[symbol].round = round
                case .inlineFragment: opened.append(document.selections[index].selections)
                case .fragmentSpread:
                    guard let fragment = fragment(of: index), roundOfFragment[fragment] != round else { continue }
                    roundOfFragment[fragment] = round
                    opened.append(document.fragments[fragment].selections)
                }
            }
        }
        return hasRepetition
    }

    /// Makes an item of the selection set of each field.
    private mutating func pushAll(isShapeOnly: Bool) {
        for set in opened {
            for index in set.indices where document.selections[index].kind == .field {
                push(document.selections[index].selections, isShapeOnly: isShapeOnly)
            }
        }
    }

    /// Puts fields with the same response key together.
    private mutating func formGroups() {
        round += 1
        fields.removeLast(fields.count)
        groups.removeLast(groups.count)
        for set in opened {
            for index in set.indices where document.selections[index].kind == .field { add(index) }
        }
    }

    private mutating func add(_ index: Int) {
        let symbol = Int(facts[index].symbol)
        let position = fields.count
        fields.append(CollectedField(index: index, next: -1))
        if groupOfSymbol[symbol].round == round {
            let group = Int(groupOfSymbol[symbol].group)
            fields[groups[group].last].next = position
            groups[group].last = position
            groups[group].count += 1
        } else {
            groupOfSymbol[symbol] = SymbolMark(round: round, group: UInt32(groups.count))
            groups.append(Group(first: position, last: position))
        }
    }

    private func fragment(of spread: Int) -> Int? {
        let symbol = Int(facts[spread].symbol)
        return symbol < fragmentOfSymbol.count ? fragmentOfSymbol[symbol] : nil
    }

    // MARK: Comparing

    private mutating func compare(_ group: Group, isShapeOnly: Bool) -> FieldConflict? {
        var members: [Int] = []
        var position = group.first
        while position >= 0 {
            members.append(fields[position].index)
            position = fields[position].next
        }
        if isShapeOnly { return compareShapes(members) ?? pushMerged(members, isShapeOnly: true) }
        let objects = objectTypes(of: members)
        if objects.count < 2 { return compareFully(members) }
        // Fields of different object types never answer for the same object: only their shapes must agree. With each
        // object type those of interfaces and unions may meet, and of unknown types.
        if let conflict = compareShapes(members) ?? pushMerged(members, isShapeOnly: true) { return conflict }
        for object in objects {
            let subset = members.filter { isObject(facts[$0].parent) ? facts[$0].parent == object : true }
            steps += members.count * 4
            if let conflict = compareFully(subset) { return conflict }
        }
        return nil
    }

    /// The different object types on which the fields are selected.
    private func objectTypes(of members: [Int]) -> [TypeID] {
        var first: TypeID?
        var others: Set<TypeID> = []
        for member in members {
            guard let parent = facts[member].parent, parent != first, isObject(parent) else { continue }
            if first == nil { first = parent } else { others.insert(parent) }
        }
        return (first.map { [$0] } ?? []) + others.sorted()
    }

    private func isObject(_ type: TypeID?) -> Bool {
        type.map { comparison.schema[$0].kind == .object } ?? false
    }

    private mutating func compareFully(_ members: [Int]) -> FieldConflict? {
        let first = document.selections[members[0]]
        for member in members.dropFirst() {
            let other = document.selections[member]
            if !document.isEqual(first.name, other.name) {
                return conflict(members[0], member, .differentFields(first.name, other.name))
            }
            if !comparison.haveSameArguments(first, other) { return conflict(members[0], member, .differentArguments) }
            if !comparison.haveSameStreams(first, other) { return conflict(members[0], member, .differentStreams) }
        }
        return compareShapes(members) ?? pushMerged(members, isShapeOnly: false)
    }

    private func compareShapes(_ members: [Int]) -> FieldConflict? {
        var known: (index: Int, type: TypeReference)?
        for member in members {
            guard let type = facts[member].type else { continue }
            if let known {
                guard comparison.haveSameShape(known.type, type) else {
                    return conflict(known.index, member, .differentTypes(known.type, type))
                }
            } else {
                known = (member, type)
            }
        }
        return nil
    }

    private func conflict(_ one: Int, _ other: Int, _ reason: FieldConflict.Reason) -> FieldConflict {
        FieldConflict(
            responseKey: document.selections[one].responseKey, reason: reason, first: [one], second: [other])
    }

    // MARK: Next items

    private mutating func push(_ set: NodeRange<Selection>, isShapeOnly: Bool) {
        guard !set.isEmpty, !isDone(set, isShapeOnly: isShapeOnly) else { return }
        items.append(Item(start: sets.count, isShapeOnly: isShapeOnly))
        sets.append(set)
    }

    /// A set that was checked fully needs no check of its shape.
    private mutating func isDone(_ set: NodeRange<Selection>, isShapeOnly: Bool) -> Bool {
        let set = resolved(set).indices.lowerBound
        if doneAlone[set].contains(.fully) || isShapeOnly && doneAlone[set].contains(.shapeOnly) { return true }
        doneAlone[set].insert(isShapeOnly ? .shapeOnly : .fully)
        return false
    }

    /// A set that only spreads a fragment is that fragment's set.
    private func resolved(_ set: NodeRange<Selection>) -> NodeRange<Selection> {
        var set = set
        // As long as a chain of such fragments is sensible; in a cycle there is no end.
        for _ in 0..<4 where set.count == 1 {
            let index = set.indices.lowerBound
            guard document.selections[index].kind == .fragmentSpread, let fragment = fragment(of: index) else { break }
            set = document.fragments[fragment].selections
        }
        return set
    }

    /// Pushes the selection sets of the fields as one item. (It answers nil, to end a chain of comparisons.)
    private mutating func pushMerged(_ members: [Int], isShapeOnly: Bool) -> FieldConflict? {
        var starts: [UInt32] = []
        for member in members where !document.selections[member].selections.isEmpty {
            starts.append(resolved(document.selections[member].selections).start)
        }
        guard starts.count > 1 else {
            for member in members { push(document.selections[member].selections, isShapeOnly: isShapeOnly) }
            return nil
        }
        starts.sort()
        // Sorting and hashing cost about this many times as much as collecting a field.
        steps += starts.count * 8
        if doneTogether.contains([0] + starts) { return nil }
        guard doneTogether.insert([isShapeOnly ? 1 : 0] + starts).inserted else { return nil }
        items.append(Item(start: sets.count, isShapeOnly: isShapeOnly))
        for member in members where !document.selections[member].selections.isEmpty {
            sets.append(document.selections[member].selections)
        }
        return nil
    }
}
