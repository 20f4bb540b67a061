// Children of a node lie side by side in one of the document's arrays.

/// The indices of consecutive nodes in the document's array of that kind.
public struct NodeRange<Node>: Sendable, Hashable, BitwiseCopyable {
    /// The index of the first node.
    public let start: UInt32
    /// How many nodes there are.
    public let length: UInt32

    /// Makes a range of nodes.
    init(start: Int, count: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: count)
    }

    /// No nodes.
    static var none: NodeRange { NodeRange(start: 0, count: 0) }

    /// Whether there are no nodes.
    public var isEmpty: Bool { length == 0 }
    /// How many nodes there are.
    public var count: Int { Int(length) }
    /// The indices in the document's array of that kind.
    public var indices: Range<Int> { Int(start)..<Int(start) + Int(length) }
}
