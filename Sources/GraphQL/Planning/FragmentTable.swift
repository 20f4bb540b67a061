/// Finds the fragments of a document by name; few are compared one by one, many are hashed.
struct FragmentTable: Sendable {
    private let positions: [String: Int]

    init(_ document: Document) {
        let fragments = document.fragments
        positions =
            fragments.count <= 12
            ? [:]
            : Dictionary(
                zip(fragments.map { document.string($0.name) }, fragments.indices),
                uniquingKeysWith: { first, _ in first })
    }

    /// The index of a fragment in its document.
    func index(of name: Name, in document: Document) -> Int? {
        guard positions.isEmpty else { return positions[document.string(name)] }
        return document.fragments.firstIndex { document.isEqual($0.name, name) }
    }
}

extension FragmentTable: HeapSized {
    var heapBytes: Int {
        HeapSize.dictionary(positions) + positions.keys.reduce(0) { $0 + HeapSize.string($1) }
    }
}
