// The members of one object without building their values: a request's `variables` stay bytes until they are coerced.

extension JSONReader {
    /// A member of an object whose value was checked but not built.
    public struct MemberRange: Sendable, Hashable {
        /// The name, unescaped.
        public let key: String
        /// Where the value lies in the text, without the spaces around it.
        public let range: Range<Int>
    }

    /// Reads a text that is one object and says where each member's value lies.
    ///
    /// Everything is checked as strictly as by `read`, so each range holds one well-formed value. Of equal keys the
    /// last wins (at the first one's place), or the text is refused, as the options say for this object and those
    /// inside it. Throws `notAnObject` if the text is another value.
    public static func members(
        of bytes: UnsafeBufferPointer<UInt8>, options: Options = Options()
    ) throws(JSONError) -> [MemberRange] {
        var reader = try JSONReader(bytes, options)
        reader.skipSpace()
        let start = reader.position
        guard reader.current == UInt8(ascii: "{") else {
            try reader.passValue()
            try reader.expectEnd()
            throw JSONError(.notAnObject, "The text is not an object.", at: start, in: bytes)
        }
        var members: [MemberRange] = []
        try reader.passObject { key, range in members.append(MemberRange(key: key, range: range)) }
        try reader.expectEnd()
        return members
    }

    /// Reads a text that is one object and says where each member's value lies.
    public static func members(
        of bytes: [UInt8], options: Options = Options()
    ) throws(JSONError) -> [MemberRange] {
        try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> [MemberRange] in
            try members(of: buffer, options: options)
        }
    }

    /// Checks one value and passes it.
    private mutating func passValue() throws(JSONError) {
        guard let first = current else { throw unexpected("a value") }
        switch first {
        case UInt8(ascii: "{"): try passObject { _, _ in }
        case UInt8(ascii: "["): try passArray()
        case UInt8(ascii: "\""): _ = try passString()
        case UInt8(ascii: "t"): try expectWord("true")
        case UInt8(ascii: "f"): try expectWord("false")
        case UInt8(ascii: "n"): try expectWord("null")
        default: _ = try passNumber()
        }
    }

    private mutating func passArray() throws(JSONError) {
        try enter()
        if try !closes(UInt8(ascii: "]")) {
            repeat {
                skipSpace()
                try passValue()
            } while try continues(until: UInt8(ascii: "]"))
        }
        depth -= 1
    }

    /// Checks an object and hands out each member once, a key's last value at the first one's place.
    private mutating func passObject(_ found: (String, Range<Int>) -> Void) throws(JSONError) {
        var order: [String] = []
        var ranges: [JSONKey: Range<Int>] = [:]
        try enter()
        if try !closes(UInt8(ascii: "}")) {
            repeat {
                let keyStart = position
                let key = try readKey()
                let start = position
                try passValue()
                if ranges.updateValue(start..<position, forKey: JSONKey(text: key)) == nil {
                    order.append(key)
                } else if options.duplicateKeys == .refuse {
                    throw JSONError(.duplicateKey, "The object has the key twice.", at: keyStart, in: bytes)
                }
            } while try continues(until: UInt8(ascii: "}"))
        }
        depth -= 1
        for key in order {
            if let range = ranges[JSONKey(text: key)] { found(key, range) }
        }
    }
}
