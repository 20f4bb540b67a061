public import FoundationEssentials

/// One row of a `RowSet`, which it keeps alive.
///
/// Columns are numbered from 0.
///
/// Asking for another type than the column has, or for the value of a null without `optional…`, is an error of the
/// program, not of the world: it stops with the column's name and type.
public struct Row: Sendable {
    /// Owner of the row's bytes.
    public let rows: RowSet
    let index: Int32

    /// Its place in the row set.
    public var position: Int { Int(index) }

    /// Whether a value is null.
    public func isNull(_ column: Int) -> Bool { value(column) == nil }

    /// A `uuid`.
    public func uuid(_ column: Int) -> UUID { optionalUUID(column) ?? trapNull(column) }

    /// A text or an enum's label, zero copy.
    public func text(_ column: Int) -> ColumnText { optionalText(column) ?? trapNull(column) }

    /// A text or an enum's label, copied.
    public func string(_ column: Int) -> String { optionalString(column) ?? trapNull(column) }

    /// An `int2`, `int4` or `int8`.
    public func int(_ column: Int) -> Int { optionalInt(column) ?? trapNull(column) }

    /// A `float4`, `float8` or `numeric`, the latter rounded.
    public func double(_ column: Int) -> Double { optionalDouble(column) ?? trapNull(column) }

    /// A `bool`.
    public func bool(_ column: Int) -> Bool { optionalBool(column) ?? trapNull(column) }

    /// A `timestamptz` (or a `timestamp`, taken as UTC).
    public func timestamp(_ column: Int) -> Timestamp { optionalTimestamp(column) ?? trapNull(column) }

    /// A `bytea`, copied.
    public func bytes(_ column: Int) -> [UInt8] { optionalBytes(column) ?? trapNull(column) }

    /// The JSON text of a `jsonb` or `json`, zero copy.
    public func jsonb(_ column: Int) -> ColumnText { optionalJSONB(column) ?? trapNull(column) }

    /// A one-dimensional array without nulls.
    public func array<T: PostgresDecodable>(_ column: Int, of type: T.Type = T.self) -> [T] {
        optionalArray(column, of: type) ?? trapNull(column)
    }

    /// The value's bytes, valid as long as the row set; nil for null.
    func value(_ column: Int) -> UnsafeRawBufferPointer? {
        precondition(column >= 0 && column < rows.columnCount, "Row: column \(column) of \(rows.columnCount)")
        return rows.handle.bytes(row: index, column: Int32(truncatingIfNeeded: column))
    }

    func type(_ column: Int) -> PostgresType { rows.handle.type(Int32(truncatingIfNeeded: column)) }

    func trapNull<T>(_ column: Int) -> T {
        fatalError(
            "Row: column \"\(rows.columnName(column))\" (\(type(column))) is null; ask for it with optional…")
    }

    func trapType(_ column: Int, _ wanted: String) -> Never {
        fatalError(
            "Row: column \"\(rows.columnName(column))\" is of type \(type(column)), which is not read as \(wanted)")
    }
}
