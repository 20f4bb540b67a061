import Hashing

#if canImport(Glibc)
    import Glibc
#endif

// The system calls under DirectoryObjectStore, each with its errors told in the store's words.

/// File system operations; all of them wait for the disk.
enum FileOperation {
    private static let chunk = 1 << 20

    /// A name that no other writer has.
    static func uniqueName() -> String { Hex.encode(RandomBytes.generate(count: 16)) }

    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("creating a folder", path) }
    }

    /// Writes a new file and waits until it is on the disk.
    static func write(_ bytes: [UInt8], to path: String) throws {
        try withDescriptor(path, O_WRONLY | O_CREAT | O_EXCL) { descriptor in
            try bytes.withUnsafeBytes { try writeAll($0, to: descriptor, path) }
            try synchronise(descriptor, path)
        }
    }

    /// Copies a file to a new one and waits until it is on the disk.
    static func copy(_ source: String, to path: String) throws {
        try withDescriptor(source, O_RDONLY) { input in
            try withDescriptor(path, O_WRONLY | O_CREAT | O_EXCL) { output in
                var buffer = [UInt8](repeating: 0, count: chunk)
                while true {
                    let count = Glibc.read(input, &buffer, buffer.count)
                    if count < 0 && errno == EINTR { continue }
                    guard count >= 0 else { throw failure("reading", source) }
                    if count == 0 { break }
                    try buffer.withUnsafeBytes { try writeAll(.init(rebasing: $0[..<count]), to: output, path) }
                }
                try synchronise(output, path)
            }
        }
    }

    /// Moves a file: by name when both are on one file system, else by copying.
    static func take(_ source: String, to path: String) throws {
        try withDescriptor(source, O_RDONLY) { try synchronise($0, source) }
        if Glibc.rename(source, path) == 0 { return }
        guard errno == EXDEV else { throw failure("moving", source) }
        try copy(source, to: path)
        unlink(source)
    }

    /// Gives a complete file its name, replacing what had it, and waits until the name is on the disk.
    static func rename(_ source: String, to path: String) throws {
        guard Glibc.rename(source, path) == 0 else { throw failure("naming", path) }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try withDescriptor(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY) { try synchronise($0, folder) }
    }

    /// Reads a file or a part of it.
    static func read(_ path: String, range: Range<Int>?) throws -> [UInt8] {
        try withDescriptor(path, O_RDONLY) { descriptor in
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw failure("measuring", path) }
            let size = Int(status.st_size)
            let range = range ?? 0..<size
            guard range.lowerBound >= 0, range.upperBound <= size else {
                throw ObjectStoreError(.invalidRange, "bytes \(range) of \(size)")
            }
            return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
                while filled < range.count {
                    let rest = UnsafeMutableRawBufferPointer(buffer).baseAddress.map { $0 + filled }
                    let count = pread(descriptor, rest, range.count - filled, off_t(range.lowerBound + filled))
                    if count < 0 && errno == EINTR { continue }
                    guard count > 0 else { throw failure("reading", path) }
                    filled += count
                }
            }
        }
    }

    /// The size of a regular file; nil when there is none.
    static func size(_ path: String) throws -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure("measuring", path)
        }
        return Int(status.st_size)
    }

    static func remove(_ path: String) throws {
        if unlink(path) != 0, errno != ENOENT { throw failure("deleting", path) }
    }

    /// The names in a folder, without those that begin with a dot.
    static func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else { throw failure("listing", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Removes files that nobody has written for so long; what cannot be removed now is tried at the next start.
    static func removeOldFiles(in folder: String, olderThanSeconds age: Int) {
        // An unreadable folder fails loudly at the first `put`; here there is only tidying to lose.
        for name in (try? names(in: folder)) ?? [] {
            var status = stat()
            let path = "\(folder)/\(name)"
            if stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > age { unlink(path) }
        }
    }

    private static func withDescriptor<Value>(
        _ path: String, _ flags: Int32, _ body: (Int32) throws -> Value
    ) throws -> Value {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("opening", path) }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, min(rest.count, chunk))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("writing", path) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    private static func synchronise(_ descriptor: Int32, _ path: String) throws {
        guard fsync(descriptor) == 0 else { throw failure("flushing", path) }
    }

    private static func failure(_ what: String, _ path: String) -> ObjectStoreError {
        let number = errno
        return ObjectStoreError(meaning(of: number), "\(what) \(path): \(String(cString: strerror(number)))")
    }

    /// What a system error number means for the store.
    static func meaning(of number: Int32) -> ObjectStoreError.Code {
        switch number {
        case ENOENT: .notFound
        case ENOSPC, EDQUOT, EFBIG: .storageFull
        case EACCES, EPERM, EROFS: .accessDenied
        default: .failed
        }
    }
}
