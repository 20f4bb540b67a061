// Global object identification (Relay): one text names any object of any type.

public import GraphQL

/// An identifier taken apart: `Project_0123456789abcdef0123456789abcdef`.
///
/// Clients treat it as opaque. Parsing is strict, so that every object has exactly one identifier.
public struct GlobalID: Hashable, Sendable {
    /// The object type's name in the schema.
    public let typeName: String
    /// The object's key.
    public let uuid: UUIDScalar

    /// Makes an identifier.
    ///
    /// `typeName` must be a name of GraphQL.
    public init(typeName: String, uuid: UUIDScalar) {
        self.typeName = typeName
        self.uuid = uuid
    }

    /// Takes an identifier apart; nil unless it is a name, `_` and 32 lower-case hexadecimal digits.
    ///
    /// That a type of this name exists is not checked.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 34, bytes.count <= 255, bytes[bytes.count - 33] == UInt8(ascii: "_") else { return nil }
        let name = bytes.prefix(bytes.count - 33)
        guard Self.isName(name) else { return nil }
        let digits = bytes.suffix(32)
        guard let high = UInt64(lowercaseHex: digits.prefix(16)), let low = UInt64(lowercaseHex: digits.suffix(16))
        else { return nil }
        typeName = String(decoding: name, as: UTF8.self)
        uuid = UUIDScalar(high: high, low: low)
    }

    /// Takes an identifier apart that came as an argument.
    public init?(_ id: ID) {
        self.init(id.text)
    }

    /// The identifier as a value of the schema.
    public var id: ID { ID(prefix: typeName + "_", high: uuid.high, low: uuid.low) }

    /// A name by the grammar of GraphQL (specification section 2.1.9).
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !isDigit(first) else { return false }
        return bytes.allSatisfy { byte in
            isDigit(byte) || byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

extension UInt64 {
    /// Reads up to 16 hexadecimal digits in small letters; nil if there is anything else.
    init?(lowercaseHex digits: some Sequence<UInt8>) {
        self = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = self << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): self = self << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
    }
}
