/// A text that still lies in libpq's result, in UTF-8: nothing is copied until someone asks for `string`.
///
/// It keeps the whole row set alive; take `string` where one small value must outlive a large result.
public struct ColumnText: @unchecked Sendable {  // Reason: the bytes are immutable and `owner` keeps them alive.
    /// Owns the bytes.
    public let owner: RowSet
    /// The bytes, without a terminating zero; valid as long as `owner`.
    public let bytes: UnsafeBufferPointer<UInt8>

    init(owner: RowSet, bytes: UnsafeRawBufferPointer) {
        self.owner = owner
        self.bytes = bytes.bindMemory(to: UInt8.self)
    }

    /// The number of bytes.
    public var count: Int { bytes.count }

    /// A copy as `String`.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension ColumnText: Hashable, CustomStringConvertible {
    /// Equal bytes.
    public static func == (left: ColumnText, right: ColumnText) -> Bool { left.bytes.elementsEqual(right.bytes) }

    /// Equal to the text's bytes.
    public static func == (left: ColumnText, right: String) -> Bool { left.bytes.elementsEqual(right.utf8) }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }

    /// A copy as `String`.
    public var description: String { string }
}

extension ColumnText: PostgresEncodable {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .text }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(contentsOf: bytes) }
}
