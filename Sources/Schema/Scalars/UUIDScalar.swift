// The scalar UUID, and the key of every object: 128 bits as two words, so that comparing and hashing cost nothing.

public import GraphQL
public import JSON

/// A value of the scalar `UUID` (RFC 9562), written in small letters.
public struct UUIDScalar: Hashable, Sendable, BitwiseCopyable {
    /// The first eight bytes, most significant first.
    public let high: UInt64
    /// The last eight bytes, most significant first.
    public let low: UInt64

    /// Makes a value from its two halves.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the 36-character text form, in small or capital letters; nil if it is anything else.
    public init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var position = 0
        for byte in text.utf8 {
            switch position {
            case 8, 13, 18, 23:
                guard byte == UInt8(ascii: "-") else { return nil }
            case 0..<36:
                guard let digit = Self.value(ofDigit: byte) else { return nil }
                if position < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
            default: return nil
            }
            position += 1
        }
        guard position == 36 else { return nil }
        self.init(high: high, low: low)
    }

    private static func value(ofDigit byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// Puts the 36 characters into `buffer`, which must have room for them.
    @inlinable
    func writeText(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        var position = 0
        for nibble in 0..<32 {
            if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                buffer[position] = UInt8(ascii: "-")
                position += 1
            }
            let word = nibble < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (nibble & 15))) & 15
            buffer[position] = digit < 10 ? digit + 48 : digit + 87
            position += 1
        }
    }
}

extension UUIDScalar: Comparable {
    /// Orders by bytes, as Postgres orders its type `uuid`.
    public static func < (left: UUIDScalar, right: UUIDScalar) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension UUIDScalar: CustomStringConvertible {
    /// The 36 characters.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            writeText(to: buffer)
            return 36
        }
    }
}

extension UUIDScalar: LeafValue {
    /// Writes the 36 characters as a string.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 38) { buffer in
            buffer[0] = UInt8(ascii: "\"")
            writeText(to: UnsafeMutableBufferPointer(rebasing: buffer[1..<37]))
            buffer[37] = UInt8(ascii: "\"")
            out.json.writeRaw(UnsafeBufferPointer(buffer))
        }
    }
}

extension UUIDScalar: InputDecodable {
    /// Takes the text form.
    public init(input: InputValue) throws {
        guard case .string(let text) = input, let value = UUIDScalar(text) else {
            throw InputDecodingError("expected a UUID such as \"123e4567-e89b-42d3-a456-426614174000\"")
        }
        self = value
    }
}
