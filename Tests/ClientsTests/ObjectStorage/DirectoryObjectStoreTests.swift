import Foundation
import TestSupport
import Testing

@testable import Clients

@Suite("DirectoryObjectStore")
struct DirectoryObjectStoreTests {
    private func withStore(_ body: (DirectoryObjectStore, String) async throws -> Void) async throws {
        let root = NSTemporaryDirectory() + "/store-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }  // a leftover folder harms nobody
        try await body(DirectoryObjectStore(root: root), root)
    }

    @Test("It does what every object store must do")
    func suite() async throws {
        try await withStore { store, _ in try await ObjectStoreSuite(store).run() }
    }

    @Test("Nothing incomplete stays behind, neither after success nor after failure")
    func incoming() async throws {
        try await withStore { store, root in
            try await store.put(.bytes([1, 2, 3]), at: ObjectKey("a/b"))
            _ = try? await store.put(.file("/nonexistent"), at: ObjectKey("a/c"))  // the failure is the point
            #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/incoming").isEmpty)
        }
    }

    @Test("A second store on the same folder sees the same objects")
    func shared() async throws {
        try await withStore { store, root in
            try await store.put(.bytes([9]), at: ObjectKey("x"))
            #expect(try await DirectoryObjectStore(root: root).get(ObjectKey("x")) == [9])
        }
    }

    @Test("A local path holds the object's bytes")
    func localPath() async throws {
        try await withStore { store, _ in
            let key = try ObjectKey("a/b.png")
            try await store.put(.bytes([4, 5]), at: key)
            let path = try #require(store.localPath(of: key))
            #expect(FileManager.default.contents(atPath: path) == Foundation.Data([4, 5]))
        }
    }

    @Test("At start, old incomplete files go and young ones stay")
    func tidying() async throws {
        try await withStore { store, root in
            for (name, age) in [("old", 90_000.0), ("young", 60)] {
                let path = "\(store.incoming)/\(name)"
                try Foundation.Data([1]).write(to: URL(fileURLWithPath: path))
                try FileManager.default.setAttributes(
                    [.modificationDate: Foundation.Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
            }
            _ = try DirectoryObjectStore(root: root)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.incoming) == ["young"])
        }
    }

    @Test("A place that cannot hold a store is told as such")
    func unusable() async throws {
        #expect { try DirectoryObjectStore(root: "/dev/full/store") } throws: {
            ($0 as? ObjectStoreError)?.code == .failed
        }
        try await withStore { store, _ in
            try await store.put(.bytes([1, 2, 3]), at: ObjectKey("a"))
            await #expect { try await store.download(ObjectKey("a"), to: "/nonexistent/folder/file") } throws: {
                ($0 as? ObjectStoreError)?.code == .notFound
            }
        }
    }

    @Test(
        "A full disk and a used-up quota are told apart from other failures",
        arguments: [
            (ENOSPC, ObjectStoreError.Code.storageFull), (EDQUOT, .storageFull), (EFBIG, .storageFull),
            (ENOENT, .notFound), (EACCES, .accessDenied), (EROFS, .accessDenied), (EIO, .failed),
        ])
    func errorNumbers(number: Int32, code: ObjectStoreError.Code) {
        #expect(FileOperation.meaning(of: number) == code)
    }
}
