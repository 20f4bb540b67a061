public import EventLoop

#if canImport(Glibc)
    import Glibc
#endif

// Objects as files of one directory: the default that needs no account.
//
//   <root>/objects/<two hex digits of a hash>/<key, with "," for "/">      the objects, spread over 256 folders
//   <root>/incoming/<name>                                                 files being written; renamed when complete

/// An object store in a directory of this machine.
///
/// Several processes may share the directory. Files that a killed process left in `incoming` are removed after a day,
/// at start.
public struct DirectoryObjectStore: ObjectStore {
    private let root: String
    private let pool: BlockingPool

    /// Opens the store and creates its folders when they are missing.
    ///
    /// Touches the disk: call it at start, off the loop.
    ///
    /// - Throws: `ObjectStoreError` with `accessDenied`, `storageFull` or `failed`.
    public init(root: String, pool: BlockingPool = .shared) throws {
        self.root = root
        self.pool = pool
        for folder in [root, "\(root)/objects", incoming] { try FileOperation.makeFolder(folder) }
        for part in 0..<256 { try FileOperation.makeFolder("\(root)/objects/\(Self.twoDigits(UInt8(part)))") }
        FileOperation.removeOldFiles(in: incoming, olderThanSeconds: 86_400)
    }

    /// The folder for files on their way in: on the same file system, so that `movedFile` is a rename.
    public var incoming: String { "\(root)/incoming" }

    /// Writes into `incoming`, waits for the disk, and renames.
    public func put(_ content: ObjectContent, at key: ObjectKey) async throws {
        let path = path(of: key)
        let temporary = "\(incoming)/\(FileOperation.uniqueName())"
        try await pool.run("storing an object") {
            do {
                switch content {
                case .bytes(let bytes): try FileOperation.write(bytes, to: temporary)
                case .file(let source): try FileOperation.copy(source, to: temporary)
                case .movedFile(let source): try FileOperation.take(source, to: temporary)
                }
                try FileOperation.rename(temporary, to: path)
            } catch {
                unlink(temporary)
                throw error
            }
        }
    }

    /// Reads the whole file.
    public func get(_ key: ObjectKey) async throws -> [UInt8] {
        let path = path(of: key)
        return try await pool.run("reading an object") { try FileOperation.read(path, range: nil) }
    }

    /// Reads a part of the file.
    public func get(_ key: ObjectKey, range: Range<Int>) async throws -> [UInt8] {
        let path = path(of: key)
        return try await pool.run("reading a part of an object") { try FileOperation.read(path, range: range) }
    }

    /// Copies beside the target, then renames.
    public func download(_ key: ObjectKey, to target: String) async throws {
        let path = path(of: key)
        try await pool.run("copying an object") {
            let temporary = "\(target).\(FileOperation.uniqueName())"
            do {
                try FileOperation.copy(path, to: temporary)
                try FileOperation.rename(temporary, to: target)
            } catch {
                unlink(temporary)
                throw error
            }
        }
    }

    /// Asks for the file's size.
    public func size(of key: ObjectKey) async throws -> Int? {
        let path = path(of: key)
        return try await pool.run("measuring an object") { try FileOperation.size(path) }
    }

    /// Removes the file.
    public func delete(_ key: ObjectKey) async throws {
        let path = path(of: key)
        try await pool.run("deleting an object") { try FileOperation.remove(path) }
    }

    /// Looks at all 256 folders: for housekeeping, not for requests.
    public func list(prefix: String, after: ObjectKey?, limit: Int) async throws -> [ObjectInfo] {
        let folders = (0..<256).map { "\(root)/objects/\(Self.twoDigits(UInt8($0)))" }
        return try await pool.run("listing objects") {
            var found: [(key: ObjectKey, path: String)] = []
            for folder in folders {
                for name in try FileOperation.names(in: folder) {
                    let text = name.map { $0 == "," ? "/" : String($0) }.joined()
                    // A name that is no key was not put there by us; it is none of our objects.
                    guard text.hasPrefix(prefix), let key = try? ObjectKey(text) else { continue }
                    if let after, key <= after { continue }
                    found.append((key, "\(folder)/\(name)"))
                }
            }
            // One that is deleted meanwhile has no size and is left out.
            return try found.sorted { $0.key < $1.key }.prefix(max(0, limit)).compactMap { entry in
                try FileOperation.size(entry.path).map { ObjectInfo(key: entry.key, size: $0) }
            }
        }
    }

    /// The object's own file.
    public func localPath(of key: ObjectKey) -> String? { path(of: key) }

    private func path(of key: ObjectKey) -> String {
        let name = key.text.map { $0 == "/" ? "," : String($0) }.joined()
        return "\(root)/objects/\(Self.twoDigits(Self.folder(of: key)))/\(name)"
    }

    /// Spreads keys evenly by FNV-1a, folded to a byte; no protection is needed here.
    private static func folder(of key: ObjectKey) -> UInt8 {
        let hash = key.text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return UInt8(truncatingIfNeeded: hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24)
    }

    private static func twoDigits(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
