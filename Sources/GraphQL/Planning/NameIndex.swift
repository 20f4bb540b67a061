/// Finds names by their place in a list; few are compared one by one, many are hashed, so that a document with thousands
/// of variables costs no more per use than one with ten.
struct NameIndex: Sendable {
    let names: [String]
    private let positions: [String: Int]

    init(_ names: [String]) {
        self.names = names
        positions =
            names.count <= 12
            ? [:] : Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    func index(of name: String) -> Int? {
        positions.isEmpty ? names.firstIndex(of: name) : positions[name]
    }

    func index(of name: Name, in document: Document) -> Int? {
        positions.isEmpty ? names.firstIndex { document.isEqual(name, $0) } : positions[document.string(name)]
    }
}

extension NameIndex: Hashable {
    static func == (left: NameIndex, right: NameIndex) -> Bool { left.names == right.names }

    func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
