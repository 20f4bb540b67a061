import Glibc

/// The file of a unix-domain socket: made, taken over, and told apart from another's.
enum UnixSocketFile {
    /// Which file stands at a path; nil when there is none.
    struct Identity: Hashable {
        let device: UInt
        let file: UInt
    }

    /// Listens at a path.
    ///
    /// A file that a dead process left is replaced, one that somebody listens at is not, unless the configuration
    /// shares its port: then it changes hands in one step, and no client finds nobody.
    static func listen(_ path: String, _ configuration: HTTPServerConfiguration) throws -> Int32 {
        if !configuration.sharesPort { try removeStale(path, configuration) }
        let socket = try ListeningSocket.make(AF_UNIX, configuration)
        let temporary = "\(path).\(getpid())"
        do {
            unlink(temporary)
            try withAddress(of: temporary) { address, length in
                guard bind(socket, address, length) == 0 else { throw ListeningSocket.failure("bind", configuration) }
            }
            // Nobody can connect before `listen`, and nobody finds it before it has its name.
            guard chmod(temporary, mode_t(configuration.unixSocketMode)) == 0,
                Glibc.listen(socket, configuration.backlog) == 0, rename(temporary, path) == 0
            else {
                unlink(temporary)
                throw ListeningSocket.failure("listen", configuration)
            }
        } catch {
            close(socket)
            throw error
        }
        return socket
    }

    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Identity(device: UInt(status.st_dev), file: UInt(status.st_ino))
    }

    /// Removes a socket that nobody listens at any more; refuses what is no socket, or alive.
    private static func removeStale(_ path: String, _ configuration: HTTPServerConfiguration) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw HTTPServerError(.cannotListen, "\(path) is there and is no socket")
        }
        let probe = try ListeningSocket.make(AF_UNIX, configuration)
        defer { close(probe) }
        let isAlive = try withAddress(of: path) { connect(probe, $0, $1) == 0 || errno == EAGAIN }
        guard !isAlive else { throw HTTPServerError(.cannotListen, "somebody listens at \(path)") }
        unlink(path)
    }

    private static func withAddress<T>(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> T
    ) throws -> T {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw HTTPServerError(.addressInvalid, "\(path) is too long for a socket (107 bytes)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
