// Type references: specification, section 2.12.

extension Parser {
    /// Parses a type with its lists and non-nulls, without recursion: first all `[`, then the name, then all `]`.
    mutating func parseTypeNode() throws(SyntaxError) -> TypeNode {
        let start = token.start
        var depth = 0
        while token.kind == .bracketLeft {
            depth += 1
            if depth > TypeWrapping.maximumListDepth {
                let message = "A type nests more than \(TypeWrapping.maximumListDepth) lists."
                throw exceeded(.tooDeep, message, at: token.start)
            }
            try advance()
        }
        let name = try expectName()
        var bits: UInt32 = try consume(if: .bang) ? 1 << UInt32(depth) : 0
        for level in stride(from: depth - 1, through: 0, by: -1) {
            try expect(.bracketRight)
            if try consume(if: .bang) { bits |= 1 << UInt32(level) }
        }
        return TypeNode(start: start, name: name, wrapping: TypeWrapping(listDepth: UInt8(depth), nonNullBits: bits))
    }
}
