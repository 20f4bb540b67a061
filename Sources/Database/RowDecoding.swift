public import FoundationEssentials

/// A value that can be read from a column in Postgres's binary format.
public protocol PostgresDecodable: Sendable {
    /// Whether a column of this type can be read.
    static func accepts(_ type: PostgresType) -> Bool
    /// Reads a value; nil when the bytes are none of this type.
    init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType)
}

extension UnsafeRawBufferPointer {
    /// A big endian integer at the start; the caller has checked the length.
    func bigEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int = 0) -> T {
        T(bigEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

extension Int: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool {
        type == .int4 || type == .int8 || type == .int2 || type == .oid
    }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        switch bytes.count {
        case 8: self = Int(bytes.bigEndian(Int64.self))
        case 4: self = type == .oid ? Int(bytes.bigEndian(UInt32.self)) : Int(bytes.bigEndian(Int32.self))
        case 2: self = Int(bytes.bigEndian(Int16.self))
        default: return nil
        }
    }
}

extension Int64: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool { Int.accepts(type) }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        guard let value = Int(postgres: bytes, type: type) else { return nil }
        self = Int64(value)
    }
}

extension Bool: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool { type == .bool }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        guard bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension String: PostgresDecodable {
    /// All texts, JSON as text, and the types made in the database, whose binary format is text if they are enums.
    public static func accepts(_ type: PostgresType) -> Bool {
        switch type {
        case .text, .varchar, .bpchar, .name, .char, .json, .unknown: true
        default: type.isUserDefined
        }
    }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}

extension UUID: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool { type == .uuid }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        guard bytes.count == 16 else { return nil }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension Timestamp: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool { type == .timestamptz || type == .timestamp }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        guard bytes.count == 8 else { return nil }
        self.init(microseconds: bytes.bigEndian(Int64.self))
    }
}

extension PostgresBytes: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool { type == .bytea }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) { self.init(Array(bytes)) }
}

extension Double: PostgresDecodable {
    /// Whether a column of the type can be read as this.
    public static func accepts(_ type: PostgresType) -> Bool {
        type == .float8 || type == .float4 || type == .numeric
    }

    /// Reads the binary format; nil when the bytes are none.
    public init?(postgres bytes: UnsafeRawBufferPointer, type: PostgresType) {
        switch (type, bytes.count) {
        case (.numeric, _):
            guard let value = NumericDecoding.double(bytes) else { return nil }
            self = value
        case (_, 8): self.init(bitPattern: bytes.bigEndian(UInt64.self))
        case (_, 4): self = Double(Float(bitPattern: bytes.bigEndian(UInt32.self)))
        default: return nil
        }
    }
}

/// `numeric`: count of digits, weight of the first, sign, scale, then digits to base 10,000.
enum NumericDecoding {
    static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count >= 8 else { return nil }
        let digits = Int(bytes.bigEndian(Int16.self))
        let weight = Int(bytes.bigEndian(Int16.self, at: 2))
        let sign = bytes.bigEndian(UInt16.self, at: 4)
        guard digits >= 0, bytes.count == 8 + digits * 2 else { return nil }
        switch sign {
        case 0xC000: return .nan
        case 0xD000: return .infinity
        case 0xF000: return -.infinity
        default: break
        }
        // Through a decimal text, so that 0.1 becomes the double nearest to 0.1.
        var text = sign == 0x4000 ? "-0" : "0"
        for index in 0..<digits {
            let digit = String(bytes.bigEndian(Int16.self, at: 8 + index * 2))
            text += String(repeating: "0", count: max(0, 4 - digit.utf8.count)) + digit
        }
        return Double("\(text)e\((weight - digits + 1) * 4)")
    }
}

/// Arrays: dimensions, has-null flag, element type, per dimension size and lower bound, then length and bytes of each.
enum ArrayDecoding {
    /// The elements, or nil when the bytes are no array of `T` with at most one dimension.
    static func elements<T: PostgresDecodable>(of type: T.Type, in bytes: UnsafeRawBufferPointer) -> [T?]? {
        guard bytes.count >= 12 else { return nil }
        let dimensions = bytes.bigEndian(Int32.self)
        let elementType = PostgresType(rawValue: bytes.bigEndian(UInt32.self, at: 8))
        guard T.accepts(elementType) else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { return nil }
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        // Every element takes at least its length.
        guard count >= 0, count <= (bytes.count - 20) / 4 else { return nil }
        var elements: [T?] = []
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else { return nil }
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            offset += 4
            if length < 0 {
                elements.append(nil)
                continue
            }
            guard offset + length <= bytes.count else { return nil }
            let element = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            guard let value = T(postgres: element, type: elementType) else { return nil }
            elements.append(value)
            offset += length
        }
        return elements
    }
}
