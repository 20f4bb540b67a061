// Value literals: specification, section 2.10. Numbers keep their text and strings stay undecoded until somebody asks
// (`Document+Values.swift`); the lexer has already checked both.

/// A value as written in a document.
public struct Value: Sendable, BitwiseCopyable {
    /// What kind of literal it is.
    public enum Kind: UInt8, Sendable, Hashable, BitwiseCopyable {
        /// `$name`; `text` is the name without the `$`.
        case variable
        /// An integer; `text` is the number as written.
        case int
        /// A number with fraction or exponent; `text` is the number as written.
        case float
        /// `"…"`; `text` is what stands between the quotes, escapes not decoded.
        case string
        /// `"""…"""`; `text` is what stands between the quotes, indentation not removed.
        case blockString
        /// `true`.
        case `true`
        /// `false`.
        case `false`
        /// `null`.
        case null
        /// An enum value; `text` is its name.
        case `enum`
        /// `[…]`
        case list
        /// `{…}`
        case object
    }

    /// What kind of literal it is.
    public let kind: Kind
    /// Whether a string contains a `\` (a quoted string then needs decoding).
    public let hasEscapes: Bool
    /// The offset of its first byte.
    public let start: UInt32
    private let first: UInt32
    private let second: UInt32

    init(_ kind: Kind, start: UInt32, text: Name, hasEscapes: Bool = false) {
        self.kind = kind
        self.start = start
        self.hasEscapes = hasEscapes
        first = text.start
        second = text.length
    }

    init(list items: NodeRange<Value>, start: UInt32) {
        self.init(.list, start: start, text: Name(start: items.start, length: items.length))
    }

    init(object fields: NodeRange<ObjectField>, start: UInt32) {
        self.init(.object, start: start, text: Name(start: fields.start, length: fields.length))
    }

    /// The raw text (see `Kind`); meaningless for lists and objects.
    public var text: Name { Name(start: first, length: second) }
    /// The items of a list; empty for all other kinds.
    public var items: NodeRange<Value> {
        kind == .list ? NodeRange(start: Int(first), count: Int(second)) : .none
    }
    /// The fields of an object; empty for all other kinds.
    public var fields: NodeRange<ObjectField> {
        kind == .object ? NodeRange(start: Int(first), count: Int(second)) : .none
    }
    /// Whether it is a string in either notation.
    public var isString: Bool { kind == .string || kind == .blockString }
}

/// A field of an object literal.
public struct ObjectField: Sendable, BitwiseCopyable {
    /// The name.
    public let name: Name
    /// The value.
    public let value: Value

    /// The offset of the name.
    public var start: UInt32 { name.start }
}
