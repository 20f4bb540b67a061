// Bytes → values, strictly by RFC 8259, with the limits inside: whatever comes from outside passes through here.

/// Reads JSON texts.
///
/// A reader is a cursor over borrowed bytes and lives only inside its static entry points, which are pure functions.
public struct JSONReader {
    /// What to do when an object has the same key twice.
    public enum DuplicateKeyPolicy: Sendable {
        /// The last value counts.
        case lastWins
        /// The text is refused with `duplicateKey`.
        case refuse
    }

    /// What to do with a byte order mark before the value.
    public enum ByteOrderMarkPolicy: Sendable {
        /// The text is refused with `byteOrderMark`.
        case refuse
        /// The mark is passed over (RFC 8259 §8.1 allows it to readers).
        case skip
    }

    /// Limits and policies of one reading.
    public struct Options: Sendable {
        /// How many arrays and objects may lie in each other; `[[1]]` has depth 2.
        public var maximumDepth: Int
        /// How many bytes the text may have.
        public var maximumBytes: Int
        /// What to do when an object has the same key twice.
        public var duplicateKeys: DuplicateKeyPolicy
        /// What to do with a byte order mark.
        public var byteOrderMark: ByteOrderMarkPolicy

        /// Makes options; the defaults are 64 levels, 64 MiB, the last of equal keys, no byte order mark.
        public init(
            maximumDepth: Int = 64,
            maximumBytes: Int = 64 << 20,
            duplicateKeys: DuplicateKeyPolicy = .lastWins,
            byteOrderMark: ByteOrderMarkPolicy = .refuse
        ) {
            self.maximumDepth = maximumDepth
            self.maximumBytes = maximumBytes
            self.duplicateKeys = duplicateKeys
            self.byteOrderMark = byteOrderMark
        }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let options: Options
    var position = 0
    var depth = 0

    /// Reads one value that fills the whole text, spaces around it aside.
    public static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, options: Options = Options()
    ) throws(JSONError) -> JSONValue {
        var reader = try JSONReader(bytes, options)
        reader.skipSpace()
        let value = try reader.readValue()
        try reader.expectEnd()
        return value
    }

    /// Reads one value that fills the whole text, spaces around it aside.
    public static func read(_ bytes: [UInt8], options: Options = Options()) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSONValue in
            try read(buffer, options: options)
        }
    }

    /// Reads one value that fills the whole text, spaces around it aside.
    public static func read(_ text: String, options: Options = Options()) throws(JSONError) -> JSONValue {
        try read(Array(text.utf8), options: options)
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: Options) throws(JSONError) {
        self.bytes = bytes
        self.options = options
        if bytes.count > options.maximumBytes {
            throw JSONError(
                .tooLong, "The text has more than \(options.maximumBytes) bytes.", at: options.maximumBytes, in: bytes)
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            guard options.byteOrderMark == .skip else {
                throw JSONError(.byteOrderMark, "The text starts with a byte order mark.", at: 0, in: bytes)
            }
            position = 3
        }
    }

    mutating func readValue() throws(JSONError) -> JSONValue {
        guard let first = current else { throw unexpected("a value") }
        switch first {
        case UInt8(ascii: "{"): return .object(try readObject())
        case UInt8(ascii: "["): return .array(try readArray())
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"):
            try expectWord("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expectWord("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try expectWord("null")
            return .null
        default: return try readNumber()
        }
    }

    private mutating func readArray() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try enter()
        if try !closes(UInt8(ascii: "]")) {
            repeat {
                skipSpace()
                elements.append(try readValue())
            } while try continues(until: UInt8(ascii: "]"))
        }
        depth -= 1
        return elements
    }

    private mutating func readObject() throws(JSONError) -> JSONObject {
        var object = JSONObject()
        try enter()
        if try !closes(UInt8(ascii: "}")) {
            repeat {
                let start = position
                let key = try readKey()
                if options.duplicateKeys == .refuse && object.contains(key) {
                    throw JSONError(.duplicateKey, "The object has the key twice.", at: start, in: bytes)
                }
                object[key] = try readValue()
            } while try continues(until: UInt8(ascii: "}"))
        }
        depth -= 1
        return object
    }
}

extension JSONReader {
    /// The byte under the cursor, nil at the end.
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads `"key" :` and the spaces around its parts.
    mutating func readKey() throws(JSONError) -> String {
        skipSpace()
        guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        let key = try readString()
        skipSpace()
        guard current == UInt8(ascii: ":") else { throw unexpected("a colon") }
        position += 1
        skipSpace()
        return key
    }

    /// Passes the opening bracket under the cursor.
    mutating func enter() throws(JSONError) {
        if depth == options.maximumDepth {
            throw JSONError(
                .tooDeep, "Arrays and objects are nested more than \(options.maximumDepth) deep.", at: position,
                in: bytes)
        }
        depth += 1
        position += 1
    }

    /// Whether the closing bracket follows at once, as in `[]`; passes it.
    mutating func closes(_ bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard current == bracket else { return false }
        position += 1
        return true
    }

    /// Whether a comma follows (true) or the closing bracket (false); passes it.
    mutating func continues(until bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        if current == UInt8(ascii: ",") {
            position += 1
            return true
        }
        guard current == bracket else { throw unexpected("a comma or the closing bracket") }
        position += 1
        return false
    }

    mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    mutating func expectWord(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[index] else { throw unexpected("`\(word)`") }
            position += 1
        }
    }

    mutating func expectEnd() throws(JSONError) {
        skipSpace()
        if position < bytes.count {
            throw JSONError(.trailingBytes, "Something follows the value.", at: position, in: bytes)
        }
    }

    /// The error that says what should have stood under the cursor.
    func unexpected(_ wanted: String) -> JSONError {
        if position >= bytes.count {
            return JSONError(.unexpectedEnd, "The text ends where \(wanted) should follow.", at: position, in: bytes)
        }
        return JSONError(.unexpectedByte, "Expected \(wanted).", at: position, in: bytes)
    }
}
