/// The prepared statements of one connection, by text and parameter types; the least recently used go first.
struct StatementCache {
    /// A statement that the server has prepared, or is about to.
    final class Statement {
        /// The server's name for it, zero-terminated.
        let name: ContiguousArray<CChar>
        let text: String
        let types: [PostgresType]
        let hash: UInt64
        fileprivate(set) var lastUse: UInt64 = 0

        init(number: UInt64, text: String, types: [PostgresType], hash: UInt64) {
            name = ContiguousArray("s\(number)".utf8CString)
            self.text = text
            self.types = types
            self.hash = hash
        }

        var nameText: String {
            "s" + name.dropFirst().dropLast().map { String(UnicodeScalar(UInt8(bitPattern: $0))) }.joined()
        }
    }

    /// What to do with a statement that shall run.
    enum Lookup {
        /// It is prepared under this name, or its preparation is on the way ahead.
        case prepared(Statement)
        /// It must be prepared first; `evicted` is to be deallocated.
        case prepare(Statement, evicted: Statement?)
    }

    private var statements: [UInt64: Statement] = [:]
    private var uses: UInt64 = 0
    private var made: UInt64 = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { statements.count }

    /// Finds a statement or makes room for it.
    ///
    /// The capacity must not be 0.
    mutating func lookUp(_ sql: SQL) -> Lookup {
        uses += 1
        let hash = Self.hash(of: sql)
        if let known = statements[hash], known.matches(sql) {
            known.lastUse = uses
            return .prepared(known)
        }
        // Another statement with the same hash makes place too.
        var evicted = statements.removeValue(forKey: hash)
        if evicted == nil && statements.count >= capacity { evicted = removeLeastRecentlyUsed() }
        made += 1
        let statement = Statement(number: made, text: sql.text, types: sql.parameters.map(\.type), hash: hash)
        statement.lastUse = uses
        statements[hash] = statement
        return .prepare(statement, evicted: evicted)
    }

    /// Forgets a statement that the server does not have (any more), so that the next use prepares it anew.
    mutating func forget(_ statement: Statement) {
        if statements[statement.hash] === statement { statements[statement.hash] = nil }
    }

    private mutating func removeLeastRecentlyUsed() -> Statement? {
        // A walk over at most `capacity` entries, and only when a new text arrives at a full cache.
        guard let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) else { return nil }
        statements[oldest.hash] = nil
        return oldest
    }

    /// A fast hash of text and types.
    ///
    /// Texts are the program's own, so nobody can choose collisions; and a collision only costs a preparation.
    private static func hash(of sql: SQL) -> UInt64 {
        var text = sql.text
        var hash: UInt64 = text.withUTF8 { utf8 in
            var hash = UInt64(truncatingIfNeeded: utf8.count) &* 0x9E37_79B9_7F4A_7C15
            let bytes = UnsafeRawBufferPointer(utf8)
            var offset = 0
            while offset + 8 <= bytes.count {
                hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            var rest: UInt64 = 0
            while offset < bytes.count {
                rest = rest << 8 | UInt64(bytes[offset])
                offset += 1
            }
            return mix(hash, rest)
        }
        for parameter in sql.parameters { hash = mix(hash, UInt64(parameter.type.rawValue)) }
        return hash
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}

extension StatementCache.Statement {
    fileprivate func matches(_ sql: SQL) -> Bool {
        guard types.count == sql.parameters.count, text == sql.text else { return false }
        for (index, parameter) in sql.parameters.enumerated() where types[index] != parameter.type { return false }
        return true
    }
}
