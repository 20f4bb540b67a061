// Reading ZIP archives that strangers send: every number in them is a claim, checked before memory is spent.

import CLibZip
import Glibc

/// An opened archive.
///
/// Use it from one thread at a time; it reads from the disk, so call it from the blocking pool.
public final class ZIPReader {
    /// What an archive may cost.
    public struct Limits: Sendable {
        /// How many entries it may have.
        public var maximumEntries: Int
        /// How many bytes all entries together may inflate to.
        public var maximumInflatedBytes: Int
        /// How many times its compressed size an entry may inflate to.
        public var maximumRatio: Int
        /// Up to which inflated size the ratio does not matter: small texts of one letter are harmless.
        public var ratioFloorBytes: Int

        /// Makes limits; the defaults are 5,000 entries, 512 MiB, 100:1 above 1 MiB.
        public init(
            maximumEntries: Int = 5_000,
            maximumInflatedBytes: Int = 512 << 20,
            maximumRatio: Int = 100,
            ratioFloorBytes: Int = 1 << 20
        ) {
            self.maximumEntries = maximumEntries
            self.maximumInflatedBytes = maximumInflatedBytes
            self.maximumRatio = maximumRatio
            self.ratioFloorBytes = ratioFloorBytes
        }
    }

    /// One file or folder in the archive.
    public struct Entry: Sendable, Hashable {
        /// The name, with `/` between folders and at the end of a folder.
        public let name: String
        /// The number of bytes it inflates to.
        public let size: Int
        /// The number of bytes it takes in the archive.
        public let compressedSize: Int
        /// Its place in the archive, from 0.
        public let index: Int
        /// Whether it stands for a folder.
        public var isDirectory: Bool { name.hasSuffix("/") }
    }

    /// All entries in the archive's order.
    public let entries: [Entry]

    private let handle: ArchiveHandle
    private let positions: [String: Int]

    /// Opens a file and checks its list of entries against the limits.
    ///
    /// Throws `cannotOpen`, `unsafeName`, `duplicateName`, `encrypted` and the limits' errors.
    public convenience init(path: String, limits: Limits = Limits()) throws {
        try self.init(handle: ArchiveHandle(path: path, flags: ZIP_RDONLY), limits: limits)
    }

    /// Opens an archive in memory, which is copied, and checks its list of entries against the limits.
    public convenience init(bytes: [UInt8], limits: Limits = Limits()) throws {
        // Nothing at all would count as an archive without entries.
        guard !bytes.isEmpty else { throw ArchiveError(.cannotOpen, "The archive is empty.") }
        // libzip frees the copy itself, with free(), because of the 1.
        guard let copy = malloc(bytes.count) else { throw ArchiveError(.cannotOpen, "Out of memory.") }
        bytes.withUnsafeBytes { if let start = $0.baseAddress { memcpy(copy, start, $0.count) } }
        guard let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, nil) else {
            free(copy)
            throw ArchiveError(.cannotOpen, "Out of memory.")
        }
        try self.init(handle: ArchiveHandle(source: source, flags: ZIP_RDONLY), limits: limits)
    }

    private init(handle: ArchiveHandle, limits: Limits) throws {
        self.handle = handle
        entries = try handle.withArchive { try Self.list($0, limits) }
        var positions: [String: Int] = [:]
        for entry in entries where positions.updateValue(entry.index, forKey: entry.name) != nil {
            throw ArchiveError(.duplicateName, "Two entries are called \(entry.name.debugDescription).")
        }
        self.positions = positions
    }

    /// The entry of that name, if there is one.
    public func entry(_ name: String) -> Entry? { positions[name].map { entries[$0] } }

    /// Returns the inflated bytes of the entry of that name; throws `noSuchEntry` and `damaged`.
    public func read(_ name: String) throws -> [UInt8] {
        guard let entry = entry(name) else {
            throw ArchiveError(.noSuchEntry, "There is no entry \(name.debugDescription).")
        }
        return try read(entry)
    }

    /// Returns the inflated bytes of an entry, never more than its stated size; throws `damaged`.
    public func read(_ entry: Entry) throws -> [UInt8] {
        let damaged = ArchiveError(.damaged, "The entry \(entry.name.debugDescription) is damaged.")
        return try handle.withArchive { archive in
            guard let file = zip_fopen_index(archive, zip_uint64_t(entry.index), 0) else { throw damaged }
            defer { zip_fclose(file) }
            var failed = false
            let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, count in
                while count < entry.size && !failed {
                    let target = buffer.baseAddress.map { $0 + count }
                    let read = zip_fread(
                        file, target.map(UnsafeMutableRawPointer.init), zip_uint64_t(entry.size - count))
                    if read > 0 { count += Int(read) } else { failed = true }
                }
            }
            // The last read, past the end, is what makes libzip compare the checksum.
            var beyond: UInt8 = 0
            guard !failed, zip_fread(file, &beyond, 1) == 0 else { throw damaged }
            return bytes
        }
    }

    /// How many bytes of an entry are in memory at once when it is written to a file.
    public static let pieceBytes = 1 << 18

    /// Writes the inflated bytes of the entry of that name to a new file, piece by piece, never more than its stated size.
    ///
    /// Throws `noSuchEntry`, `damaged`, `cannotWrite`, also if there is such a file, and what `checkCancellation` throws,
    /// which is called between pieces. When it throws, there is no file.
    public func extract(_ name: String, to path: String, checkCancellation: () throws -> Void = {}) throws {
        guard let entry = entry(name) else {
            throw ArchiveError(.noSuchEntry, "There is no entry \(name.debugDescription).")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.cannotWrite() }
        do {
            defer { close(descriptor) }
            try copy(entry, to: descriptor, checkCancellation)
        } catch {
            unlink(path)
            throw error
        }
    }

    private func copy(_ entry: Entry, to descriptor: Int32, _ checkCancellation: () throws -> Void) throws {
        let damaged = ArchiveError(.damaged, "The entry \(entry.name.debugDescription) is damaged.")
        try handle.withArchive { archive in
            guard let file = zip_fopen_index(archive, zip_uint64_t(entry.index), 0) else { throw damaged }
            defer { zip_fclose(file) }
            var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
            var total = 0
            while true {
                try checkCancellation()
                // At the end, the read of nothing is what makes libzip compare the checksum.
                let count = Int(zip_fread(file, &piece, zip_uint64_t(piece.count)))
                guard count >= 0, count <= entry.size - total else { throw damaged }
                if count == 0 { break }
                total += count
                try piece.withUnsafeBytes { try Self.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), descriptor) }
            }
            guard total == entry.size else { throw damaged }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32) throws {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw cannotWrite() }
            done += count
        }
    }

    private static func cannotWrite() -> ArchiveError {
        ArchiveError(.cannotWrite, "A file cannot be written: errno \(errno).")
    }

    private static func list(_ archive: OpaquePointer, _ limits: Limits) throws -> [Entry] {
        let count = Int(zip_get_num_entries(archive, 0))
        guard count <= limits.maximumEntries else {
            throw ArchiveError(.tooManyEntries, "The archive has \(count) entries.")
        }
        var total = 0
        return try (0..<max(count, 0)).map { index in
            let entry = try describe(archive, index)
            guard entry.size <= limits.maximumInflatedBytes - total else {
                throw ArchiveError(.tooLarge, "The archive inflates to over \(limits.maximumInflatedBytes) bytes.")
            }
            total += entry.size
            guard
                entry.size <= limits.ratioFloorBytes || entry.size / limits.maximumRatio < max(entry.compressedSize, 1)
            else {
                throw ArchiveError(
                    .suspiciousRatio,
                    "The entry \(entry.name.debugDescription) inflates to over \(limits.maximumRatio) times its size.")
            }
            return entry
        }
    }

    private static func describe(_ archive: OpaquePointer, _ index: Int) throws -> Entry {
        var stat = zip_stat_t()
        let needed = zip_uint64_t(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME)
        guard zip_stat_index(archive, zip_uint64_t(index), 0, &stat) == 0, stat.valid & needed == needed,
            let name = stat.name, let size = Int(exactly: stat.size), let compressed = Int(exactly: stat.comp_size)
        else { throw ArchiveError(.damaged, "Entry \(index) has no name or size.") }
        let text = String(cString: name)
        try EntryName.check(text)
        if stat.valid & zip_uint64_t(ZIP_STAT_ENCRYPTION_METHOD) != 0, stat.encryption_method != ZIP_EM_NONE {
            throw ArchiveError(.encrypted, "The entry \(text.debugDescription) is encrypted.")
        }
        return Entry(name: text, size: size, compressedSize: compressed, index: index)
    }
}
