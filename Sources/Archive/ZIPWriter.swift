// Writing ZIP archives, the same bytes for the same contents: timestamps are fixed, the order is that of adding.

import CLibZip

/// Collects the entries of an archive that is being written.
///
/// A writer lives only inside the closure of `write(to:_:)` or `bytes(_:)`, on the thread that called them. The
/// contents are read when the closure has returned, one entry after the other.
public final class ZIPWriter {
    /// How an entry's bytes are kept.
    public enum Compression: Sendable {
        /// As they are: for what is compressed already, such as PNG and JPEG.
        case stored
        /// Deflated.
        case deflate
    }

    private let handle: ArchiveHandle
    private var sourceError: (any Error)?

    private init(handle: ArchiveHandle) {
        self.handle = handle
    }

    /// Writes an archive to a file, replacing it; if anything throws, the file is as it was.
    ///
    /// Blocks on the disk: call it from the blocking pool. Throws `ArchiveError`, and what an entry's `load` throws.
    /// `isCancelled` is asked while bytes are written; the writing ends with `CancellationError` when it says so.
    public static func write(
        to path: String, isCancelled: () -> Bool = { false }, _ build: (ZIPWriter) throws -> Void
    ) throws {
        let writer = ZIPWriter(handle: try ArchiveHandle(path: path, flags: ZIP_CREATE | ZIP_TRUNCATE))
        try build(writer)
        try withoutActuallyEscaping(isCancelled) { isCancelled in
            let question = CancelQuestion(isCancelled)
            try withExtendedLifetime(question) {
                writer.handle.withArchive { archive in
                    _ = zip_register_cancel_callback_with_state(
                        archive,
                        { _, context in
                            context.map { Unmanaged<CancelQuestion>.fromOpaque($0).takeUnretainedValue().ask() } ?? 0
                        }, nil, Unmanaged.passUnretained(question).toOpaque())
                }
                do { try writer.commit() } catch { throw isCancelled() ? CancellationError() : error }
            }
        }
    }

    /// Returns an archive made in memory.
    ///
    /// Throws `ArchiveError`, and what an entry's `load` throws.
    public static func bytes(_ build: (ZIPWriter) throws -> Void) throws -> [UInt8] {
        guard let buffer = zip_source_buffer_create(nil, 0, 0, nil) else {
            throw ArchiveError(.cannotWrite, "Out of memory.")
        }
        // The second reference is ours: the archive gives up its own when it is committed or discarded.
        zip_source_keep(buffer)
        defer { zip_source_free(buffer) }
        let writer = ZIPWriter(handle: try ArchiveHandle(source: buffer, flags: ZIP_CREATE | ZIP_TRUNCATE))
        try build(writer)
        try writer.commit()
        return try contents(of: buffer)
    }

    /// Adds an entry whose bytes are at hand.
    public func add(_ name: String, _ bytes: [UInt8], compression: Compression = .deflate) throws {
        try add(name, compression: compression) { bytes }
    }

    /// Adds an entry whose bytes are asked for when it is written, after all entries before it.
    ///
    /// `load` is called once; the bytes are dropped when the entry is written. An error of it ends the writing and is
    /// thrown by `write` or `bytes`. Throws `unsafeName` and `duplicateName`.
    public func add(
        _ name: String, compression: Compression = .deflate, load: @escaping () throws -> [UInt8]
    ) throws {
        try EntryName.check(name)
        let source = EntrySource(load: load) { [unowned self] error in
            if sourceError == nil { sourceError = error }
        }
        try insert(name, try source.makeSource(), compression)
    }

    /// Adds a file of the disk as an entry; it is read when the entry is written.
    public func add(_ name: String, file path: String, compression: Compression = .deflate) throws {
        try EntryName.check(name)
        // A length of 0 means the whole file to libzip.
        guard let source = zip_source_file_create(path, 0, 0, nil) else {
            throw ArchiveError(.cannotWrite, "Out of memory.")
        }
        try insert(name, source, compression)
    }

    private func insert(_ name: String, _ source: OpaquePointer, _ compression: Compression) throws {
        try handle.withArchive { archive in
            let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(source)
                let isDuplicate = zip_error_code_zip(zip_get_error(archive)) == ZIP_ER_EXISTS
                throw ArchiveError(isDuplicate ? .duplicateName : .cannotWrite, String(cString: zip_strerror(archive)))
            }
            let entry = zip_uint64_t(index)
            let method = compression == .stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE
            // The earliest moment that a ZIP can express, 1980-01-01 00:00: bits 5 to 8 are the month, 0 to 4 the day.
            guard zip_set_file_compression(archive, entry, method, 0) == 0,
                zip_file_set_dostime(archive, entry, 0, 1 << 5 | 1, 0) == 0
            else { throw ArchiveError(.cannotWrite, String(cString: zip_strerror(archive))) }
        }
    }

    private func commit() throws {
        do {
            try handle.commit()
        } catch {
            throw sourceError ?? error
        }
    }

    private static func contents(of source: OpaquePointer) throws -> [UInt8] {
        var stat = zip_stat_t()
        zip_stat_init(&stat)
        guard zip_source_stat(source, &stat) == 0, zip_source_open(source) == 0 else {
            throw ArchiveError(.cannotWrite, "The archive in memory cannot be read back.")
        }
        defer { zip_source_close(source) }
        let length = Int(stat.size)
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let read = zip_source_read(source, buffer.baseAddress.map { $0 + count }, zip_uint64_t(length - count))
                guard read > 0 else { break }
                count += Int(read)
            }
        }
        guard bytes.count == length else {
            throw ArchiveError(.cannotWrite, "The archive in memory cannot be read back.")
        }
        return bytes
    }
}

/// Whether somebody wants the writing to end, for libzip, which keeps a pointer to it until the archive is closed.
private final class CancelQuestion {
    private let isCancelled: () -> Bool

    init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

    func ask() -> Int32 { isCancelled() ? 1 : 0 }
}
