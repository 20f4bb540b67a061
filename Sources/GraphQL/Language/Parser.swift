// The parser's cursor: one token of lookahead, the counters of the limits, and the arrays of the document under
// construction. The grammar is in the `Parser+….swift` files, a chapter each.
//
// Children of a node must lie side by side, but the children of the children come first. So selections, list items and
// object fields wait on a stack of their kind until their set is closed, and then move to the document together.

/// Turns tokens into a document by recursive descent with one token of lookahead.
struct Parser {
    /// Where tokens come from.
    var lexer: Lexer
    /// The token under the cursor, not consumed yet.
    var token: Token
    /// The arrays of the document.
    var nodes = DocumentNodes()
    /// Selections of sets that are still open.
    var openSelections: [Selection] = []
    /// Items of lists that are still open.
    var openValues: [Value] = []
    /// Fields of objects that are still open.
    var openFields: [ObjectField] = []
    /// Aliased fields so far.
    var aliasCount = 0
    /// Fragment spreads so far.
    var spreadCount = 0

    let limits: ParserLimits
    private var tokenCount = 0
    private var depth = 0

    /// Puts the cursor on the first token.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ParserLimits) throws(SyntaxError) {
        lexer = Lexer(bytes)
        token = Token(kind: .end, start: 0, end: 0)
        self.limits = limits
        // Offsets are 32 bits.
        let maximum = min(limits.maximumBytes, Int(UInt32.max) - 1)
        guard bytes.count <= maximum else {
            throw exceeded(.tooLarge, "Document has \(bytes.count) bytes, at most \(maximum) are allowed.", at: 0)
        }
        try advance()
    }

    /// Parses the whole source as a document.
    mutating func parseDocument() throws(SyntaxError) -> DocumentNodes {
        repeat { try parseDefinition() } while token.kind != .end
        return nodes
    }

    // MARK: Cursor

    /// Consumes the token.
    @inline(__always)
    mutating func advance() throws(SyntaxError) {
        token = try lexer.next()
        tokenCount &+= 1
        if tokenCount > limits.maximumTokens, token.kind != .end {
            throw exceeded(.tooManyTokens, "Document has more than \(limits.maximumTokens) tokens.", at: token.start)
        }
    }

    /// Whether the token is a name spelt like that.
    func at(_ keyword: StaticString) -> Bool {
        guard token.kind == .name, Int(token.end - token.start) == keyword.utf8CodeUnitCount else { return false }
        return lexer.bytes[token.range.range].elementsEqual(
            UnsafeBufferPointer(start: keyword.utf8Start, count: keyword.utf8CodeUnitCount))
    }

    /// Consumes the token if it is of that kind, and says whether it was.
    @inline(__always)
    mutating func consume(if kind: Token.Kind) throws(SyntaxError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    /// Consumes the token if it is that keyword, and says whether it was.
    mutating func consume(if keyword: StaticString) throws(SyntaxError) -> Bool {
        guard at(keyword) else { return false }
        try advance()
        return true
    }

    /// Consumes a token that must be of that kind.
    @inline(__always)
    mutating func expect(_ kind: Token.Kind) throws(SyntaxError) {
        guard token.kind == kind else { throw unexpected(expected: kind.text) }
        try advance()
    }

    /// Consumes a token that must be that keyword.
    mutating func expect(_ keyword: StaticString) throws(SyntaxError) {
        guard at(keyword) else { throw unexpected(expected: "\"\(keyword)\"") }
        try advance()
    }

    /// Consumes a name.
    @inline(__always)
    mutating func expectName() throws(SyntaxError) -> Name {
        guard token.kind == .name else { throw unexpected(expected: "Name") }
        let name = token.range
        try advance()
        return name
    }

    // MARK: Limits

    /// Enters a selection set or a composite literal that begins at the token.
    @inline(__always)
    mutating func enter() throws(SyntaxError) {
        depth += 1
        if depth > limits.maximumDepth {
            throw exceeded(.tooDeep, "Document is nested deeper than \(limits.maximumDepth) levels.", at: token.start)
        }
    }

    /// Leaves what `enter` entered.
    @inline(__always)
    mutating func leave() { depth -= 1 }

    // MARK: Errors

    /// The error for a token that may not stand here.
    @inline(never)
    func unexpected(expected: String) -> SyntaxError {
        unexpected(token, expected: expected)
    }

    /// The error for a token that was read already.
    @inline(never)
    func unexpected(_ token: Token, expected: String) -> SyntaxError {
        lexer.failure("Expected \(expected), found \(describe(token)).", at: Int(token.start))
    }

    /// The error for a limit.
    @inline(never)
    func exceeded(_ code: SyntaxError.Code, _ message: String, at offset: UInt32) -> SyntaxError {
        SyntaxError(code: code, message, at: SourceLocation(offset: Int(offset), in: lexer.bytes))
    }

    /// A token as messages show it: its kind, and its text when that says more.
    func describe(_ token: Token) -> String {
        switch token.kind {
        case .name, .int, .float, .string, .blockString: "\(token.kind.text) \"\(excerpt(token.text))\""
        default: token.kind.text
        }
    }

    /// The beginning of a text of the source, short enough for a message.
    func excerpt(_ text: Name) -> String {
        let all = String(decoding: lexer.bytes[text.range.prefix(256)], as: UTF8.self)
        return all.count > 60 ? all.prefix(60) + "…" : all
    }
}
