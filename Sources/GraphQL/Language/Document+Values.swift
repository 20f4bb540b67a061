// Literals become values here, on demand. The lexer has checked them, so decoding cannot fail.

extension Document {
    /// The decoded text of a string or block string; for other kinds the raw text.
    public func stringValue(_ value: Value) -> String {
        switch value.kind {
        case .blockString: BlockString.value(of: bytes(value.text))
        case .string where value.hasEscapes: QuotedString.value(of: bytes(value.text))
        default: string(value.text)
        }
    }

    /// The decoded description, nil when there is none.
    public func text(_ description: Value?) -> String? {
        description.map { stringValue($0) }
    }
}
