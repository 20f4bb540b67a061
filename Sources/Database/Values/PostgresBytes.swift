/// Bytes for a `bytea` parameter, where a generic context needs a type; else bind `[UInt8]` itself.
public struct PostgresBytes: PostgresArrayElement, Hashable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .bytea }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .byteaArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(contentsOf: bytes) }
}
