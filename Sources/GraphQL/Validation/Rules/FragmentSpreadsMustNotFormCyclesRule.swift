// Specification, section 5.5.2.2, https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles

/// A fragment does not spread itself, neither directly nor through other fragments.
enum FragmentSpreadsMustNotFormCyclesRule {
    /// Looks for cycles among all fragments.
    static func check(_ context: inout ValidationContext) {
        guard context.contents[context.document.operations.count...].contains(where: { !$0.spreads.isEmpty }) else {
            return
        }
        var search = CycleSearch(fragmentCount: context.document.fragments.count)
        guard search.hasCycle(context) else { return }
        search = CycleSearch(fragmentCount: context.document.fragments.count)
        search.report(&context)
    }
}

/// A depth-first search over the fragments.
///
/// The path is on a stack of our own: it can be as long as there are fragments.
private struct CycleSearch {
    private struct Step {
        let fragment: Int
        var rest: ArraySlice<SpreadUse>
    }

    private var visited: [Bool]
    private var positionInPath: [Int?]
    private var path: [Step] = []

    init(fragmentCount: Int) {
        visited = [Bool](repeating: false, count: fragmentCount)
        positionInPath = [Int?](repeating: nil, count: fragmentCount)
    }

    /// Whether there is any cycle.
    mutating func hasCycle(_ context: borrowing ValidationContext) -> Bool {
        // Of fragments with the same name, which are an error of their own, each has its spreads: see `report`.
        if context.fragmentOfSymbol.count < context.document.fragments.count { return true }
        for fragment in visited.indices where !visited[fragment] {
            enter(fragment, context.spreads[context.contents(ofFragment: fragment).spreads])
            while let spread = nextSpread() {
                guard let target = spread.fragment else { continue }
                if positionInPath[target] != nil { return true }
                if !visited[target] { enter(target, context.spreads[context.contents(ofFragment: target).spreads]) }
            }
        }
        return false
    }

    /// Reports every spread that closes a cycle, with the spreads of the cycle in order.
    mutating func report(_ context: inout ValidationContext) {
        for (index, definition) in context.document.fragments.enumerated() where !context.errors.isFull {
            let fragment = context.fragment(context.symbol(of: definition.name)) ?? index
            if visited[fragment] { continue }
            enter(fragment, Self.spreads(of: index, context)[...])
            while !context.errors.isFull, let spread = nextSpread() {
                guard let target = spread.fragment else { continue }
                if let position = positionInPath[target] {
                    report(from: position, &context, closing: spread)
                } else if !visited[target] {
                    enter(target, Self.spreads(of: target, context)[...])
                    spreadPath.append(spread)
                }
            }
        }
    }

    /// The spread that led to each step of the path but the first.
    private var spreadPath: [SpreadUse] = []

    private func report(from position: Int, _ context: inout ValidationContext, closing spread: SpreadUse) {
        let cycle = spreadPath[position...] + [spread]
        let names = cycle.map { context.text(context.document.selections[$0.selection].name) }
        let via = names.dropLast().map { "\"\($0)\"" }.joined(separator: ", ")
        context.errors.add(
            "Cannot spread fragment \"\(names[names.count - 1])\" within itself" + (via.isEmpty ? "." : " via \(via)."),
            at: cycle.map { context.document.selections[$0.selection].start })
    }

    private mutating func enter(_ fragment: Int, _ spreads: ArraySlice<SpreadUse>) {
        visited[fragment] = true
        positionInPath[fragment] = path.count
        path.append(Step(fragment: fragment, rest: spreads))
    }

    /// The next spread on the way; steps back from fragments that have no more.
    private mutating func nextSpread() -> SpreadUse? {
        while let last = path.indices.last {
            if let spread = path[last].rest.popFirst() { return spread }
            positionInPath[path[last].fragment] = nil
            path.removeLast()
            if !spreadPath.isEmpty { spreadPath.removeLast() }
        }
        return nil
    }

    /// The spreads of a fragment in the order in which it is customary to report cycles: those of a selection set
    /// before those of the sets in it, of which the last comes first.
    private static func spreads(of fragment: Int, _ context: borrowing ValidationContext) -> [SpreadUse] {
        var spreads: [SpreadUse] = []
        var open = [context.document.fragments[fragment].selections]
        while let set = open.popLast() {
            for index in set.indices {
                let selection = context.document.selections[index]
                if selection.kind == .fragmentSpread {
                    let target = context.fragment(context.facts[index].symbol)
                    spreads.append(SpreadUse(selection: index, fragment: target))
                } else if !selection.selections.isEmpty {
                    open.append(selection.selections)
                }
            }
        }
        return spreads
    }
}
