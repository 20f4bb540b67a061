// Looks names up by their bytes, so that a name of a document finds its field without becoming a `String`. The table is
// made from the schema, never from a request, so nobody can choose colliding keys.

/// An immutable open-addressing table from names to their index in a list.
struct NameTable: Sendable {
    private struct Slot {
        var hash: UInt32
        /// The index in the list, or -1 in a free slot.
        var index: Int32
    }

    private let names: [String]
    private let slots: [Slot]
    private let mask: UInt32

    /// Makes the table; of equal names the first is found.
    init(_ list: some Sequence<String>) {
        names = Array(list)
        var capacity = 4
        while capacity < names.count * 2 { capacity *= 2 }
        mask = UInt32(capacity - 1)
        var slots = [Slot](repeating: Slot(hash: 0, index: -1), count: names.isEmpty ? 0 : capacity)
        for (index, name) in names.enumerated() {
            let hash = Self.hash(name.utf8)
            var slot = Int(hash & mask)
            while slots[slot].index >= 0 { slot = (slot + 1) & Int(mask) }
            slots[slot] = Slot(hash: hash, index: Int32(index))
        }
        self.slots = slots
    }

    /// The index of a name in the list.
    func index(of name: String) -> Int? {
        find(hash: Self.hash(name.utf8)) { $0 == name }
    }

    /// The index of a name of a document in the list.
    func index(of name: Name, in document: Document) -> Int? {
        guard !slots.isEmpty else { return nil }
        let hash = document.withBytes(name) { Self.hash($0) }
        return find(hash: hash) { document.isEqual(name, $0) }
    }

    private func find(hash: UInt32, _ isEqual: (String) -> Bool) -> Int? {
        guard !slots.isEmpty else { return nil }
        var slot = Int(hash & mask)
        while slots[slot].index >= 0 {
            if slots[slot].hash == hash, isEqual(names[Int(slots[slot].index)]) { return Int(slots[slot].index) }
            slot = (slot + 1) & Int(mask)
        }
        return nil
    }

    /// FNV-1a, 32 bits.
    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ (hash >> 15)
    }
}
