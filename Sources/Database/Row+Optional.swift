public import FoundationEssentials

/// The same accessors for columns that may be null.
extension Row {
    /// A `uuid` or null.
    public func optionalUUID(_ column: Int) -> UUID? { optional(column) }

    /// A text or null, zero copy.
    public func optionalText(_ column: Int) -> ColumnText? {
        guard let bytes = value(column) else { return nil }
        guard String.accepts(type(column)) else { trapType(column, "text") }
        return ColumnText(owner: rows, bytes: bytes)
    }

    /// A text or null, copied.
    public func optionalString(_ column: Int) -> String? { optional(column) }

    /// An integer or null.
    public func optionalInt(_ column: Int) -> Int? { optional(column) }

    /// A number or null.
    public func optionalDouble(_ column: Int) -> Double? { optional(column) }

    /// A boolean or null.
    public func optionalBool(_ column: Int) -> Bool? { optional(column) }

    /// A moment or null.
    public func optionalTimestamp(_ column: Int) -> Timestamp? { optional(column) }

    /// Bytes or null, copied.
    public func optionalBytes(_ column: Int) -> [UInt8]? {
        let bytes: PostgresBytes? = optional(column)
        return bytes?.bytes
    }

    /// The JSON text of a `jsonb` or `json`, or null, zero copy.
    public func optionalJSONB(_ column: Int) -> ColumnText? {
        guard let bytes = value(column) else { return nil }
        switch type(column) {
        // The first byte is the version of the binary format.
        case .jsonb: return ColumnText(owner: rows, bytes: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
        case .json: return ColumnText(owner: rows, bytes: bytes)
        default: trapType(column, "jsonb")
        }
    }

    /// A one-dimensional array or null.
    public func optionalArray<T: PostgresDecodable>(_ column: Int, of type: T.Type = T.self) -> [T]? {
        guard let bytes = value(column) else { return nil }
        return optionalElements(bytes, column, of: T.self).map { $0 ?? trapNull(column) }
    }

    /// A one-dimensional array whose elements may be null; an empty one for a null array.
    public func arrayWithNulls<T: PostgresDecodable>(_ column: Int, of type: T.Type = T.self) -> [T?] {
        guard let bytes = value(column) else { return [] }
        return optionalElements(bytes, column, of: T.self)
    }

    /// A value of any type that can be decoded, or null.
    public func optional<T: PostgresDecodable>(_ column: Int, as wanted: T.Type = T.self) -> T? {
        guard let bytes = value(column) else { return nil }
        let type = type(column)
        guard T.accepts(type), let value = T(postgres: bytes, type: type) else { trapType(column, "\(T.self)") }
        return value
    }

    private func optionalElements<T: PostgresDecodable>(
        _ bytes: UnsafeRawBufferPointer, _ column: Int, of type: T.Type
    ) -> [T?] {
        guard let elements = ArrayDecoding.elements(of: T.self, in: bytes) else { trapType(column, "[\(T.self)]") }
        return elements
    }
}
