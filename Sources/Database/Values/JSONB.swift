/// The bytes of a JSON text, for a `jsonb` parameter.
///
/// Postgres checks them.
public struct JSONB: PostgresArrayElement, Hashable {
    /// JSON in UTF-8.
    public var bytes: [UInt8]

    /// Takes JSON as bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes JSON as text.
    public init(_ text: String) { self.bytes = Array(text.utf8) }

    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .jsonb }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// The binary format is one version byte and the text.
    public func encode(into buffer: inout ParameterBuffer) {
        buffer.append(integer: 1 as UInt8)
        buffer.append(contentsOf: bytes)
    }
}
