import Testing

@Suite("Code scanner")
struct CodeScannerTests {
    @Test(
        "Comments and string contents are taken out, and lines stay where they are",
        arguments: [
            ("a // b", ["a "]),
            ("a /* b\n/* c */ d\n*/ e", ["a ", "", " e"]),
            ("f(\"x // y\") // z", ["f(\"\") "]),
            ("\"a\\\"b\" + c", ["\"\" + c"]),
            ("\"v \\(g(\"w\")) x\" h", ["\"(g(\"\"))\" h"]),
            ("#\"a\"b\"# c", ["#\"\"# c"]),
            ("\"\"\"\n  import X\n  \\(y)\n\"\"\"\nz", ["\"\"\"", "", "(y)", "\"\"\"", "z"]),
            ("\"\" k", ["\"\" k"]),
        ])
    func scans(text: String, expected: [String]) {
        #expect(CodeScanner.codeLines(of: text) == expected)
    }
}
