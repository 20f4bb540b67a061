public import FoundationEssentials

/// A value that can be bound to a parameter of a statement, in Postgres's binary format.
///
/// A `RawRepresentable` enum over such a value only has to say `: PostgresEncodable`.
public protocol PostgresEncodable: Sendable {
    /// The type the parameter is declared with.
    static var postgresType: PostgresType { get }
    /// Whether the value is SQL's null; then `encode` is not called.
    var isPostgresNull: Bool { get }
    /// Appends the value in the binary format of `postgresType`.
    func encode(into buffer: inout ParameterBuffer)
}

extension PostgresEncodable {
    /// Nothing but an optional is null.
    public var isPostgresNull: Bool { false }
}

/// A value that can also be an element of an array parameter.
public protocol PostgresArrayElement: PostgresEncodable {
    /// The type of an array of these.
    static var postgresArrayType: PostgresType { get }
}

/// Where parameters are written, one after the other.
public struct ParameterBuffer: Sendable {
    var bytes: [UInt8] = []

    /// Appends an integer, big endian.
    public mutating func append<T: FixedWidthInteger>(integer: T) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    public mutating func append(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

    /// Appends a text in UTF-8.
    public mutating func append(text: String) { bytes.append(contentsOf: text.utf8) }

    /// Overwrites four bytes at an offset where room was left before.
    mutating func set(_ value: Int32, at offset: Int) {
        let value = UInt32(bitPattern: value)
        bytes[offset] = UInt8(truncatingIfNeeded: value >> 24)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: value >> 16)
        bytes[offset + 2] = UInt8(truncatingIfNeeded: value >> 8)
        bytes[offset + 3] = UInt8(truncatingIfNeeded: value)
    }
}

extension Bool: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .bool }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .boolArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: self ? 1 as UInt8 : 0) }
}

extension Int16: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .int2 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .int2Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: self) }
}

extension Int32: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .int4 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .int4Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: self) }
}

extension Int64: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .int8 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .int8Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: self) }
}

extension Int: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .int8 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .int8Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: Int64(self)) }
}

extension Double: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .float8 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .float8Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: bitPattern) }
}

extension Float: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .float4 }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .float4Array }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(integer: bitPattern) }
}

extension String: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .text }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .textArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(text: self) }
}

extension Substring: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .text }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .textArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(contentsOf: utf8) }
}

extension UUID: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { .uuid }
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { .uuidArray }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) {
        withUnsafeBytes(of: uuid) { buffer.append(contentsOf: $0) }
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { RawValue.postgresType }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { rawValue.encode(into: &buffer) }
}

extension PostgresArrayElement where Self: RawRepresentable, RawValue: PostgresArrayElement {
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { RawValue.postgresArrayType }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { Wrapped.postgresType }
    /// Nil is null.
    public var isPostgresNull: Bool { self == nil }
    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) { self?.encode(into: &buffer) }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
    /// The type of an array of these.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}

/// One-dimensional arrays, with nulls where the element is optional.
extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The type a parameter of this is declared with.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// Appends the binary format.
    public func encode(into buffer: inout ParameterBuffer) {
        let hasNull = contains { $0.isPostgresNull }
        buffer.append(integer: Int32(isEmpty ? 0 : 1))
        buffer.append(integer: Int32(hasNull ? 1 : 0))
        buffer.append(integer: Element.postgresType.rawValue)
        guard !isEmpty else { return }
        buffer.append(integer: Int32(count))
        buffer.append(integer: Int32(1))
        for element in self {
            let start = buffer.bytes.count
            buffer.append(integer: Int32(-1))
            guard !element.isPostgresNull else { continue }
            element.encode(into: &buffer)
            buffer.set(Int32(buffer.bytes.count - start - 4), at: start)
        }
    }
}
