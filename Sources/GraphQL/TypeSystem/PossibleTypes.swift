// Which object types an abstract type can stand for, as lists and as bits: "is this fragment possible" is asked for every
// pair of fragments in validation and for every object in execution.

/// The object types of every composite type, and the implementations of every interface.
struct PossibleTypes: Sendable {
    /// For each type its possible object types, in the order of the schema (of the union's members for a union).
    let types: [[TypeID]]
    /// For each interface the types that declare it.
    let implementations: [[TypeID]]
    private let words: Int
    /// One row of `words` words per type.
    private let bits: [UInt64]

    init(_ all: [NamedType]) {
        var implementations = [[TypeID]](repeating: [], count: all.count)
        for type in all {
            for interface in type.interfaces where !implementations[interface.index].contains(type.id) {
                implementations[interface.index].append(type.id)
            }
        }
        self.implementations = implementations
        types = all.map { type in
            switch type.kind {
            case .object: [type.id]
            case .union: type.members
            case .interface: implementations[type.id.index].filter { all[$0.index].kind == .object }
            default: []
            }
        }
        words = (all.count + 63) / 64
        var bits = [UInt64](repeating: 0, count: words * all.count)
        for (index, possible) in types.enumerated() {
            for object in possible { bits[index * words + object.index / 64] |= 1 << UInt64(object.index % 64) }
        }
        self.bits = bits
    }

    func contains(_ object: TypeID, in type: TypeID) -> Bool {
        bits[type.index * words + object.index / 64] & (1 << UInt64(object.index % 64)) != 0
    }

    func overlap(_ left: TypeID, _ right: TypeID) -> Bool {
        (0..<words).contains { bits[left.index * words + $0] & bits[right.index * words + $0] != 0 }
    }
}
