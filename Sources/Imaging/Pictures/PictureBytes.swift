#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a picture, read where they are needed: a document of layers is much larger than the part that is shown.
struct PictureBytes {
    private enum Storage {
        case memory([UInt8])
        case file(Int32)
    }

    /// How many there are.
    let count: Int
    private let storage: Storage

    init(_ bytes: [UInt8]) {
        count = bytes.count
        storage = .memory(bytes)
    }

    /// Takes an open file, which stays the caller's.
    init(descriptor: Int32) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ImagingError(.unreadableFile, "not a regular file")
        }
        count = Int(status.st_size)
        storage = .file(descriptor)
    }

    /// So many bytes from a place on.
    ///
    /// - Throws: `ImagingError` with `corruptPicture` when there are fewer.
    func read(_ place: Int, _ length: Int) throws -> [UInt8] {
        guard place >= 0, length >= 0, place <= count, length <= count - place else {
            throw ImagingError(.corruptPicture, "\(length) bytes from \(place) on, of \(count)")
        }
        switch storage {
        case .memory(let bytes): return Array(bytes[place..<(place + length)])
        case .file(let descriptor): return try Self.read(descriptor, place, length)
        }
    }

    private static func read(_ descriptor: Int32, _ place: Int, _ length: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        var done = 0
        while done < length {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, length - done, place + done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw ImagingError(.unreadableFile, "cannot read the file, errno \(errno)") }
            done += count
        }
        return bytes
    }

    /// An unsigned number of one to eight bytes, the greatest first.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`, also for one that no place or length can be.
    func bigEndian(_ place: Int, _ length: Int) throws -> Int {
        let value = try read(place, length).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value), number >> 48 == 0 else {
            throw ImagingError(.corruptPicture, "the number \(value) at \(place)")
        }
        return number
    }

    /// An unsigned number of one to four bytes, the smallest first.
    ///
    /// - Throws: `ImagingError` with `corruptPicture`.
    func littleEndian(_ place: Int, _ length: Int) throws -> Int {
        try read(place, length).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
