// The value of a JSON text, for everything that is not hot: request envelopes, variables, stored documents, the
// answers of other services.

/// Any JSON value.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case int(Int64)
    /// A finite number written with fraction or exponent (or `-0`).
    case double(Double)
    /// A number that fits neither `Int64` nor `Double`, as the text it was written in.
    case numberText(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; its members keep their order.
    case object(JSONObject)
}

extension JSONValue {
    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// The truth value, if this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The integer, if this is one or a double without a fraction that an `Int64` holds exactly.
    public var int: Int64? {
        switch self {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number as a double, if this is an integer or a double.
    public var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The string, if this is one.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The elements, if this is an array.
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The members, if this is an object.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The value of the member `key`, if this is an object that has it.
    public subscript(key: String) -> JSONValue? { object?[key] }

    /// The element at `index`, if this is an array that reaches so far.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value as JSON text without spaces.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.write(self)
        return writer.finish()
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON text without spaces.
    public var description: String { String(decoding: encoded(), as: UTF8.self) }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes `null`.
    public init(nilLiteral: ()) { self = .null }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes an integer.
    public init(integerLiteral value: Int64) { self = .int(value) }
    /// Makes a double.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Makes an object; of equal keys the last wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONWriter {
    /// Writes a value as JSON text without spaces.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .bool(let value): writeBool(value)
        case .int(let value): writeInt(Int(value))
        case .double(let value): writeDouble(value)
        case .numberText(let text): for byte in text.utf8 { writeByte(byte) }
        case .string(let string): writeString(string)
        case .array(let elements):
            writeByte(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { writeByte(UInt8(ascii: ",")) }
                write(element)
            }
            writeByte(UInt8(ascii: "]"))
        case .object(let object): write(object)
        }
    }

    /// Writes an object as JSON text without spaces.
    public mutating func write(_ object: JSONObject) {
        writeByte(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            if index > 0 { writeByte(UInt8(ascii: ",")) }
            writeString(member.key)
            writeByte(UInt8(ascii: ":"))
            write(member.value)
        }
        writeByte(UInt8(ascii: "}"))
    }
}
