import Glibc

/// The few things done to files here, with errors that say what and why.
///
/// Blocking.
enum FileSystem {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The text of a small file; nil if it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Replaces a file in one step, so that a crash leaves the old or the new one.
    static func write(_ text: String, to path: String, owner: PostgresInstallation.SystemUser?) throws {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot write \(draft)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("cannot write \(draft)") }
        if let owner, fchown(descriptor, owner.id, owner.group) != 0 { throw failure("cannot give away \(draft)") }
        guard rename(draft, path) == 0 else { throw failure("cannot rename \(draft)") }
    }

    /// Makes a directory and its parents; those that exist stay as they are.
    static func makeDirectories(_ path: String) throws {
        var position = path.startIndex
        while position < path.endIndex {
            let next = path[path.index(after: position)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<next])
            guard mkdir(part, 0o755) == 0 || errno == EEXIST else { throw failure("cannot make directory \(part)") }
            position = next
        }
    }

    /// Makes a directory for one user alone; if it exists it must be that user's own directory.
    static func makePrivateDirectory(_ path: String, owner: PostgresInstallation.SystemUser?) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("cannot make directory \(path)") }
        if let owner, lchown(path, owner.id, owner.group) != 0 { throw failure("cannot give away \(path)") }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw failure("cannot look at \(path)") }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == owner?.id ?? geteuid() else {
            throw DatabaseError(.embeddedServerFailed, "\(path) is no directory of the user that runs Postgres")
        }
        guard chmod(path, 0o700) == 0 else { throw failure("cannot change the mode of \(path)") }
    }

    static func failure(_ what: String) -> DatabaseError {
        DatabaseError(.embeddedServerFailed, "\(what): \(String(cString: strerror(errno)))")
    }
}
