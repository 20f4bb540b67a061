/// Rows on their way into a table, in the binary format of COPY.
///
/// https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format"
public struct CopyBuffer: Sendable {
    /// How much is gathered before it is sent.
    static let chunk = 256 * 1024

    private var buffer = ParameterBuffer()
    private(set) var rowCount = 0

    init() {
        buffer.bytes.reserveCapacity(Self.chunk + 4096)
        buffer.append(text: "PGCOPY\n")
        buffer.append(contentsOf: [0xFF, UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0])
        // No flags, no header extension.
        buffer.append(integer: 0 as Int64)
    }

    /// What was gathered since `removeAll`.
    var bytes: [UInt8] { buffer.bytes }

    /// Appends a row; the values must be of exactly the columns' types.
    public mutating func append<each Value: PostgresEncodable>(_ values: repeat each Value) {
        rowCount += 1
        var count: Int16 = 0
        for _ in repeat each values { count += 1 }
        buffer.append(integer: count)
        for value in repeat each values { append(field: value) }
    }

    /// Appends a value behind its length, as rows have them; -1 is the length of null.
    private mutating func append(field value: some PostgresEncodable) {
        guard !value.isPostgresNull else { return buffer.append(integer: -1 as Int32) }
        let start = buffer.bytes.count
        buffer.append(integer: 0 as Int32)
        value.encode(into: &buffer)
        buffer.set(Int32(buffer.bytes.count - start - 4), at: start)
    }

    /// Marks the end of the rows.
    mutating func end() { buffer.append(integer: -1 as Int16) }

    mutating func removeAll() { buffer.bytes.removeAll(keepingCapacity: true) }
}
