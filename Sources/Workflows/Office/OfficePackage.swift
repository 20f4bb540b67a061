import Archive
import XML

/// Why an Office file that somebody sent could not be read.
struct OfficeError: Error, Hashable {
    /// What is wrong with it.
    enum Kind: Hashable {
        /// It is no such file, or damaged, or has parts that no reader takes.
        case corrupt
        /// It is larger than what is read.
        case tooLarge
    }

    let kind: Kind
    /// What is wrong, for people, in English.
    let message: String
}

/// The parts of an Office file and how they refer to each other (ECMA-376, Part 2).
///
/// Not sendable; computes and may read the disk: make and use it on the blocking pool.
struct OfficePackage {
    /// A reference from one part to another.
    struct Relationship {
        let id: String
        /// The last word of the type's URI, which the strict and the transitional variant share: `worksheet`.
        let type: String
        /// The name of the part that it leads to.
        let part: String
    }

    /// What a file may inflate to, pictures and all.
    private static let limits = ZIPReader.Limits(maximumInflatedBytes: 512 << 20)
    /// The largest part that is read; the texts of a script of 100,000 lines have some ten megabytes.
    private static let maximumPartBytes = 128 << 20

    private let archive: ZIPReader

    /// Opens a file of this machine.
    init(path: String) throws {
        archive = try Self.reading { try ZIPReader(path: path, limits: Self.limits) }
    }

    /// Opens a file in memory.
    init(bytes: [UInt8]) throws {
        archive = try Self.reading { try ZIPReader(bytes: bytes, limits: Self.limits) }
    }

    /// All entries, in the file's order.
    var entries: [ZIPReader.Entry] { archive.entries }

    /// The number of bytes of a part; nil if there is no such part.
    func byteCount(of part: String) -> Int? { archive.entry(part)?.size }

    /// The bytes of a part.
    func bytes(of part: String) throws -> [UInt8] {
        guard byteCount(of: part) ?? 0 <= Self.maximumPartBytes else {
            throw OfficeError(kind: .tooLarge, message: "A part of the file is too large.")
        }
        return try Self.reading { try archive.read(part) }
    }

    /// Writes the bytes of a part to a new file, piece by piece; there is none when it throws.
    ///
    /// Throws `ArchiveError` when the disk is at fault.
    func extract(_ part: String, to path: String, checkCancellation: () throws -> Void) throws {
        try Self.reading { try archive.extract(part, to: path, checkCancellation: checkCancellation) }
    }

    /// The part that the whole file begins with.
    func mainPart() throws -> String {
        guard let main = try relationships(of: "").first(where: { $0.type == "officeDocument" }) else {
            throw OfficeError(kind: .corrupt, message: "The file does not say which part is its document.")
        }
        return main.part
    }

    /// What a part refers to inside the file; nothing if it has no references.
    func relationships(of part: String) throws -> [Relationship] {
        let list = Self.relationshipsName(of: part)
        let folder = part.split(separator: "/").dropLast()
        guard archive.entry(list) != nil else { return [] }
        return try read(list) { reader in
            var found: [Relationship] = []
            while let node = try reader.next() {
                guard case .start(let element) = node, element.name == "Relationship",
                    element["TargetMode"] != "External", let id = element["Id"], let target = element["Target"],
                    let type = element["Type"]?.split(separator: "/").last
                else { continue }
                found.append(Relationship(id: id, type: String(type), part: Self.resolve(target, in: Array(folder))))
            }
            return found
        }
    }

    /// The name of the part that lists what a part refers to.
    static func relationshipsName(of part: String) -> String {
        var folder = part.split(separator: "/")
        let file = folder.popLast() ?? ""
        return (folder + ["_rels", "\(file).rels"]).joined(separator: "/")
    }

    /// Reads a part as XML; faults of the document become `OfficeError`.
    func read<T>(_ part: String, _ body: (XMLReader) throws -> T) throws -> T {
        let bytes = try bytes(of: part)
        return try Self.reading { try body(try XMLReader(bytes)) }
    }

    /// A target as the name of a part: from the folder of the part that refers to it, or from the root.
    private static func resolve(_ target: String, in folder: [Substring]) -> String {
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(step) }
        }
        return path.joined(separator: "/")
    }

    private static func reading<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as ArchiveError where error.code != .cannotWrite {
            let isLimit = [.tooManyEntries, .tooLarge, .suspiciousRatio].contains(error.code)
            throw OfficeError(kind: isLimit ? .tooLarge : .corrupt, message: "The file cannot be read: \(error.code).")
        } catch let error as XMLError {
            throw OfficeError(
                kind: error.code == .tooLarge ? .tooLarge : .corrupt,
                message: "A part of the file cannot be read: \(error.code).")
        }
    }
}
