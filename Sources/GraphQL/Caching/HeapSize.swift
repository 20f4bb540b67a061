// How many bytes things take on the heap, so that the cache's bound means memory. Swift can't be asked, so the layouts of
// its containers and malloc's rounding are written down here; a test compares the sums with what malloc reports.

/// Something that knows how much heap memory it holds alone.
protocol HeapSized {
    /// The bytes of all its allocations, without what it shares with others.
    var heapBytes: Int { get }
}

/// The bytes of single allocations.
enum HeapSize {
    /// An allocation of so many bytes: malloc adds a header and rounds to 16.
    static func block(_ bytes: Int) -> Int { max(32, (bytes + 8 + 15) & ~15) }

    /// An instance of a class with so many bytes of stored properties.
    static func object(_ storedBytes: Int) -> Int { block(16 + storedBytes) }

    /// An array's buffer; an empty array has none.
    static func array<Element>(_ array: [Element]) -> Int {
        array.capacity == 0 ? 0 : block(32 + array.capacity * MemoryLayout<Element>.stride)
    }

    /// An array's buffer and what its elements hold.
    static func array<Element: HeapSized>(deep array: [Element]) -> Int {
        array.reduce(Self.array(array)) { $0 + $1.heapBytes }
    }

    /// A string's buffer; up to 15 bytes are kept in the string itself.
    static func string(_ string: String) -> Int {
        string.utf8.count <= 15 ? 0 : block(32 + string.utf8.count + 1)
    }

    /// A dictionary's buckets, of which at most three quarters are taken.
    static func dictionary<Key, Value>(_ dictionary: [Key: Value]) -> Int {
        dictionary.isEmpty ? 0 : buckets(dictionary.capacity, MemoryLayout<Key>.stride + MemoryLayout<Value>.stride)
    }

    /// The buckets of a hash table with room for so many entries.
    static func buckets(_ capacity: Int, _ entryBytes: Int) -> Int {
        var buckets = 2
        while buckets * 3 / 4 < capacity { buckets *= 2 }
        return block(64 + max(8, buckets / 8) + buckets * entryBytes)
    }
}
