import GraphQL
import Schema
import Testing

@Suite("URLScalar")
struct URLScalarTests {
    @Test(
        "Absolute URLs are accepted and written unchanged",
        arguments: [
            "https://example.com/a?b=c#d", "HTTP://x", "s3+x-1.2://bucket/key", "mailto:a@b", "https://例え.jp/絵",
        ])
    func accepted(text: String) throws {
        let url = try URLScalar(input: .string(text))
        #expect(url.text == text)
        #expect(response(url) == "\"\(text)\"")
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", ":", "/a/b", "example.com", "//example.com", "https:", "1http://x", "ht tp://x", "https://a b",
            "https://a\nb", "https://a\u{7F}", "https://<x>", "https://a\\b", "https://a\"b",
            "https://" + String(repeating: "a", count: 8192),
        ])
    func refused(text: String) {
        #expect(URLScalar(text) == nil)
        #expect(throws: InputDecodingError.self) { try URLScalar(input: .string(text)) }
    }

    @Test("A URL of the greatest length is accepted")
    func longest() {
        #expect(URLScalar("https://" + String(repeating: "a", count: 8184)) != nil)
    }

    @Test("Numbers are no URLs")
    func numbers() {
        #expect(throws: InputDecodingError.self) { try URLScalar(input: .int(1)) }
    }
}
