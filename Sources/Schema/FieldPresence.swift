// Absent or null: the difference between "leave it" and "clear it" in an update.

public import GraphQL

/// Which fields of an input object have a value, null included; at most 64.
public struct FieldPresence: Hashable, Sendable {
    private let bits: UInt64

    /// Looks at the first `count` fields.
    public init(of values: ArgumentValues, count: Int) {
        precondition(count <= 64, "FieldPresence has 64 bits; the generator refuses longer inputs")
        bits = (0..<count).reduce(into: 0) { bits, index in
            if values.isPresent(index) { bits |= 1 << UInt64(index) }
        }
    }

    /// Whether the field at `index` has a value.
    public func contains(_ index: Int) -> Bool {
        bits & (1 << UInt64(index)) != 0
    }
}
