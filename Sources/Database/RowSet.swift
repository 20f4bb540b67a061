/// The rows that a statement returned: owner of libpq's result, whose bytes rows and texts point into.
///
/// Immutable, so it may be read from any thread; freed with the last reference.
public final class RowSet: @unchecked Sendable {  // Reason: a PGresult does not change once handed out.
    let handle: ResultHandle
    /// The number of rows.
    public let count: Int
    /// The number of columns.
    public let columnCount: Int

    init(_ handle: consuming ResultHandle) {
        count = handle.rowCount
        columnCount = handle.columnCount
        self.handle = handle
    }

    /// How many rows an insert, update or delete touched; for a select, the number of rows.
    public var affectedRows: Int { handle.affectedRows }

    /// The server's command tag, for example "INSERT 0 1".
    public var commandTag: String { handle.commandTag }

    /// The place of a column by its name, exactly as the statement names it; nil if there is none.
    public func columnIndex(of name: String) -> Int? { handle.columnIndex(of: name) }

    /// The name of a column.
    public func columnName(_ column: Int) -> String { handle.columnName(column) }

    /// The type of a column.
    public func columnType(_ column: Int) -> PostgresType {
        precondition(column >= 0 && column < columnCount, "RowSet: column \(column) of \(columnCount)")
        return handle.type(Int32(truncatingIfNeeded: column))
    }

    /// A value's bytes in the binary format; nil for null.
    ///
    /// Valid only as long as this object lives.
    public func unsafeBytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8>? {
        precondition(row >= 0 && row < count, "RowSet: row \(row) of \(count)")
        precondition(column >= 0 && column < columnCount, "RowSet: column \(column) of \(columnCount)")
        return handle.bytes(row: Int32(truncatingIfNeeded: row), column: Int32(truncatingIfNeeded: column))?
            .bindMemory(to: UInt8.self)
    }
}

extension RowSet: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { count }
    /// A row, which keeps the row set alive.
    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < count, "RowSet: row \(position) of \(count)")
        return Row(rows: self, index: Int32(truncatingIfNeeded: position))
    }
}
