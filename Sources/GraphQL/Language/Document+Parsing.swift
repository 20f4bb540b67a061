// The way from text to document.

extension Document {
    /// Parses UTF-8 bytes.
    ///
    /// - Throws: `SyntaxError` when the bytes break the grammar or one of the limits.
    public convenience init(parsing source: [UInt8], limits: ParserLimits = .standard) throws(SyntaxError) {
        let nodes = try source.withUnsafeBufferPointer { (bytes) throws(SyntaxError) -> DocumentNodes in
            var parser = try Parser(bytes, limits: limits)
            return try parser.parseDocument()
        }
        self.init(source: source, nodes: nodes)
    }

    /// Parses a text.
    ///
    /// - Throws: `SyntaxError` when the text breaks the grammar or one of the limits.
    public convenience init(parsing text: String, limits: ParserLimits = .standard) throws(SyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}
