public import JSON

/// A value of the scalar `ID` (specification section 3.5.5): opaque text, always written as a string.
public struct ID: Hashable, Sendable, ExpressibleByStringLiteral {
    @usableFromInline
    enum Storage: Hashable, Sendable {
        case text(String)
        /// `prefix` and 128 bits as 32 lower-case hexadecimal digits, kept as numbers because most ids are only
        /// ever written.
        case numbered(prefix: String, high: UInt64, low: UInt64)
    }

    @usableFromInline let storage: Storage

    /// Wraps a text.
    @inlinable
    public init(_ text: String) {
        storage = .text(text)
    }

    /// Wraps a literal.
    @inlinable
    public init(stringLiteral value: String) {
        storage = .text(value)
    }

    /// An id that is `prefix` followed by 128 bits as 32 lower-case hexadecimal digits.
    ///
    /// `prefix` must need no escaping in JSON.
    @inlinable
    public init(prefix: String, high: UInt64, low: UInt64) {
        storage = .numbered(prefix: prefix, high: high, low: low)
    }

    /// The id as text.
    public var text: String {
        switch storage {
        case .text(let text): return text
        case .numbered(let prefix, let high, let low):
            return prefix + String(unsafeUninitializedCapacity: 32) { Self.writeDigits(high, low, to: $0) }
        }
    }

    /// Writes 32 lower-case hexadecimal digits; returns how many were written.
    @inlinable
    @discardableResult
    static func writeDigits(_ high: UInt64, _ low: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var word = high
        for position in 0..<32 {
            if position == 16 { word = low }
            let digit = UInt8(truncatingIfNeeded: word >> 60)
            word <<= 4
            buffer[position] = digit < 10 ? digit + 48 : digit + 87
        }
        return 32
    }
}

extension ID: LeafValue {
    /// An ID.
    public static var leafShape: LeafShape { LeafShape(.id) }

    /// Writes the value.
    @inlinable
    public func write(to out: inout ResponseWriter) {
        switch storage {
        case .text(let text): out.json.writeString(text)
        case .numbered(let prefix, let high, let low):
            out.json.writeByte(UInt8(ascii: "\""))
            var prefix = prefix
            prefix.withUTF8 { out.json.writeRaw($0) }
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
                Self.writeDigits(high, low, to: buffer)
                out.json.writeRaw(UnsafeBufferPointer(buffer))
            }
            out.json.writeByte(UInt8(ascii: "\""))
        }
    }
}
