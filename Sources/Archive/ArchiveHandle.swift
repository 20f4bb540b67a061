// The one owner of libzip's archive: every `zip_close` and `zip_discard` of the program is in this file.

import CLibZip

/// Owns a `zip_t` and gives it back exactly once, by `commit()` or when the handle dies.
final class ArchiveHandle {
    private var archive: OpaquePointer?

    /// Opens a file; `flags` are libzip's.
    init(path: String, flags: Int32) throws {
        var code: Int32 = 0
        archive = zip_open(path, flags, &code)
        guard archive != nil else {
            var error = zip_error_t()
            zip_error_init_with_code(&error, code)
            defer { zip_error_fini(&error) }
            throw ArchiveError(.cannotOpen, String(cString: zip_error_strerror(&error)))
        }
    }

    /// Opens an archive over a source; on success libzip takes over the caller's reference to it.
    init(source: OpaquePointer, flags: Int32) throws {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        archive = zip_open_from_source(source, flags, &error)
        guard archive != nil else {
            zip_source_free(source)
            throw ArchiveError(.cannotOpen, String(cString: zip_error_strerror(&error)))
        }
    }

    deinit {
        if let archive { zip_discard(archive) }
    }

    /// Lends the archive; the pointer is valid only inside `body`.
    func withArchive<Returned>(_ body: (OpaquePointer) throws -> Returned) rethrows -> Returned {
        guard let archive else { fatalError("ArchiveHandle: the archive was used after it was committed") }
        return try body(archive)
    }

    /// Writes the archive and gives it back; if that fails nothing is written.
    func commit() throws {
        let failure: String? = withArchive { archive in
            zip_close(archive) == 0 ? nil : String(cString: zip_strerror(archive))
        }
        // A failed close leaves the archive ours, and deinit discards it.
        if let failure { throw ArchiveError(.cannotWrite, failure) }
        archive = nil
    }
}
