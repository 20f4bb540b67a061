// Names of a document as small numbers: equal names have equal symbols. A table over names is then an array, and "has
// this name been seen" one comparison. Clients choose the names, so the hash is seeded per process and mixes well:
// nobody can make names collide on purpose.

/// The number of a name in a document.
typealias Symbol = UInt32

/// Numbers the names of one document from 0.
struct SymbolTable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt32
        /// The symbol plus one; 0 in a free slot.
        var number: UInt32
        var name: Name
    }

    private var slots: [Slot]
    /// How many different names there are.
    private(set) var count = 0

    /// Makes a table with room for some different names.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(hash: 0, number: 0, name: .none), count: size)
    }

    /// The symbol of a name; a new one if the name was never seen.
    mutating func symbol(of name: Name, in source: [UInt8]) -> Symbol {
        source.withUnsafeBytes { bytes in
            let hash = Self.hash(bytes, name)
            let mask = slots.count - 1
            var index = Int(hash) & mask
            while slots[index].number != 0 {
                let slot = slots[index]
                if slot.hash == hash, Self.isEqual(bytes, slot.name, name) { return slot.number - 1 }
                index = (index + 1) & mask
            }
            count += 1
            slots[index] = Slot(hash: hash, number: UInt32(count), name: name)
            if count * 2 > slots.count { grow() }
            return UInt32(count - 1)
        }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, number: 0, name: .none), count: old.count * 2)
        for slot in old where slot.number != 0 {
            var index = Int(slot.hash) & (slots.count - 1)
            while slots[index].number != 0 { index = (index + 1) & (slots.count - 1) }
            slots[index] = slot
        }
    }

    private static let seed: UInt64 = {
        // The standard library's hasher is seeded at random per process.
        var hasher = Hasher()
        hasher.combine(0)
        return UInt64(bitPattern: Int64(hasher.finalize())) | 1
    }()

    /// Multiplies and folds eight bytes at a time.
    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer, _ name: Name) -> UInt32 {
        var hash = seed ^ UInt64(name.length)
        var offset = Int(name.start)
        var rest = Int(name.length)
        while rest >= 8 {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
            rest -= 8
        }
        guard rest > 0 else { return UInt32(truncatingIfNeeded: mix(hash)) }
        var tail: UInt64 = 0
        if offset + 8 <= bytes.count {
            // Eight bytes are there, of which only the first belong to the name.
            tail = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian << UInt64(64 - rest * 8)
        } else {
            for index in 0..<rest { tail |= UInt64(bytes[offset + index]) << UInt64(64 - (rest - index) * 8) }
        }
        return UInt32(truncatingIfNeeded: mix(hash ^ tail))
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: seed ^ 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func isEqual(_ bytes: UnsafeRawBufferPointer, _ left: Name, _ right: Name) -> Bool {
        guard left.length == right.length else { return false }
        var first = Int(left.start)
        var second = Int(right.start)
        let end = first + Int(left.length)
        while first < end {
            guard bytes[first] == bytes[second] else { return false }
            first += 1
            second += 1
        }
        return true
    }
}
