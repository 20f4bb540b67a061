import Clients
import Testing

@Suite("ObjectKey")
struct ObjectKeyTests {
    @Test("Plain segments make a key", arguments: ["a", "a/b/c", "projects/4F-2_x/original.png", "0", "a..b", "a."])
    func valid(text: String) throws { #expect(try ObjectKey(text).text == text) }

    @Test(
        "What could leave the store, hide a file or need escaping is no key",
        arguments: [
            "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", ".hidden", "a/.b", "a b", "a\0b", "a\\b",
            "é",
            "a%2e", "a,b", "a?b", "a\n", "~a",
        ])
    func invalid(text: String) {
        #expect { try ObjectKey(text) } throws: { ($0 as? ObjectStoreError)?.code == .invalidKey }
    }

    @Test("240 bytes are a key and 241 are none")
    func length() throws {
        _ = try ObjectKey(String(repeating: "k", count: 240))
        #expect(throws: ObjectStoreError.self) { try ObjectKey(String(repeating: "k", count: 241)) }
    }
}
