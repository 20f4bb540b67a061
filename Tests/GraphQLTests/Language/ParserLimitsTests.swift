// Each limit at its value and one above.

import Testing

@testable import GraphQL

@Suite("Parser limits")
struct ParserLimitsTests {
    private func code(_ text: String, _ limits: ParserLimits) -> SyntaxError.Code? {
        do throws(SyntaxError) {
            _ = try Document(parsing: text, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Bytes")
    func boundsBytes() {
        #expect(code("{ a }", ParserLimits(maximumBytes: 5)) == nil)
        #expect(code("{ a } ", ParserLimits(maximumBytes: 5)) == .tooLarge)
        #expect(
            syntaxError("{ a } ", limits: ParserLimits(maximumBytes: 5))
                == "1:1 Document has 6 bytes, at most 5 are allowed.")
    }

    @Test("Tokens, without comments and the end")
    func boundsTokens() {
        #expect(code("{ a } # b c d", ParserLimits(maximumTokens: 3)) == nil)
        #expect(code("{ a b }", ParserLimits(maximumTokens: 3)) == .tooManyTokens)
        #expect(
            syntaxError("{ a b }", limits: ParserLimits(maximumTokens: 3))
                == "1:7 Document has more than 3 tokens.")
    }

    @Test("Depth of selection sets and literals together")
    func boundsDepth() {
        let limits = ParserLimits(maximumDepth: 3)
        #expect(code("{ a { b { c } } }", limits) == nil)
        #expect(code("{ a { b { c { d } } } }", limits) == .tooDeep)
        #expect(code("{ a(b: [[1]]) }", limits) == nil)
        #expect(code("{ a(b: [[{c: 1}]]) }", limits) == .tooDeep)
        #expect(code("{ a(b: [[1]]) c(d: [{e: 1}]) }", limits) == nil)
        #expect(syntaxError("{ a { b { c {", limits: limits) == "1:13 Document is nested deeper than 3 levels.")
    }

    @Test("Aliases in the whole document")
    func boundsAliases() {
        let limits = ParserLimits(maximumAliases: 2)
        #expect(code("{ a: b c: d e }", limits) == nil)
        #expect(code("{ a: b } fragment F on T { c: d e: f }", limits) == .tooManyAliases)
        #expect(syntaxError("{ a: b c: d e: f }", limits: limits) == "1:13 Document has more than 2 aliases.")
    }

    @Test("Directives in one place")
    func boundsDirectives() {
        let limits = ParserLimits(maximumDirectivesPerLocation: 2)
        #expect(code("{ a @x @y b @x @y }", limits) == nil)
        #expect(code("query @x @y @z { a }", limits) == .tooManyDirectives)
        #expect(syntaxError("{ a @x @y @z }", limits: limits) == "1:11 More than 2 directives in one place.")
    }

    @Test("Fragment spreads in the whole document")
    func boundsSpreads() {
        let limits = ParserLimits(maximumFragmentSpreads: 2)
        #expect(code("{ ...A ...B ... on T { x } }", limits) == nil)
        #expect(code("{ ...A ...B ...C }", limits) == .tooManyFragmentSpreads)
        #expect(
            syntaxError("{ ...A ...B ...C }", limits: limits)
                == "1:13 Document has more than 2 fragment spreads.")
    }

    @Test(
        "The standard limits hold at their documented values",
        arguments: [
            (64, SyntaxError.Code?.none), (65, .tooDeep), (100_000, .tooLarge),
        ])
    func refusesDeepDocuments(_ depth: Int, _ expected: SyntaxError.Code?) {
        let text = String(repeating: "{ a ", count: depth) + String(repeating: "}", count: depth)
        #expect(code(text, .standard) == expected)
    }

    @Test("Nesting without an end cannot overflow the stack, even with the limits of trusted documents")
    func boundsRecursionOfTrustedDocuments() {
        let many = 100_000
        for text in ["{ a(b: " + String(repeating: "[", count: many), String(repeating: "{ a ", count: many)] {
            #expect(code(text, .trusted) == .tooDeep)
        }
        #expect(code("{ a(b: " + String(repeating: "{ c: ", count: many), .trusted) == .tooDeep)
        #expect(code("query ($a: " + String(repeating: "[", count: many), .trusted) == .tooDeep)
    }

    @Test(
        "What lies behind a limit is neither read nor kept",
        arguments: [
            ("{ ", "a ", ParserLimits(maximumTokens: 10)),
            ("{ ", "a { ", ParserLimits(maximumDepth: 10)),
            ("{ a(b: ", "[", ParserLimits(maximumDepth: 10)),
            ("{ ", "a: b ", ParserLimits(maximumAliases: 10)),
            ("{ a ", "@x ", ParserLimits(maximumDirectivesPerLocation: 10)),
            ("{ ", "...A ", ParserLimits(maximumFragmentSpreads: 10)),
        ])
    func stopsAtLimits(_ start: String, _ piece: String, _ limits: ParserLimits) throws {
        var limits = limits
        limits.maximumBytes = .max
        let text = Array((start + String(repeating: piece, count: 100_000)).utf8)
        try text.withUnsafeBufferPointer { bytes throws in
            var parser = try Parser(bytes, limits: limits)
            #expect(throws: SyntaxError.self) { try parser.parseDocument() }
            #expect(Int(parser.token.end) <= start.utf8.count + 12 * piece.utf8.count)
            let nodes = parser.nodes
            let kept = parser.openSelections.count + parser.openValues.count + nodes.selections.count
            #expect(kept + nodes.directives.count + nodes.values.count <= 11)
            #expect(parser.openSelections.capacity + nodes.selections.capacity + nodes.directives.capacity <= 512)
        }
    }

    @Test("Codes are stable texts")
    func hasStableCodes() {
        let codes: [SyntaxError.Code] = [
            .syntax, .tooLarge, .tooManyTokens, .tooDeep, .tooManyAliases, .tooManyDirectives, .tooManyFragmentSpreads,
        ]
        #expect(
            codes.map(\.description) == [
                "GRAPHQL_PARSE_FAILED", "DOCUMENT_TOO_LARGE", "DOCUMENT_TOO_MANY_TOKENS", "DOCUMENT_TOO_DEEP",
                "DOCUMENT_TOO_MANY_ALIASES", "DOCUMENT_TOO_MANY_DIRECTIVES", "DOCUMENT_TOO_MANY_FRAGMENT_SPREADS",
            ])
        #expect(code("{", .standard) == .syntax)
    }
}
