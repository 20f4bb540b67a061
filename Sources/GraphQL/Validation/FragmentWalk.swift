// From an operation through all fragments that it reaches, each once. The fragments still to visit are on a stack of our
// own: a chain of them can be as long as there are fragments.

/// Goes through the fragments that operations reach.
struct FragmentWalk {
    /// For each fragment the number of the walk that came last to it; 0 when none has.
    private var lastWalk: [Int32]
    private var walk: Int32 = 0
    private var pending: [DefinitionContents] = []
    private var reachedCount = 0

    init(fragmentCount: Int) {
        lastWalk = [Int32](repeating: 0, count: fragmentCount)
    }

    /// Whether any walk has come to the fragment.
    func wasReached(_ fragment: Int) -> Bool { lastWalk[fragment] != 0 }

    /// Whether walks have come to all fragments.
    var hasReachedAll: Bool { reachedCount == lastWalk.count }

    /// Begins at an operation.
    mutating func begin(_ contents: DefinitionContents) {
        walk += 1
        pending.removeLast(pending.count)
        pending.append(contents)
    }

    /// The next definition; nil when all were visited.
    mutating func next(in context: borrowing ValidationContext) -> DefinitionContents? {
        guard let contents = pending.popLast() else { return nil }
        for spread in contents.spreads {
            guard let fragment = context.spreads[spread].fragment, lastWalk[fragment] != walk else { continue }
            if lastWalk[fragment] == 0 { reachedCount += 1 }
            lastWalk[fragment] = walk
            pending.append(context.contents(ofFragment: fragment))
        }
        return contents
    }
}
