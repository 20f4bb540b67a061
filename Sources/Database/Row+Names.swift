public import FoundationEssentials

/// Access by column name, for places where a search through the names per value does not matter.
extension Row {
    /// The place of a column that must exist.
    public func column(_ name: String) -> Int {
        guard let column = rows.columnIndex(of: name) else {
            let names = (0..<rows.columnCount).map(rows.columnName).joined(separator: ", ")
            fatalError("Row: there is no column \"\(name)\"; there are: \(names)")
        }
        return column
    }

    /// A `uuid`.
    public func uuid(_ name: String) -> UUID { uuid(column(name)) }
    /// A text or an enum's label, zero copy.
    public func text(_ name: String) -> ColumnText { text(column(name)) }
    /// A text or an enum's label, copied.
    public func string(_ name: String) -> String { string(column(name)) }
    /// An integer.
    public func int(_ name: String) -> Int { int(column(name)) }
    /// A number.
    public func double(_ name: String) -> Double { double(column(name)) }
    /// A boolean.
    public func bool(_ name: String) -> Bool { bool(column(name)) }
    /// A moment.
    public func timestamp(_ name: String) -> Timestamp { timestamp(column(name)) }
    /// Bytes, copied.
    public func bytes(_ name: String) -> [UInt8] { bytes(column(name)) }
    /// The JSON text of a `jsonb` or `json`, zero copy.
    public func jsonb(_ name: String) -> ColumnText { jsonb(column(name)) }
    /// Whether a value is null.
    public func isNull(_ name: String) -> Bool { isNull(column(name)) }

    /// A `uuid` or null.
    public func optionalUUID(_ name: String) -> UUID? { optionalUUID(column(name)) }
    /// A text or null, zero copy.
    public func optionalText(_ name: String) -> ColumnText? { optionalText(column(name)) }
    /// A text or null, copied.
    public func optionalString(_ name: String) -> String? { optionalString(column(name)) }
    /// An integer or null.
    public func optionalInt(_ name: String) -> Int? { optionalInt(column(name)) }
    /// A number or null.
    public func optionalDouble(_ name: String) -> Double? { optionalDouble(column(name)) }
    /// A boolean or null.
    public func optionalBool(_ name: String) -> Bool? { optionalBool(column(name)) }
    /// A moment or null.
    public func optionalTimestamp(_ name: String) -> Timestamp? { optionalTimestamp(column(name)) }
    /// Bytes or null, copied.
    public func optionalBytes(_ name: String) -> [UInt8]? { optionalBytes(column(name)) }
    /// The JSON text of a `jsonb` or `json`, or null, zero copy.
    public func optionalJSONB(_ name: String) -> ColumnText? { optionalJSONB(column(name)) }
}
