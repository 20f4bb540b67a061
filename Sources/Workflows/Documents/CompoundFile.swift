// The list of what is in a compound file (MS-CFB), the container of Office until 2007: enough to tell what it is.

/// A compound file, whose list of storages and streams can be read.
struct CompoundFile {
    /// How such a file begins.
    static let magicNumber: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// The longest chain of sectors that is followed: as a list, some sixty thousand names.
    private static let longestChain = 16_384
    /// Numbers from here on are no sectors.
    private static let noSector = 0xFFFF_FFFA

    private let bytes: FileBytes
    private let header: [UInt8]
    private let sectorBytes: Int

    /// Reads the header; nil for a file that is no compound file.
    init?(_ bytes: FileBytes) throws {
        guard bytes.count >= 512, case let header = try bytes.read(0..<512), header.starts(with: Self.magicNumber),
            case let shift = Int(header[30]) | Int(header[31]) << 8, shift == 9 || shift == 12
        else { return nil }
        self.bytes = bytes
        self.header = header
        sectorBytes = 1 << shift
    }

    /// All names, those inside of embedded documents too; nil if the file is damaged.
    func names() throws -> Swift.Set<String>? {
        guard let table = try tableSectors() else { return nil }
        var found: Swift.Set<String> = []
        var sector = Self.number(header, 48)
        let perSector = sectorBytes / 4
        for _ in 0..<Self.longestChain {
            guard sector < Self.noSector else { return found }
            guard let content = try read(sector), sector / perSector < table.count,
                let followers = try read(table[sector / perSector])
            else { return nil }
            for start in stride(from: 0, to: sectorBytes, by: 128) {
                if let name = Self.name(Array(content[start..<(start + 128)])) { found.insert(name) }
            }
            sector = Self.number(followers, sector % perSector * 4)
        }
        return nil
    }

    /// The sectors of the table that says which sector follows which: 109 in the header, those of larger files in a chain
    /// of their own.
    private func tableSectors() throws -> [Int]? {
        var sectors = (0..<109).map { Self.number(header, 76 + $0 * 4) }
        var sector = Self.number(header, 68)
        let perSector = sectorBytes / 4 - 1
        for _ in 0..<Self.longestChain {
            guard sector < Self.noSector else { return sectors.filter { $0 < Self.noSector } }
            guard let content = try read(sector) else { return nil }
            sectors += (0..<perSector).map { Self.number(content, $0 * 4) }
            sector = Self.number(content, perSector * 4)
        }
        return nil
    }

    /// A sector; nil if it is not there.
    private func read(_ sector: Int) throws -> [UInt8]? {
        let start = (sector + 1) * sectorBytes
        guard start + sectorBytes <= bytes.count else { return nil }
        return try bytes.read(start..<(start + sectorBytes))
    }

    /// The name of an entry of the list; nil for one that is free.
    private static func name(_ entry: [UInt8]) -> String? {
        let length = Int(entry[64]) | Int(entry[65]) << 8
        guard entry[66] != 0, (2...64).contains(length) else { return nil }
        let units = stride(from: 0, to: length - 2, by: 2).map { UInt16(entry[$0]) | UInt16(entry[$0 + 1]) << 8 }
        return String(decoding: units, as: UTF16.self)
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }
}
