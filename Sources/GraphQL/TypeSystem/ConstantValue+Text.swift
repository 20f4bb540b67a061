// Constants from and to the text of the language.

extension ConstantValue {
    /// A number literal, which the lexer has checked.
    static func number(_ text: String, isInteger: Bool) -> ConstantValue {
        if isInteger { return Int64(text).map { .int($0) } ?? .bigNumber(text) }
        guard let number = Double(text), number.isFinite else { return .bigNumber(text) }
        return .float(number)
    }
}

extension ConstantValue: CustomStringConvertible {
    /// The constant as a GraphQL literal.
    public var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .float(let value): value.description
        case .bigNumber(let text): text
        case .string(let text): QuotedString.literal(text)
        case .enumValue(let name): name
        case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
        case .object(let fields):
            fields.isEmpty ? "{}" : "{ " + fields.map(\.description).joined(separator: ", ") + " }"
        }
    }
}

extension ConstantField: CustomStringConvertible {
    /// `name: value`.
    public var description: String { "\(name): \(value)" }
}
