// What a plan knows about incremental delivery (the working draft of the specification's next edition): which `@defer`s
// there are, which fields each of them puts off, and which lists are streamed.

/// One `@defer` of an operation, as it applies at one depth.
///
/// A fragment that is spread at two depths has two of them. At run time there is one deferred fragment for each object on
/// which it stands.
final class DeferUsage: Sendable {
    /// Its place in the order of planning.
    let id: Int
    /// What the client calls it.
    let label: String?
    /// The `@defer` around it.
    let parent: DeferUsage?
    /// How many fields lead from the root to the objects on which it stands.
    let depth: Int

    init(id: Int, label: String?, parent: DeferUsage?, depth: Int) {
        self.id = id
        self.label = label
        self.parent = parent
        self.depth = depth
    }

    /// Whether it stands inside one of the others.
    func isInside(anyOf others: [DeferUsage]) -> Bool {
        var ancestor = parent
        while let usage = ancestor {
            if others.contains(where: { $0 === usage }) { return true }
            ancestor = usage.parent
        }
        return false
    }
}

/// Fields of one object that are delivered later, together, for one set of `@defer`s.
final class DeferredSelection: Sendable {
    /// Who asks for the fields: each of them is complete only with these.
    let usages: [DeferUsage]
    /// The fields.
    let plan: SelectionPlan

    init(usages: [DeferUsage], plan: SelectionPlan) {
        self.usages = usages
        self.plan = plan
    }
}

/// How a list of objects is streamed.
final class StreamPlan: Sendable {
    /// What the client calls it.
    let label: String?
    /// Gives `initialCount` as its only value.
    let initialCount: ArgumentPlan
    /// What to ask of the items that come later.
    ///
    /// A `@defer` around the list means nothing to them: they are late already.
    let children: PlannedChildren

    init(label: String?, initialCount: ArgumentPlan, children: PlannedChildren) {
        self.label = label
        self.initialCount = initialCount
        self.children = children
    }
}

/// A selection set and the `@defer` under which it stands.
struct UsedSelectionSet: Hashable {
    let selections: NodeRange<Selection>
    /// The number of the `@defer`; nil where nothing is put off.
    let usage: Int?
}

/// Where in an operation a selection is planned: what, beside its selection sets, makes its plan.
struct DeliveryScope: Hashable {
    /// How many fields lead to it; always 0 if nothing is put off, so that plans are shared over depths.
    var depth = 0
    /// The `@defer`s, by number and sorted, whose fields are delivered together here; empty in the initial result.
    var usages: [Int] = []
}

/// The `@defer`s of an operation that is being planned.
struct DeferUsageTable {
    private struct Key: Hashable {
        let directive: Int
        let parent: Int?
        let depth: Int
    }

    private var all: [DeferUsage] = []
    private var known: [Key: Int] = [:]

    subscript(id: Int) -> DeferUsage { all[id] }

    /// The number of a `@defer`, by its index in the document.
    mutating func number(of directive: Int, label: String?, under parent: Int?, depth: Int) -> Int {
        let key = Key(directive: directive, parent: parent, depth: depth)
        if let id = known[key] { return id }
        known[key] = all.count
        all.append(DeferUsage(id: all.count, label: label, parent: parent.map { all[$0] }, depth: depth))
        return all.count - 1
    }

    /// Which `@defer`s a field waits for: none if it is asked for without one, and none that is inside another one that
    /// asks for it too.
    func needed(for uses: [Int?]) -> [Int] {
        var usages: [DeferUsage] = []
        for use in uses {
            guard let use else { return [] }
            if !usages.contains(where: { $0.id == use }) { usages.append(all[use]) }
        }
        return usages.filter { !$0.isInside(anyOf: usages) }.map(\.id).sorted()
    }
}
