public import Clients
import Foundation
import Testing

// What every object store must do, in examples. Run once per implementation.

/// The conformance suite of `ObjectStore`.
public struct ObjectStoreSuite: Sendable {
    private let store: any ObjectStore
    private let prefix: String

    /// Takes a store; the suite works below a prefix of its own and removes what it made.
    public init(_ store: any ObjectStore) {
        self.store = store
        prefix = "suite-\(UUID().uuidString.lowercased())"
    }

    /// Runs every check.
    public func run() async throws {
        try await keepsBytes()
        try await keepsFiles()
        try await movesFiles()
        try await readsRanges()
        try await replacesWhole()
        try await knowsWhatIsMissing()
        try await deletesOnce()
        try await listsInOrder()
        try await keepsKeysApart()
        for info in try await store.list(prefix: prefix, after: nil, limit: 1_000) { try await store.delete(info.key) }
        #expect(try await store.list(prefix: prefix, after: nil, limit: 1_000).isEmpty)
    }

    private func key(_ name: String) throws -> ObjectKey { try ObjectKey("\(prefix)/\(name)") }

    private func keepsBytes() async throws {
        for content in [[], [0], [UInt8](0...255), [UInt8](repeating: 7, count: 3_000_001)] as [[UInt8]] {
            try await store.put(.bytes(content), at: key("bytes"))
            #expect(try await store.get(key("bytes")) == content)
            #expect(try await store.size(of: key("bytes")) == content.count)
        }
    }

    private func keepsFiles() async throws {
        try await withFile(Array("a file".utf8)) { path in
            try await store.put(.file(path), at: key("file"))
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(try await store.get(key("file")) == Array("a file".utf8))
            let copy = path + ".copy"
            try await store.download(key("file"), to: copy)
            #expect(FileManager.default.contents(atPath: copy) == Foundation.Data("a file".utf8))
            try FileManager.default.removeItem(atPath: copy)
        }
        await expect(.notFound) { try await store.put(.file("/nonexistent/file"), at: key("nothing")) }
        #expect(try await store.size(of: key("nothing")) == nil)
    }

    private func movesFiles() async throws {
        try await withFile(Array("moved".utf8)) { path in
            try await store.put(.movedFile(path), at: key("moved"))
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try await store.get(key("moved")) == Array("moved".utf8))
        }
    }

    private func readsRanges() async throws {
        try await store.put(.bytes(Array("0123456789".utf8)), at: key("range"))
        for (range, text) in [(0..<10, "0123456789"), (0..<1, "0"), (9..<10, "9"), (3..<6, "345"), (4..<4, "")] {
            #expect(try await store.get(key("range"), range: range) == Array(text.utf8))
        }
        await expect(.invalidRange) { try await store.get(key("range"), range: 0..<11) }
        await expect(.invalidRange) { try await store.get(key("range"), range: 11..<12) }
        await expect(.notFound) { try await store.get(key("no-range"), range: 0..<1) }
    }

    private func replacesWhole() async throws {
        let contents = (0..<8).map { [UInt8](repeating: UInt8($0), count: 200_000 + $0) }
        let target = try key("replaced")
        try await store.put(.bytes(contents[0]), at: target)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for content in contents { group.addTask { try await store.put(.bytes(content), at: target) } }
            for _ in 0..<16 {
                group.addTask {
                    let seen = try await store.get(target)
                    #expect(contents.contains(seen), "a reader saw a mix of \(seen.count) bytes")
                }
            }
            try await group.waitForAll()
        }
        #expect(contents.contains(try await store.get(target)))
    }

    private func knowsWhatIsMissing() async throws {
        #expect(try await store.size(of: key("missing")) == nil)
        await expect(.notFound) { try await store.get(key("missing")) }
        await expect(.notFound) { try await store.download(key("missing"), to: NSTemporaryDirectory() + prefix) }
        #expect(!FileManager.default.fileExists(atPath: NSTemporaryDirectory() + prefix))
    }

    private func deletesOnce() async throws {
        try await store.put(.bytes([1]), at: key("deleted"))
        try await store.delete(key("deleted"))
        try await store.delete(key("deleted"))
        #expect(try await store.size(of: key("deleted")) == nil)
        await expect(.notFound) { try await store.get(key("deleted")) }
    }

    private func listsInOrder() async throws {
        for name in ["list/b", "list/a/2", "list/a/1", "list/c", "lists"] {
            try await store.put(.bytes([1, 2]), at: key(name))
        }
        func names(_ part: String, after: String? = nil, limit: Int = 100) async throws -> [String] {
            try await store.list(prefix: "\(prefix)/\(part)", after: after.map { try key($0) }, limit: limit).map {
                #expect($0.size == 2)
                return String($0.key.text.dropFirst(prefix.count + 1))
            }
        }
        #expect(try await names("list/") == ["list/a/1", "list/a/2", "list/b", "list/c"])
        #expect(try await names("list/a/") == ["list/a/1", "list/a/2"])
        #expect(try await names("list/", limit: 2) == ["list/a/1", "list/a/2"])
        #expect(try await names("list/", after: "list/a/2", limit: 1) == ["list/b"])
        #expect(try await names("list/", after: "list/c").isEmpty)
        #expect(try await names("unknown").isEmpty)
    }

    /// A key may be the beginning of another, and letters of both cases differ.
    private func keepsKeysApart() async throws {
        for (index, name) in ["k", "k/k", "k/k/k", "K", "k-k", "k.k"].enumerated() {
            try await store.put(.bytes([UInt8(index)]), at: key(name))
        }
        for (index, name) in ["k", "k/k", "k/k/k", "K", "k-k", "k.k"].enumerated() {
            #expect(try await store.get(key(name)) == [UInt8(index)])
        }
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "/" + UUID().uuidString
        try Foundation.Data(bytes).write(to: URL(fileURLWithPath: path))
        // A moved file is gone already; a leftover one harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    private func expect<Value>(_ code: ObjectStoreError.Code, _ body: () async throws -> Value) async {
        do {
            _ = try await body()
            Issue.record("expected \(code), nothing was thrown")
        } catch {
            #expect((error as? ObjectStoreError)?.code == code)
        }
    }
}
