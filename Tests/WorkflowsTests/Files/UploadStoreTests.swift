import Clients
import Database
import EventLoop
import FoundationEssentials
import Hashing
import Imaging
import Synchronization
import TestSupport
import Testing

@testable import Workflows

@Suite struct UploadStoreTests {
    @Test func bytesThatAreWhatWasAnnouncedMakeAReadyFile() async throws {
        try await withUploads { world, uploads, objects in
            let bytes = try pngBytes(width: 64, height: 48)
            let ticket = try await announce(bytes.count, in: world, uploads)
            #expect(ticket.maximumBytes == bytes.count)
            try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            let rows = try await world.pool.query(
                """
                select state, width, height, sha256, object_key, byte_count
                from assets
                where id = \(ticket.assetID)
                """)
            let row = try #require(rows.first)
            #expect(row.string(0) == "READY")
            #expect((row.int(1), row.int(2), row.int(5)) == (64, 48, bytes.count))
            #expect(row.string(3) == Hex.encode(SHA256.hash(bytes)))
            #expect(try await objects.get(try ObjectKey(row.string(4))) == bytes)
            // What arrived is gone, and nothing arrives any more.
            #expect(try await objects.size(of: try ObjectKey(UploadStore.incomingKey(ticket.assetID))) == nil)
            #expect(await isClosed(ticket, uploads))
            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
        }
    }

    @Test("rule 9: a picture has a small copy on white, never enlarged, that goes when the file goes")
    func smallCopy() async throws {
        try await withUploads { world, uploads, objects in
            for (size, expected) in [(960, 480), (100, 100)] {
                let black = Bitmap(width: size, height: size / 2, color: RGBColor(0, 0, 0))
                let clear = try Picture(black, opacity: [UInt8](repeating: 0, count: size * size / 2))
                let bytes = try clear.pngBytes()
                let ticket = try await announce(bytes.count, in: world, uploads)
                try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
                try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                let text = try await world.text("select thumbnail_key from assets where id = \(ticket.assetID)")
                let key = try ObjectKey(try #require(text))
                let small = try Picture.decode(.bytes(try await objects.get(key)))
                #expect((small.width, small.height) == (expected, expected / 2))
                #expect(try small.bitmap()[3, 3] == RGBColor(255, 255, 255))
                _ = try await world.pool.query("delete from assets where id = \(ticket.assetID)")
                let jobs = try await JobStore(pool: world.pool).claim(
                    kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 9)
                for job in jobs { try await ObjectDeletion(pool: world.pool, objects: objects).run(job) }
                #expect(try await objects.list(prefix: "projects/", after: nil, limit: 10).isEmpty)
            }
        }
    }

    @Test(
        "rule 29: bytes that are not what was announced are refused and deleted for good",
        arguments: [
            ("text", "UPLOAD_TYPE"), ("jpeg", "UPLOAD_TYPE"), ("bitmap", "UPLOAD_TYPE"),
            ("truncated", "UPLOAD_UNREADABLE"), ("longer", "UPLOAD_SIZE"),
        ])
    func otherBytesAreRefusedAndDeletedForGood(_ what: String, expected: String) async throws {
        try await withUploads { world, uploads, objects in
            let png = try pngBytes(width: 256, height: 256)
            let bytes: [UInt8]
            switch what {
            case "text": bytes = Array("<svg onload=alert(1)>".utf8)
            case "jpeg": bytes = try Picture(Bitmap(width: 9, height: 9, color: RGBColor(1, 2, 3))).jpegBytes()
            case "bitmap": bytes = PictureFiles.bmp(width: 8, height: 8, (1, 2, 3))
            case "truncated": bytes = Array(png.prefix(png.count * 2 / 3))
            default: bytes = png + [0]
            }
            let ticket = try await announce(what == "longer" ? png.count : bytes.count, in: world, uploads)
            try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
            for _ in 0..<2 {
                let found = await problems {
                    try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                }
                #expect(found == ["assetId: \(expected)"])
            }
            let state = try await world.text(
                "select state || ' ' || error_code from assets where id = \(ticket.assetID)")
            #expect(state == "FAILED \(expected)")
            #expect(try await objects.list(prefix: "", after: nil, limit: 10).isEmpty)
            #expect(await isClosed(ticket, uploads))
        }
    }

    @Test func aDocumentIsCopiedBeforeItIsLookedAtAndRefusedLikeAPicture() async throws {
        try await withUploads { world, uploads, objects in
            for (bytes, expected) in [
                (pdfBytes(pages: ["One"]), nil), (Array("%PDF-".utf8), "assetId: UPLOAD_UNREADABLE"),
            ] {
                let ticket = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .document, fileName: "plan.pdf",
                    mediaType: "application/pdf", byteCount: bytes.count)
                try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
                let found = await problems {
                    try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                }
                #expect(found.first == expected)
                let row = try #require(
                    try await world.pool.query(
                        "select state, object_key, sha256, width is null from assets where id = \(ticket.assetID)"
                    ).first)
                #expect(row.string(0) == (expected == nil ? "READY" : "FAILED"))
                if let key = row.optionalString(1) {
                    #expect(try await objects.get(try ObjectKey(key)) == bytes)
                    #expect(row.string(2) == Hex.encode(SHA256.hash(bytes)) && row.bool(3))
                }
            }
            // Of the refused one nothing is left, nor of what arrived.
            #expect(try await objects.list(prefix: "", after: nil, limit: 10).count == 1)
        }
    }

    @Test func withoutBytesTheFileStaysOpen() async throws {
        try await withUploads { world, uploads, _ in
            let bytes = try pngBytes()
            let ticket = try await announce(bytes.count, in: world, uploads)
            let found = await problems {
                try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            }
            #expect(found == ["assetId: UPLOAD_MISSING"])
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "PENDING")
            try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "READY")
        }
    }

    @Test func anExpiredTicketTakesNoBytesAndItsFileFails() async throws {
        try await withUploads { world, uploads, _ in
            let bytes = try pngBytes()
            let ticket = try await announce(bytes.count, in: world, uploads)
            _ = try await world.pool.query("update uploads set expires_at = now() - interval '1 second'")
            #expect(await isClosed(ticket, uploads))
            let found = await problems {
                try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            }
            #expect(found == ["assetId: UPLOAD_EXPIRED"])
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "FAILED")
        }
    }

    @Test("rule 29: a form is told what is wrong before any byte is sent")
    func theFormToldWhatIsWrongBeforeAnyByteIsSent() async throws {
        try await withUploads { world, uploads, _ in
            let found = await problems {
                _ = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .subtaskContent,
                    fileName: "../a.exe", mediaType: "application/x-msdownload", byteCount: 10_000_001)
            }
            #expect(found == ["fileName: INVALID", "mediaType: UPLOAD_TYPE", "byteCount: UPLOAD_SIZE"])
            let empty = await problems {
                _ = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a.png",
                    mediaType: "image/png", byteCount: 0)
            }
            #expect(empty == ["byteCount: UPLOAD_SIZE"])
        }
    }

    @Test func twoCallsAtOnceCheckAFileOnce() async throws {
        try await withUploads { world, uploads, _ in
            let bytes = try pngBytes()
            let ticket = try await announce(bytes.count, in: world, uploads)
            try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
            let found = await withTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        await problems {
                            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(found == [])
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "READY")
        }
    }

    @Test("a check goes on when its caller has no more patience, and the next call waits for its result")
    func patience() async throws {
        try await withUploads { world, _, objects in
            let gate = Gate()
            let slow = UploadStore(pool: world.pool, objects: GatedStore(inner: objects, gate: gate))
            let bytes = pdfBytes(pages: ["One"])
            let ticket = try await slow.create(
                viewer: world.member, projectID: world.projectID, purpose: .document, fileName: "plan.pdf",
                mediaType: "application/pdf", byteCount: bytes.count)
            try await objects.put(.bytes(bytes), at: try ObjectKey(UploadStore.incomingKey(ticket.assetID)))
            for _ in 0..<2 {
                let found = await problems {
                    try await slow.complete(viewer: world.member, assetID: ticket.assetID, patience: .milliseconds(5))
                }
                #expect(found == ["assetId: CONFLICT"])
            }
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "PROCESSING")
            let waiting = world.pool.loop.spawn {
                let found = await problems { try await slow.complete(viewer: world.member, assetID: ticket.assetID) }
                #expect(found == [])
            }
            gate.open()
            await waiting.value
            #expect(try await world.text("select state from assets where id = \(ticket.assetID)") == "READY")
            // The bytes were stored once: the second call did not begin anew.
            #expect(try await objects.list(prefix: "projects/", after: nil, limit: 9).count == 1)
            #expect(gate.passed == 1)
        }
    }

    @Test("a check that gives signs of life is not taken over, and one that died is, with what it had stored")
    func signsOfLife() async throws {
        try await withUploads { world, uploads, objects in
            let gate = Gate()
            var slow = UploadStore(pool: world.pool, objects: GatedStore(inner: objects, gate: gate))
            slow.checkHeartbeat = .milliseconds(2)
            let bytes = pdfBytes(pages: ["One"])
            let ticket = try await slow.create(
                viewer: world.member, projectID: world.projectID, purpose: .document, fileName: "plan.pdf",
                mediaType: "application/pdf", byteCount: bytes.count)
            try await objects.put(.bytes(bytes), at: try ObjectKey(UploadStore.incomingKey(ticket.assetID)))
            _ = await problems {
                try await slow.complete(viewer: world.member, assetID: ticket.assetID, patience: .milliseconds(1))
            }
            let long: SQL = "update uploads set check_started_at = now() - interval '2 minutes'"
            _ = try await world.pool.query(long)
            while try await world.count(
                "select count(*) from uploads where check_started_at > now() - interval '1 minute'") == 0
            { try await world.pool.loop.sleep(for: .milliseconds(1)) }
            // Another token stands for a process that died: its check is made anew, what it stored goes.
            let dead = UUID()
            let left = UploadStore.checkedKey(of: ticket.assetID, projectID: world.projectID, checkedBy: dead)
            try await objects.put(.bytes([1]), at: try ObjectKey(left))
            _ = try await world.pool.query(
                "update uploads set check_token = \(dead), check_started_at = now() - interval '2 minutes'")
            try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
            let jobs = try await JobStore(pool: world.pool).claim(
                kinds: [.objectDeletion], worker: "test/1", lease: .seconds(60), limit: 9)
            for job in jobs { try await ObjectDeletion(pool: world.pool, objects: objects).run(job) }
            #expect(try await objects.size(of: try ObjectKey(left)) == nil)
            gate.open()
            let key = try await world.text(
                "select object_key from assets where id = \(ticket.assetID) and state = 'READY'")
            #expect(try await objects.get(try ObjectKey(try #require(key))) == bytes)
        }
    }

    @Test("the bytes of a file stay whose row may name them: the answer to the commit was lost")
    func lostAnswer() async throws {
        let cutter = try CommitCutter(before: try await workflowDatabase(), after: "set state = 'READY'")
        defer { cutter.stop() }
        try await withPool(cutter.configuration) { pool in
            try await withObjects { objects in
                let world = try await World.make(pool)
                let uploads = UploadStore(pool: pool, objects: objects)
                let bytes = pdfBytes(pages: ["One"])
                let ticket = try await uploads.create(
                    viewer: world.member, projectID: world.projectID, purpose: .document, fileName: "plan.pdf",
                    mediaType: "application/pdf", byteCount: bytes.count)
                try await uploads.receive(.bytes(bytes), uploadID: ticket.uploadID)
                await #expect(throws: DatabaseError.self) {
                    try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                }
                #expect(cutter.cuts == 1)
                try await uploads.complete(viewer: world.member, assetID: ticket.assetID)
                let key = try await world.text(
                    "select object_key from assets where id = \(ticket.assetID) and state = 'READY'")
                #expect(try await objects.get(try ObjectKey(try #require(key))) == bytes)
            }
        }
    }

    @Test func aStrangerNeitherAnnouncesNorCompletes() async throws {
        try await withUploads { world, uploads, _ in
            let bytes = try pngBytes()
            let ticket = try await announce(bytes.count, in: world, uploads)
            #expect(
                await code {
                    _ = try await uploads.create(
                        viewer: world.stranger, projectID: world.projectID, purpose: .subtaskContent,
                        fileName: "a.png", mediaType: "image/png", byteCount: 10)
                } == .notFound)
            #expect(
                await code { try await uploads.complete(viewer: world.stranger, assetID: ticket.assetID) }
                    == .notFound)
        }
    }

    private func withUploads(
        _ body: @escaping @Sendable (World, UploadStore, DirectoryObjectStore) async throws -> Void
    ) async throws {
        try await withTestDatabase { pool in
            try await withObjects { objects in
                try await body(try await World.make(pool), UploadStore(pool: pool, objects: objects), objects)
            }
        }
    }

    /// Whether the ticket takes no bytes any more.
    private func isClosed(_ ticket: UploadStore.Ticket, _ uploads: UploadStore) async -> Bool {
        await code { try await uploads.receive(.bytes([0]), uploadID: ticket.uploadID) } == .notFound
    }

    private func announce(
        _ byteCount: Int, in world: World, _ uploads: UploadStore
    ) async throws -> UploadStore.Ticket {
        try await uploads.create(
            viewer: world.member, projectID: world.projectID, purpose: .subtaskContent, fileName: "a.png",
            mediaType: "image/png", byteCount: byteCount)
    }
}

/// Holds whoever comes by until it is opened.
private final class Gate: Sendable {
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>](), passed: 0))

    /// How many have gone through.
    var passed: Int { state.withLock { $0.passed } }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.passed += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// A store that takes its time with every object: until a gate is opened.
private struct GatedStore: ObjectStore {
    let inner: DirectoryObjectStore
    let gate: Gate

    func put(_ content: ObjectContent, at key: ObjectKey) async throws {
        await gate.pass()
        try await inner.put(content, at: key)
    }
    func get(_ key: ObjectKey) async throws -> [UInt8] { try await inner.get(key) }
    func get(_ key: ObjectKey, range: Range<Int>) async throws -> [UInt8] { try await inner.get(key, range: range) }
    func download(_ key: ObjectKey, to path: String) async throws { try await inner.download(key, to: path) }
    func size(of key: ObjectKey) async throws -> Int? { try await inner.size(of: key) }
    func delete(_ key: ObjectKey) async throws { try await inner.delete(key) }
    func list(prefix: String, after: ObjectKey?, limit: Int) async throws -> [ObjectInfo] {
        try await inner.list(prefix: prefix, after: after, limit: limit)
    }
    func localPath(of key: ObjectKey) -> String? { inner.localPath(of: key) }
}
