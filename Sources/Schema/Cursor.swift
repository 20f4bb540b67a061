// Where a page begins: the sort keys of the row at its edge, as opaque text (keyset paging).

/// The place of an edge in a connection.
///
/// A cursor is the row's sort keys, not a number of rows, so a page stays where it is when rows come and go. Clients treat
/// it as opaque; it is neither secret nor signed, so whatever it leads to is checked like any other input.
public struct Cursor: Hashable, Sendable {
    /// One sort key.
    public enum Part: Hashable, Sendable {
        /// A column without a value.
        case null
        /// A number, or a moment in microseconds.
        case integer(Int64)
        /// A key, usually the last part, which makes the order total.
        case uuid(UUIDScalar)
        /// A text; a long one makes a long cursor.
        case text(String)
    }

    /// The longest cursor that is read, in characters; a longer one that was written is refused when it comes back.
    public static let maximumCharacters = 16_384
    /// The most parts.
    public static let maximumParts = 8

    /// The sort keys in the order of sorting.
    public let parts: [Part]

    /// Makes a cursor.
    ///
    /// No parts, or more than allowed, are a programmer's error.
    public init(_ parts: [Part]) {
        precondition(!parts.isEmpty && parts.count <= Self.maximumParts, "a cursor has 1 to 8 parts")
        self.parts = parts
    }

    /// The cursor as clients get it: base64url without padding.
    public var text: String {
        var bytes: [UInt8] = [Self.version]
        for part in parts { part.append(to: &bytes) }
        return Base64URL.encode(bytes)
    }

    /// Reads what ``text`` made; nil if it is anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumCharacters, let bytes = Base64URL.decode(text),
            bytes.first == Self.version
        else { return nil }
        var rest = bytes.dropFirst()
        var parts: [Part] = []
        while !rest.isEmpty {
            guard parts.count < Self.maximumParts, let part = Part(takingFrom: &rest) else { return nil }
            parts.append(part)
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    /// The layout below; a new layout takes a new number, and cursors of an old one are refused.
    private static let version: UInt8 = 1
}

extension Cursor.Part {
    private static let nullTag: UInt8 = 0
    private static let integerTag: UInt8 = 1
    private static let uuidTag: UInt8 = 2
    private static let textTag: UInt8 = 3

    /// A byte for the kind, then the value: numbers big-endian, texts behind their length.
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(Self.nullTag)
        case .integer(let value):
            bytes.append(Self.integerTag)
            bytes.append(UInt64(bitPattern: value), count: 8)
        case .uuid(let uuid):
            bytes.append(Self.uuidTag)
            bytes.append(uuid.high, count: 8)
            bytes.append(uuid.low, count: 8)
        case .text(let text):
            bytes.append(Self.textTag)
            bytes.append(UInt64(text.utf8.count), count: 4)
            bytes += text.utf8
        }
    }

    fileprivate init?(takingFrom bytes: inout ArraySlice<UInt8>) {
        switch bytes.popFirst() {
        case Self.nullTag: self = .null
        case Self.integerTag:
            guard let value = bytes.pop(count: 8) else { return nil }
            self = .integer(Int64(bitPattern: value))
        case Self.uuidTag:
            guard let high = bytes.pop(count: 8), let low = bytes.pop(count: 8) else { return nil }
            self = .uuid(UUIDScalar(high: high, low: low))
        case Self.textTag:
            guard let count = bytes.pop(count: 4), bytes.count >= Int(count),
                let text = String(validating: bytes.prefix(Int(count)), as: UTF8.self)
            else { return nil }
            bytes = bytes.dropFirst(Int(count))
            self = .text(text)
        default: return nil
        }
    }
}

extension [UInt8] {
    /// The last `count` bytes of a number, the most significant first.
    fileprivate mutating func append(_ value: UInt64, count: Int) {
        for place in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func pop(count: Int) -> UInt64? {
        guard self.count >= count else { return nil }
        let value = prefix(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self = dropFirst(count)
        return value
    }
}
