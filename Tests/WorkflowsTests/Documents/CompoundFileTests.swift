import Clients
import Foundation
import Testing

@testable import Workflows

@Suite("CompoundFile")
struct CompoundFileTests {
    /// A compound file whose list is in sectors of 512 bytes, with a table of one sector.
    static func file(_ names: [String], change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
        func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        let lists = max(1, (names.count + 3) / 4)
        var header = CompoundFile.magicNumber + [UInt8](repeating: 0, count: 504)
        header[30] = 9
        header.replaceSubrange(44..<48, with: long(1))
        // The list begins in the second sector, and no further sectors belong to the table.
        header.replaceSubrange(48..<52, with: long(1))
        header.replaceSubrange(68..<72, with: long(0xFFFF_FFFE))
        for place in 0..<109 { header.replaceSubrange((76 + place * 4)..<(80 + place * 4), with: long(0xFFFF_FFFF)) }
        header.replaceSubrange(76..<80, with: long(0))
        var table = long(0xFFFF_FFFD)
        for sector in 1...lists { table += long(sector == lists ? 0xFFFF_FFFE : sector + 1) }
        table += [UInt8](repeating: 255, count: 512 - table.count)
        var list: [UInt8] = []
        for name in names {
            var entry = name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            let length = UInt8(entry.count + 2)
            entry += [UInt8](repeating: 0, count: 128 - entry.count)
            (entry[64], entry[66]) = (length, 2)
            list += entry
        }
        list += [UInt8](repeating: 0, count: lists * 512 - list.count)
        var bytes = header + table + list
        change(&bytes)
        return bytes
    }

    private func names(_ bytes: [UInt8]) throws -> Swift.Set<String>? {
        let path = FileManager.default.temporaryDirectory.appending(path: "compound-\(UUID().uuidString)").path()
        try Data(bytes).write(to: URL(filePath: path))
        defer { unlink(path) }
        return try CompoundFile(try FileBytes(path: path))?.names()
    }

    @Test("the list has the names of all its sectors")
    func list() throws {
        let all = ["Root Entry", "WordDocument", "1Table", "\u{5}SummaryInformation", "ObjectPool", "画像"]
        #expect(try names(Self.file(all)) == Swift.Set(all))
        #expect(try names(Self.file([])) == [])
    }

    @Test("what is none, is cut or turns in circles has no list, and nothing breaks")
    func damaged() throws {
        let good = Self.file(["Root Entry", "WordDocument", "a", "b", "c"])
        for count in stride(from: 0, to: good.count, by: 37) { #expect(try names(Array(good.prefix(count))) == nil) }
        let circles: [(inout [UInt8]) -> Void] = [
            // A list whose sector follows itself, and a table that does.
            { $0.replaceSubrange(516..<520, with: [1, 0, 0, 0]) }, { $0.replaceSubrange(68..<72, with: [1, 0, 0, 0]) },
            // Sectors far away, a table without any, sizes that none has.
            { $0.replaceSubrange(48..<52, with: [255, 255, 255, 127]) },
            { $0.replaceSubrange(76..<80, with: [255, 255, 255, 255]) }, { $0[30] = 63 }, { $0[0] = 0 },
        ]
        for (index, change) in circles.enumerated() {
            var change = change
            if index == 1 {
                // Its last number says which sector follows.
                change = { bytes in
                    bytes.replaceSubrange(68..<72, with: [1, 0, 0, 0])
                    bytes.replaceSubrange(1532..<1536, with: [1, 0, 0, 0])
                }
            }
            #expect(try names(Self.file(["Root Entry", "a", "b", "c", "d"], change: change)) == nil, "\(index)")
        }
    }

    @Test("the names tell what a file is; macros and passwords are refused")
    func kinds() throws {
        for (kind, names, code) in [
            (OldOfficeKind.word, ["WordDocument"], nil), (.excel, ["Workbook"], nil), (.excel, ["Book"], nil),
            (.powerPoint, ["PowerPoint Document"], nil), (.word, ["Workbook"], "UPLOAD_TYPE"),
            (.excel, ["WordDocument"], "UPLOAD_TYPE"), (.word, ["EncryptedPackage"], "UPLOAD_UNREADABLE"),
            (.word, ["WordDocument", "Macros"], "UPLOAD_TYPE"),
            (.excel, ["Workbook", "_VBA_PROJECT_CUR"], "UPLOAD_TYPE"),
            (.powerPoint, ["PowerPoint Document", "_VBA_PROJECT"], "UPLOAD_TYPE"),
        ] as [(OldOfficeKind, [String], String?)] {
            let path = FileManager.default.temporaryDirectory.appending(path: "old-\(UUID().uuidString)").path()
            try Data(Self.file(["Root Entry"] + names)).write(to: URL(filePath: path))
            defer { unlink(path) }
            var found: String?
            do {
                let inspection = try DocumentInspector().inspect(old: path, kind)
                #expect(inspection.mediaType == kind.mediaType)
            } catch let error as WorkflowError {
                found = error.problems.first?.code.name
            }
            #expect(found == code, "\(kind) \(names)")
        }
    }
}
