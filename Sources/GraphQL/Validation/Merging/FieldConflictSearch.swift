// Which fields of a document cannot be merged, pair by pair, as clients know the errors from other servers: a conflict
// is reported at the outermost selection set where the two fields meet, once, with all fields on the way to it. Only
// documents that `FieldMergeCheck` has refused come here, and the search ends at a number of comparisons.

/// Finds conflicts for error messages.
struct FieldConflictSearch {
    /// The fields of a selection set with its inline fragments, and the fragments that it spreads.
    private final class FieldMap {
        let start: UInt32
        /// The response keys in order.
        var keys: [Symbol] = []
        var fields: [Symbol: [Int]] = [:]
        /// The fragments in order, each once.
        var fragments: [Int] = []

        init(start: UInt32) { self.start = start }
    }

    private struct FieldsAndFragment: Hashable {
        let fields: UInt32
        let fragment: Int
    }

    private struct FragmentPair: Hashable {
        let one: Int
        let other: Int

        init(_ one: Int, _ other: Int) {
            self.one = min(one, other)
            self.other = max(one, other)
        }
    }

    private static let maximumComparisons = 20_000
    /// How many pairs of fields all errors together may name.
    private static let maximumPairs = 1_000
    /// How many conflicts one error, and how many errors one document may have.
    private static let maximumConflicts = 100
    private static let maximumDepth = 100

    private let document: Document
    private let facts: [SelectionFacts]
    private let fragmentOfSymbol: [Int]
    private var comparison: FieldComparison
    private var maps: [UInt32: FieldMap] = [:]
    /// What was compared, and whether only as fields that never meet (otherwise they must be compared again).
    private var comparedWithFragment: [FieldsAndFragment: Bool] = [:]
    private var comparedFragments: [FragmentPair: Bool] = [:]
    private var comparisons = 0
    /// How often it was looked up whether two things were compared already: most of the work where all fragments spread all.
    private var lookups = 0
    private var pairs = 0
    private var depth = 0

    init(_ context: borrowing ValidationContext) {
        document = context.document
        facts = context.facts
        fragmentOfSymbol = context.fragmentOfSymbol
        comparison = FieldComparison(context)
    }

    private var isExhausted: Bool {
        comparisons + (comparison.steps + lookups) / 8 > Self.maximumComparisons || pairs > Self.maximumPairs
    }

    /// All conflicts, in the order of the document.
    mutating func conflicts() -> [FieldConflict] {
        var found: [FieldConflict] = []
        for definition in document.definitions {
            switch definition {
            case .operation(let index): search(document.operations[index].selections, &found)
            case .fragment(let index): search(document.fragments[index].selections, &found)
            case .typeSystem: break
            }
        }
        return found
    }

    /// Searches a selection set and all sets inside it.
    private mutating func search(_ set: NodeRange<Selection>, _ found: inout [FieldConflict]) {
        guard !set.isEmpty, !isExhausted, found.count <= Self.maximumConflicts else { return }
        searchWithin(map(of: set), &found)
        for index in set.indices { search(document.selections[index].selections, &found) }
    }

    private mutating func searchWithin(_ map: FieldMap, _ found: inout [FieldConflict]) {
        for key in map.keys {
            guard let fields = map.fields[key], fields.count > 1 else { continue }
            for (position, one) in fields.enumerated() {
                for other in fields[(position + 1)...] {
                    guard !isExhausted, found.count <= Self.maximumConflicts else { return }
                    if let conflict = compare(one, other, isExclusive: false) { found.append(conflict) }
                }
            }
        }
        for (position, fragment) in map.fragments.enumerated() {
            compare(map, withFragment: fragment, isExclusive: false, &found)
            for other in map.fragments[(position + 1)...] {
                compare(fragment: fragment, with: other, isExclusive: false, &found)
            }
        }
    }

    // MARK: Between sets

    private mutating func compare(
        _ map: FieldMap, withFragment fragment: Int, isExclusive: Bool, _ found: inout [FieldConflict]
    ) {
        var pending = [fragment]
        while let fragment = pending.popLast() {
            guard !isExhausted else { return }
            lookups += 1
            let key = FieldsAndFragment(fields: map.start, fragment: fragment)
            if let known = comparedWithFragment[key], isExclusive || !known { continue }
            comparedWithFragment[key] = isExclusive
            let other = self.map(of: document.fragments[fragment].selections)
            guard other !== map else { continue }
            compare(map, with: other, isExclusive: isExclusive, &found)
            pending.append(contentsOf: other.fragments.reversed())
        }
    }

    private mutating func compare(
        fragment: Int, with other: Int, isExclusive: Bool, _ found: inout [FieldConflict]
    ) {
        var pending = [(fragment, other)]
        while let (one, other) = pending.popLast() {
            guard one != other, !isExhausted else { continue }
            lookups += 1
            let pair = FragmentPair(one, other)
            if let known = comparedFragments[pair], isExclusive || !known { continue }
            comparedFragments[pair] = isExclusive
            comparisons += 1
            let first = map(of: document.fragments[one].selections)
            let second = map(of: document.fragments[other].selections)
            compare(first, with: second, isExclusive: isExclusive, &found)
            pending.append(contentsOf: first.fragments.reversed().map { ($0, other) })
            pending.append(contentsOf: second.fragments.reversed().map { (one, $0) })
        }
    }

    private mutating func compare(
        _ map: FieldMap, with other: FieldMap, isExclusive: Bool, _ found: inout [FieldConflict]
    ) {
        for key in map.keys {
            guard let fields = map.fields[key], let others = other.fields[key] else { continue }
            for one in fields {
                for other in others {
                    guard !isExhausted, found.count <= Self.maximumConflicts else { return }
                    if let conflict = compare(one, other, isExclusive: isExclusive) { found.append(conflict) }
                }
            }
        }
    }

    // MARK: Between fields

    private mutating func compare(_ one: Int, _ other: Int, isExclusive: Bool) -> FieldConflict? {
        comparisons += 1
        let (first, second) = (document.selections[one], document.selections[other])
        let isExclusive = isExclusive || areExclusive(facts[one].parent, facts[other].parent)
        if !isExclusive {
            if !document.isEqual(first.name, second.name) {
                return conflict(one, other, .differentFields(first.name, second.name))
            }
            if !comparison.haveSameArguments(first, second) { return conflict(one, other, .differentArguments) }
            if !comparison.haveSameStreams(first, second) { return conflict(one, other, .differentStreams) }
        }
        if let type = facts[one].type, let otherType = facts[other].type, !comparison.haveSameShape(type, otherType) {
            return conflict(one, other, .differentTypes(type, otherType))
        }
        guard !first.selections.isEmpty, !second.selections.isEmpty, depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        let conflicts = subfieldConflicts(first.selections, second.selections, isExclusive: isExclusive)
        guard !conflicts.isEmpty else { return nil }
        return FieldConflict(
            responseKey: first.responseKey, reason: .subfields(conflicts), first: [one] + conflicts.flatMap(\.first),
            second: [other] + conflicts.flatMap(\.second))
    }

    private mutating func subfieldConflicts(
        _ set: NodeRange<Selection>, _ other: NodeRange<Selection>, isExclusive: Bool
    ) -> [FieldConflict] {
        var found: [FieldConflict] = []
        let (first, second) = (map(of: set), map(of: other))
        compare(first, with: second, isExclusive: isExclusive, &found)
        for fragment in second.fragments { compare(first, withFragment: fragment, isExclusive: isExclusive, &found) }
        for fragment in first.fragments { compare(second, withFragment: fragment, isExclusive: isExclusive, &found) }
        for fragment in first.fragments {
            for other in second.fragments {
                compare(fragment: fragment, with: other, isExclusive: isExclusive, &found)
            }
        }
        return found
    }

    private func areExclusive(_ left: TypeID?, _ right: TypeID?) -> Bool {
        guard let left, let right, left != right else { return false }
        return comparison.schema[left].kind == .object && comparison.schema[right].kind == .object
    }

    private mutating func conflict(_ one: Int, _ other: Int, _ reason: FieldConflict.Reason) -> FieldConflict {
        pairs += 1
        return FieldConflict(
            responseKey: document.selections[one].responseKey, reason: reason, first: [one], second: [other])
    }

    // MARK: Field maps

    private mutating func map(of set: NodeRange<Selection>) -> FieldMap {
        if let known = maps[set.start] { return known }
        let map = FieldMap(start: set.start)
        collect(set, into: map)
        maps[set.start] = map
        return map
    }

    private func collect(_ set: NodeRange<Selection>, into map: FieldMap) {
        for index in set.indices {
            let selection = document.selections[index]
            let symbol = facts[index].symbol
            switch selection.kind {
            case .field:
                if map.fields[symbol] == nil { map.keys.append(symbol) }
                map.fields[symbol, default: []].append(index)
            case .inlineFragment: collect(selection.selections, into: map)
            case .fragmentSpread:
                guard Int(symbol) < fragmentOfSymbol.count else { continue }
                let fragment = fragmentOfSymbol[Int(symbol)]
                if !map.fragments.contains(fragment) { map.fragments.append(fragment) }
            }
        }
    }
}
