import Archive
import Foundation
import Testing

@Suite("ZIPReader")
struct ZIPReaderTests {
    private let sample: [UInt8]

    init() throws {
        sample = try ZIPWriter.bytes { zip in
            try zip.add("aaaa.txt", [UInt8](repeating: 0x41, count: 2_000))
            try zip.add("bbbb.bin", Array(0...255), compression: .stored)
        }
    }

    @Test(
        "refuses what is no archive", arguments: [[], [1, 2, 3], Array("PK\u{3}\u{4}".utf8), Array("%PDF-1.7".utf8)])
    func notAnArchive(bytes: [UInt8]) {
        #expect(code { try ZIPReader(bytes: bytes) } == .cannotOpen)
    }

    @Test("refuses a file that is not there")
    func missing() {
        #expect(code { try ZIPReader(path: "/nonexistent.zip") } == .cannotOpen)
    }

    @Test("the limit of entries is exact")
    func entryLimit() throws {
        _ = try ZIPReader(bytes: sample, limits: .init(maximumEntries: 2))
        #expect(code { try ZIPReader(bytes: sample, limits: .init(maximumEntries: 1)) } == .tooManyEntries)
    }

    @Test("the limit of inflated bytes is exact and counts all entries")
    func sizeLimit() throws {
        _ = try ZIPReader(bytes: sample, limits: .init(maximumInflatedBytes: 2_256))
        #expect(code { try ZIPReader(bytes: sample, limits: .init(maximumInflatedBytes: 2_255)) } == .tooLarge)
    }

    @Test("a bomb is refused before it inflates, a small repetitive text is not")
    func ratio() throws {
        let bomb = try ZIPWriter.bytes { try $0.add("zeros") { [UInt8](repeating: 0, count: 8 << 20) } }
        #expect(bomb.count < 20_000)
        #expect(code { try ZIPReader(bytes: bomb) } == .suspiciousRatio)
        let harmless = try ZIPWriter.bytes { try $0.add("zeros", [UInt8](repeating: 0, count: 1 << 20)) }
        #expect(try ZIPReader(bytes: harmless).read("zeros").count == 1 << 20)
    }

    @Test("refuses names that lead out of a folder", arguments: ["../a.txt", "/aaa.txt", "a\\aa.txt", "aa/../.."])
    func unsafeNames(name: String) {
        let bytes = replaced(Array("aaaa.txt".utf8), by: Array(name.utf8))
        #expect(code { try ZIPReader(bytes: bytes) } == .unsafeName)
    }

    @Test("refuses two entries of one name")
    func duplicates() {
        let bytes = replaced(Array("bbbb.bin".utf8), by: Array("aaaa.txt".utf8))
        #expect(code { try ZIPReader(bytes: bytes) } == .duplicateName)
    }

    @Test("refuses encrypted entries")
    func encrypted() throws {
        var bytes = sample
        bytes[try centralHeader() + 8] |= 1
        #expect(code { try ZIPReader(bytes: bytes) } == .encrypted)
    }

    @Test("notices changed data by its checksum")
    func checksum() throws {
        let bytes = replaced([10, 11, 12, 13], by: [10, 11, 99, 13])
        let reader = try ZIPReader(bytes: bytes)
        #expect(code { try reader.read("bbbb.bin") } == .damaged)
        #expect(try reader.read("aaaa.txt").count == 2_000)
    }

    @Test("an entry that inflates to more or less than it states is damaged", arguments: [1_000, 4_000])
    func falseSize(stated: Int) throws {
        var bytes = sample
        let place = try centralHeader() + 24
        bytes[place] = UInt8(stated & 0xFF)
        bytes[place + 1] = UInt8(stated >> 8)
        #expect(throws: ArchiveError.self) {
            let reader = try ZIPReader(bytes: bytes)
            _ = try reader.read("aaaa.txt")
        }
    }

    @Test("any single changed byte is read or refused, never more")
    func mutations() {
        for place in sample.indices {
            for change: UInt8 in [0xFF, 0x01, 0x80] {
                var bytes = sample
                bytes[place] ^= change
                do {
                    let reader = try ZIPReader(bytes: bytes, limits: .init(maximumInflatedBytes: 1 << 20))
                    for entry in reader.entries { #expect(try reader.read(entry).count == entry.size) }
                } catch {
                    #expect(error is ArchiveError)
                }
            }
        }
    }

    @Test("an entry becomes a file of the same bytes, piece by piece, stored or deflated", arguments: [true, false])
    func extract(isDeflated: Bool) throws {
        let bytes = (0..<ZIPReader.pieceBytes * 3 + 7).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) }
        let reader = try ZIPReader(
            bytes: try ZIPWriter.bytes { zip in
                try zip.add("film", bytes, compression: isDeflated ? .deflate : .stored)
                try zip.add("empty", [])
            })
        try withPath { path in
            var asked = 0
            try reader.extract("film", to: path) { asked += 1 }
            #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
            // Four pieces, and one look behind the last.
            #expect(asked == 5)
            // What is there is not written over.
            #expect(code { try reader.extract("film", to: path) } == .cannotWrite)
            #expect(FileManager.default.fileExists(atPath: path))
        }
        try withPath { path in
            try reader.extract("empty", to: path)
            #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
        }
    }

    @Test("an entry that is damaged, stated otherwise, not there, or not waited for leaves no file")
    func extractRefusals() throws {
        struct Stop: Error {}
        let damaged = try ZIPReader(bytes: replaced([10, 11, 12, 13], by: [10, 11, 99, 13]))
        try withPath { path in
            #expect(code { try damaged.extract("bbbb.bin", to: path) } == .damaged)
            #expect(code { try damaged.extract("none", to: path) } == .noSuchEntry)
            #expect(throws: Stop.self) { try damaged.extract("aaaa.txt", to: path) { throw Stop() } }
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(code { try damaged.extract("aaaa.txt", to: path + "/none/x") } == .cannotWrite)
        }
        for stated in [1_000, 4_000] {
            var bytes = sample
            let place = try centralHeader() + 24
            bytes[place] = UInt8(stated & 0xFF)
            bytes[place + 1] = UInt8(stated >> 8)
            try withPath { path in
                #expect(throws: ArchiveError.self) { try ZIPReader(bytes: bytes).extract("aaaa.txt", to: path) }
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    /// Runs a test with the path of a file that is not there yet, and removes it.
    private func withPath(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "zip-\(UUID().uuidString)").path()
        defer {
            // A test that expects no file has made none.
            try? FileManager.default.removeItem(atPath: path)
        }
        try body(path)
    }

    /// The sample with each occurrence of some bytes replaced by as many others.
    private func replaced(_ old: [UInt8], by new: [UInt8]) -> [UInt8] {
        var bytes = sample
        for start in 0...(bytes.count - old.count) where Array(bytes[start..<start + old.count]) == old {
            bytes.replaceSubrange(start..<start + old.count, with: new)
        }
        return bytes
    }

    /// Where the first entry's record in the central directory starts.
    private func centralHeader() throws -> Int {
        try #require((0..<sample.count - 4).first { Array(sample[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] })
    }
}
