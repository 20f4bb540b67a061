import Archive
import Glibc
import Testing

/// A path under the temporary folder that no other test uses.
func temporaryPath(_ name: String) -> String {
    "/tmp/aimage-archive-\(getpid())-\(UInt64.random(in: 0 ... .max))-\(name)"
}

@Suite("ZIPWriter")
struct ZIPWriterTests {
    private struct Refused: Error, Equatable { let number: Int }

    @Test("what was written is read back, deflated or stored, in memory and in a file")
    func roundTrip() throws {
        let text = Array(String(repeating: "日本語のテキスト\n", count: 5_000).utf8)
        let noise = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        func build(_ zip: ZIPWriter) throws {
            try zip.add("[Content_Types].xml", text)
            try zip.add("ppt/media/絵1.png", noise, compression: .stored)
            try zip.add("empty", [])
            try zip.add("lazy.txt") { Array("lazy".utf8) }
        }
        let path = temporaryPath("round.zip")
        defer { unlink(path) }
        try ZIPWriter.write(to: path, build)
        let inMemory = try ZIPWriter.bytes(build)
        for reader in [try ZIPReader(path: path), try ZIPReader(bytes: inMemory)] {
            #expect(reader.entries.map(\.name) == ["[Content_Types].xml", "ppt/media/絵1.png", "empty", "lazy.txt"])
            #expect(try reader.read("[Content_Types].xml") == text)
            #expect(try reader.read("ppt/media/絵1.png") == noise)
            #expect(try reader.read("empty") == [])
            #expect(try reader.read("lazy.txt") == Array("lazy".utf8))
            #expect(try #require(reader.entry("[Content_Types].xml")).compressedSize < text.count / 10)
            #expect(reader.entry("ppt/media/絵1.png")?.compressedSize == noise.count)
            #expect(reader.entry("absent") == nil)
        }
    }

    @Test("an archive with more entries than a plain one can count is read back whole")
    func manyEntries() throws {
        let path = temporaryPath("many.zip")
        defer { unlink(path) }
        let count = 66_000
        try ZIPWriter.write(to: path) { zip in
            for number in 0..<count { try zip.add("絵/\(number)", [UInt8(number % 251)], compression: .stored) }
        }
        let reader = try ZIPReader(path: path, limits: .init(maximumEntries: count))
        #expect(reader.entries.count == count)
        #expect(try reader.read("絵/65999") == [UInt8(65_999 % 251)])
    }

    @Test("writing ends when somebody wants it to, and leaves no file")
    func cancelled() throws {
        let source = temporaryPath("source")
        let path = temporaryPath("cancelled.zip")
        defer { unlink(source) }
        #expect(creat(source, 0o600) >= 0 && truncate(source, 64 << 20) == 0)
        var asked = 0
        #expect(throws: CancellationError.self) {
            try ZIPWriter.write(
                to: path,
                isCancelled: {
                    asked += 1
                    return asked > 3
                }
            ) { try $0.add("big", file: source, compression: .stored) }
        }
        #expect(access(path, F_OK) != 0)
        try ZIPWriter.write(to: path, isCancelled: { false }) { try $0.add("big", file: source) }
        #expect(try ZIPReader(path: path, limits: .init(maximumRatio: 5_000)).entries.map(\.size) == [64 << 20])
        unlink(path)
    }

    @Test("the same contents make the same bytes")
    func deterministic() throws {
        func make() throws -> [UInt8] {
            try ZIPWriter.bytes { zip in
                try zip.add("a", Array("one".utf8))
                try zip.add("b", compression: .stored) { Array("two".utf8) }
            }
        }
        let first = try make()
        #expect(try make() == first)
        // The local header of the first entry: the date field says 1980-01-01 and the time field midnight.
        #expect(Array(first[10..<14]) == [0, 0, 0x21, 0])
    }

    @Test("entries state their sizes before their data and need no ZIP64")
    func plainHeaders() throws {
        let bytes = try ZIPWriter.bytes { zip in
            try zip.add("stored", compression: .stored) { [UInt8](repeating: 7, count: 1_000) }
        }
        #expect(Array(bytes[0..<4]) == [0x50, 0x4B, 3, 4])
        #expect(bytes[4] == 10 || bytes[4] == 20, "the version needed is 1.0 or 2.0, not 4.5")
        #expect(bytes[6] & 8 == 0, "no data descriptor")
        #expect(Int(bytes[22]) | Int(bytes[23]) << 8 == 1_000)
    }

    @Test("each lazy entry is loaded once, in order, and only after the list is complete")
    func laziness() throws {
        var log: [String] = []
        _ = try ZIPWriter.bytes { zip in
            for number in 0..<3 {
                try zip.add("e\(number)") {
                    log.append("load \(number)")
                    return [UInt8](repeating: 1, count: 10)
                }
            }
            log.append("listed")
        }
        #expect(log == ["listed", "load 0", "load 1", "load 2"])
    }

    @Test("a file of the disk becomes an entry")
    func diskFile() throws {
        let source = temporaryPath("source.bin")
        let content = [UInt8](repeating: 42, count: 300_000)
        let file = try #require(fopen(source, "w"))
        fwrite(content, 1, content.count, file)
        fclose(file)
        defer { unlink(source) }
        let bytes = try ZIPWriter.bytes { try $0.add("file", file: source) }
        #expect(try ZIPReader(bytes: bytes).read("file") == content)
        #expect(throws: ArchiveError.self) { try ZIPWriter.bytes { try $0.add("file", file: source + "-absent") } }
    }

    @Test("an error of a lazy entry is the error of the writing, and the old file stays")
    func failingEntry() throws {
        let path = temporaryPath("kept.zip")
        defer { unlink(path) }
        try ZIPWriter.write(to: path) { try $0.add("old", [1]) }
        #expect(throws: Refused(number: 2)) {
            try ZIPWriter.write(to: path) { zip in
                try zip.add("one") { [1] }
                try zip.add("two") { throw Refused(number: 2) }
                try zip.add("three") { throw Refused(number: 3) }
            }
        }
        #expect(throws: Refused(number: 9)) {
            try ZIPWriter.write(to: path) { zip in
                try zip.add("one", [1])
                throw Refused(number: 9)
            }
        }
        #expect(try ZIPReader(path: path).entries.map(\.name) == ["old"])
    }

    @Test("every source is released, whether the archive is written, fails or is dropped")
    func release() throws {
        final class Witness {}
        weak var witness: Witness?
        func build(failing: Bool, throwing: Bool) throws {
            let kept = Witness()
            witness = kept
            _ = try ZIPWriter.bytes { zip in
                try zip.add("a") {
                    _ = kept
                    if failing { throw Refused(number: 0) }
                    return [1]
                }
                if throwing { throw Refused(number: 1) }
            }
        }
        try build(failing: false, throwing: false)
        #expect(witness == nil)
        #expect(throws: Refused(number: 0)) { try build(failing: true, throwing: false) }
        #expect(witness == nil)
        #expect(throws: Refused(number: 1)) { try build(failing: false, throwing: true) }
        #expect(witness == nil)
    }

    @Test(
        "refuses names that lead out of a folder",
        arguments: ["", "/etc/passwd", "../a", "a/../../b", "..", "a/..", "C:x", "a\\b", "a\u{0}b", "a\nb"])
    func unsafeNames(name: String) {
        #expect(code { try ZIPWriter.bytes { try $0.add(name, [1]) } } == .unsafeName)
    }

    @Test("allows dots that lead nowhere", arguments: ["...", "a..b/c", "..a", ".hidden", "_rels/.rels"])
    func harmlessNames(name: String) throws {
        #expect(try ZIPReader(bytes: ZIPWriter.bytes { try $0.add(name, [1]) }).read(name) == [1])
    }

    @Test("refuses a name twice")
    func duplicateName() {
        #expect(
            code {
                try ZIPWriter.bytes { zip in
                    try zip.add("a", [1])
                    try zip.add("a", [2])
                }
            } == .duplicateName)
    }

    @Test("a folder that is not there is an error")
    func missingFolder() {
        #expect(throws: ArchiveError.self) {
            try ZIPWriter.write(to: "/nonexistent-folder/x.zip") { try $0.add("a", [1]) }
        }
    }
}

/// The code of the archive error that `body` throws, nil if it throws none.
func code(_ body: () throws -> some Any) -> ArchiveError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? ArchiveError)?.code
    }
}
