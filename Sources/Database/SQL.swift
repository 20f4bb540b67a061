/// A statement: its text with `$1` … and the values bound to them.
///
/// Written as a string literal, every interpolated value becomes a parameter with its Postgres type, never text:
/// `"select id, name from projects where id = any(\(ids)) and archived = \(false)"`. Raw text needs
/// `\(unsafeSQL: …)`; another `SQL` may be interpolated as a part, its parameters are numbered on.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// Where a bound value lies, and where its placeholder stands in the text.
    struct Parameter: Sendable {
        var type: PostgresType
        /// Offset of the "$" in the text's UTF-8.
        var textOffset: Int32
        /// Offset of the value in the buffer.
        var offset: Int32
        /// Length of the value, -1 for null.
        var length: Int32
    }

    /// The text as Postgres gets it.
    public private(set) var text: String
    private(set) var parameters: [Parameter] = []
    private(set) var buffer = ParameterBuffer()

    /// The number of parameters.
    public var parameterCount: Int { parameters.count }

    /// Text from a literal, without parameters.
    public init(stringLiteral value: String) { text = value }

    /// Text made at run time; whoever calls this answers for its safety.
    public init(unsafeText: String) { text = unsafeText }

    /// What the compiler calls for a literal with interpolations.
    public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

    fileprivate init(capacity: Int, parameters count: Int) {
        text = ""
        text.reserveCapacity(capacity + count * 3)
        parameters.reserveCapacity(count)
    }

    /// Appends another statement's text and parameters, whose placeholders are numbered on.
    public mutating func append(_ other: SQL) {
        guard !other.parameters.isEmpty else { return append(text: other.text) }
        let utf8 = other.text.utf8
        let base = Int32(buffer.bytes.count)
        var position = utf8.startIndex
        for (index, parameter) in other.parameters.enumerated() {
            let placeholder = utf8.index(utf8.startIndex, offsetBy: Int(parameter.textOffset))
            append(text: String(other.text[position..<placeholder]))
            position = utf8.index(placeholder, offsetBy: Self.placeholderLength(index + 1))
            appendPlaceholder(type: parameter.type, offset: parameter.offset + base, length: parameter.length)
        }
        append(text: String(other.text[position...]))
        buffer.append(contentsOf: other.buffer.bytes)
    }

    /// One statement after the other, with nothing between.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    /// Appends.
    public static func += (left: inout SQL, right: SQL) { left.append(right) }

    fileprivate mutating func append(text other: String) { text += other }

    fileprivate mutating func bind(_ value: some PostgresEncodable, as type: PostgresType) {
        let offset = buffer.bytes.count
        let isNull = value.isPostgresNull
        if !isNull { value.encode(into: &buffer) }
        appendPlaceholder(
            type: type, offset: Int32(offset), length: isNull ? -1 : Int32(buffer.bytes.count - offset))
    }

    private mutating func appendPlaceholder(type: PostgresType, offset: Int32, length: Int32) {
        let number = parameters.count + 1
        parameters.append(
            Parameter(type: type, textOffset: Int32(text.utf8.count), offset: offset, length: length))
        text += "$"
        text += String(number)
    }

    /// "$" and the digits.
    private static func placeholderLength(_ number: Int) -> Int {
        var length = 2
        var rest = number / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        return length
    }
}

extension SQL: CustomStringConvertible {
    /// The text without the values, fit for logs.
    public var description: String { text }
}

extension SQL {
    /// Collects a literal's parts.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        /// Called by the compiler.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(capacity: literalCapacity, parameters: interpolationCount)
        }

        /// Called by the compiler.
        public mutating func appendLiteral(_ literal: String) { sql.append(text: literal) }

        /// Binds a value.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) {
            sql.bind(value, as: T.postgresType)
        }

        /// Binds a value or null.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            sql.bind(value, as: T.postgresType)
        }

        /// Binds bytes as `bytea`.
        public mutating func appendInterpolation(_ bytes: [UInt8]) { sql.bind(PostgresBytes(bytes), as: .bytea) }

        /// Binds bytes as `bytea`, or null.
        public mutating func appendInterpolation(_ bytes: [UInt8]?) {
            sql.bind(bytes.map(PostgresBytes.init), as: .bytea)
        }

        /// Inserts a part that has parameters of its own.
        public mutating func appendInterpolation(_ part: SQL) { sql.append(part) }

        /// Inserts text as it is; whoever calls this answers for its safety.
        public mutating func appendInterpolation(unsafeSQL text: String) { sql.append(text: text) }

        /// Inserts a name, quoted.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(text: SQL.quotedIdentifier(name))
        }
    }

    /// A name in double quotes, as every position of SQL that takes an identifier accepts it.
    public static func quotedIdentifier(_ name: String) -> String {
        var quoted = "\""
        for character in name.unicodeScalars where character != "\0" {
            if character == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
