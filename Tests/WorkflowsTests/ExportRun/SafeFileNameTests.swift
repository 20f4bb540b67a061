import Testing

@testable import Workflows

@Suite("SafeFileName")
struct SafeFileNameTests {
    @Test(
        "names keep their letters and lose what some system refuses",
        arguments: [
            ("東京 <昼>", "東京 _昼_"), ("a/b\\c:d", "a_b_c_d"), ("..", "x"), (" . ", "x"), ("", "x"), ("終わり...", "終わり"),
            ("con", "_con"), ("Com1.draft", "_Com1.draft"), ("console", "console"), ("a\u{202E}gnp.exe", "agnp.exe"),
            ("a\nb\u{0}c", "a_b_c"), ("か\u{3099}", "か\u{3099}"), (".hidden", ".hidden"), ("a. ", "a"),
        ])
    func names(name: String, safe: String) {
        #expect(SafeFileName.make(name, fallback: "x") == safe)
    }

    @Test("long names are cut, and no system's limit of 255 bytes is met")
    func length() {
        let safe = SafeFileName.make(String(repeating: "監", count: 300), fallback: "x")
        #expect(safe.unicodeScalars.count == 80 && safe.utf8.count < 255)
    }
}
