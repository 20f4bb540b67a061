// What can be wrong with a JSON text, and where.

/// Why a text is not JSON, or not JSON within the limits, and at which byte.
public struct JSONError: Error, Sendable, Hashable {
    /// The kind of fault; new kinds may appear.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Known: String, Sendable {
            case unexpectedEnd, unexpectedByte, trailingBytes, invalidNumber, controlCharacter, invalidEscape
            case loneSurrogate, invalidUTF8, tooDeep, tooLong, duplicateKey, byteOrderMark, notAnObject
        }

        private let known: Known

        /// The text ends inside a value.
        public static let unexpectedEnd = Code(known: .unexpectedEnd)
        /// A byte stands where the grammar allows no such byte.
        public static let unexpectedByte = Code(known: .unexpectedByte)
        /// Something follows the value.
        public static let trailingBytes = Code(known: .trailingBytes)
        /// A number breaks the grammar of RFC 8259 §6, for example `01` or `1.`.
        public static let invalidNumber = Code(known: .invalidNumber)
        /// A string holds a bare control character.
        public static let controlCharacter = Code(known: .controlCharacter)
        /// A backslash is followed by something that is no escape.
        public static let invalidEscape = Code(known: .invalidEscape)
        /// A `\u` escape names half of a surrogate pair.
        public static let loneSurrogate = Code(known: .loneSurrogate)
        /// A string is not UTF-8.
        public static let invalidUTF8 = Code(known: .invalidUTF8)
        /// Arrays and objects are nested deeper than the limit.
        public static let tooDeep = Code(known: .tooDeep)
        /// The text has more bytes than the limit.
        public static let tooLong = Code(known: .tooLong)
        /// An object has a key twice, and the policy refuses that.
        public static let duplicateKey = Code(known: .duplicateKey)
        /// The text starts with a byte order mark, and the policy refuses that.
        public static let byteOrderMark = Code(known: .byteOrderMark)
        /// The text is JSON but not an object where an object was demanded.
        public static let notAnObject = Code(known: .notAnObject)

        /// The name of the code.
        public var description: String { known.rawValue }
    }

    /// The kind of fault.
    public let code: Code
    /// The fault in one sentence, without the place.
    public let message: String
    /// The byte at which the fault lies, from 0.
    public let offset: Int
    /// The line of that byte, from 1.
    public let line: Int
    /// The column of that byte in its line, in bytes, from 1.
    public let column: Int

    init(_ code: Code, _ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        self.code = code
        self.message = message
        self.offset = offset
        var line = 1
        var lineStart = 0
        for position in 0..<min(offset, bytes.count) where bytes[position] == UInt8(ascii: "\n") {
            line += 1
            lineStart = position + 1
        }
        self.line = line
        column = offset - lineStart + 1
    }
}

extension JSONError: CustomStringConvertible {
    /// The fault and its place.
    public var description: String { "\(message) (line \(line), column \(column))" }
}
