/// The header fields of a message, in order; names compare without regard to case (RFC 9110 §5.1).
///
/// The fields lie in one byte buffer as they came or will go over the wire, so that a request costs no `String` per
/// field that nobody asks for.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// Where a field's name and value lie in `bytes`.
    struct Field: Hashable {
        var name: Range<Int>
        var value: Range<Int>
    }

    private(set) var bytes: [UInt8]
    private(set) var fields: [Field]

    /// No fields.
    public init() {
        bytes = []
        fields = []
    }

    /// Fields that a parser found in `bytes`.
    init(bytes: [UInt8], fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
    }

    /// The fields of a literal, in its order.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { add(name, value) }
    }

    /// The number of fields.
    public var count: Int { fields.count }

    /// The first value with this name, or nil; setting replaces every field of the name, nil removes them.
    public subscript(_ name: String) -> String? {
        get { fields.first { matches($0, name) }.map { text($0.value) } }
        set {
            remove(name)
            if let newValue { add(name, newValue) }
        }
    }

    /// Every value with this name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { matches($0, name) }.map { text($0.value) }
    }

    /// How many fields have this name.
    func count(of name: String) -> Int { fields.count { matches($0, name) } }

    /// Whether there is a field of this name.
    public func contains(_ name: String) -> Bool { fields.contains { matches($0, name) } }

    /// Whether a comma-separated list field holds a token, as `Connection: keep-alive, Upgrade` holds `upgrade`.
    public func list(_ name: String, contains token: String) -> Bool {
        fields.contains { field in
            guard matches(field, name) else { return false }
            return bytes[field.value].split(separator: UInt8(ascii: ",")).contains { element in
                HTTPCharacter.equalIgnoringCase(HTTPCharacter.trimmed(element), token)
            }
        }
    }

    /// Every field as name and value, in order.
    public var all: [(name: String, value: String)] { fields.map { (text($0.name), text($0.value)) } }

    /// Adds a field behind the others.
    ///
    /// Line breaks and other control characters in either part become spaces: a value from a user cannot begin a
    /// field or a message of its own.
    public mutating func add(_ name: String, _ value: String) {
        // What an answer usually has: it grows once.
        if bytes.isEmpty { bytes.reserveCapacity(320) }
        let start = bytes.count
        append(name)
        let colon = bytes.count
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        let valueStart = bytes.count
        append(value)
        fields.append(Field(name: start..<colon, value: valueStart..<bytes.count))
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Adds all fields of another list behind the others, as they are.
    public mutating func add(_ others: HTTPHeaders) {
        let start = bytes.count
        bytes.append(contentsOf: others.bytes)
        fields.append(
            contentsOf: others.fields.lazy.map { field in
                Field(
                    name: (field.name.lowerBound + start)..<(field.name.upperBound + start),
                    value: (field.value.lowerBound + start)..<(field.value.upperBound + start))
            })
    }

    /// Removes every field of a name.
    public mutating func remove(_ name: String) {
        guard contains(name) else { return }
        let kept = all.filter { !HTTPCharacter.equalIgnoringCase(Array($0.name.utf8)[...], name) }
        self = HTTPHeaders()
        for field in kept { add(field.name, field.value) }
    }

    /// Equal when the same names (in any case) have the same values in the same order.
    public static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.fields.count == right.fields.count
            && zip(left.all, right.all).allSatisfy {
                $0.name.lowercased() == $1.name.lowercased() && $0.value == $1.value
            }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        for (name, value) in all {
            hasher.combine(name.lowercased())
            hasher.combine(value)
        }
    }

    func valueBytes(_ name: String) -> ArraySlice<UInt8>? {
        fields.first { matches($0, name) }.map { bytes[$0.value] }
    }

    // Called for every field of every name that a request is asked for: no slice, which would be counted as a reference.
    private func matches(_ field: Field, _ name: String) -> Bool {
        let other = name.utf8
        guard field.name.count == other.count else { return false }
        var position = field.name.lowerBound
        for byte in other {
            let mine = bytes[position]
            guard mine == byte || HTTPCharacter.lowercased(mine) == HTTPCharacter.lowercased(byte) else { return false }
            position += 1
        }
        return true
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func append(_ text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        for index in start..<bytes.count where bytes[index] < 0x20 || bytes[index] == 0x7F { bytes[index] = 0x20 }
    }
}
