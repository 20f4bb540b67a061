import Glibc

/// The Postgres programs on this machine, and the user they run as.
struct PostgresInstallation: Sendable {
    /// Where `initdb` and `pg_ctl` lie.
    let directory: String
    /// The major version: 15, 16 and so on.
    let majorVersion: Int
    /// Set when this process is root, which Postgres refuses to run as.
    let user: SystemUser?

    /// A user of the system.
    struct SystemUser: Sendable {
        let name: String
        let id: uid_t
        let group: gid_t
    }

    /// The newest version, or the one asked for.
    ///
    /// Debian keeps each in a directory of its own.
    static func find(
        majorVersion wanted: Int? = nil, root: String = "/usr/lib/postgresql", runAs user: String
    ) throws -> PostgresInstallation {
        let versions = entries(of: root).compactMap { Int($0) }
            .filter { access("\(root)/\($0)/bin/pg_ctl", X_OK) == 0 && access("\(root)/\($0)/bin/initdb", X_OK) == 0 }
        guard let newest = versions.max() else {
            throw DatabaseError(
                .embeddedServerUnavailable,
                "no Postgres under \(root): install it (apt-get install postgresql) or set DATABASE_URL")
        }
        if let wanted, !versions.contains(wanted) {
            throw DatabaseError(
                .embeddedServerUnavailable,
                "the data was made by Postgres \(wanted), but only \(newest) is installed: install postgresql-\(wanted)"
            )
        }
        let version = wanted ?? newest
        return PostgresInstallation(
            directory: "\(root)/\(version)/bin", majorVersion: version, user: try systemUser(user))
    }

    /// The command line that runs a program of Postgres as the right user.
    func command(_ program: String, _ arguments: [String]) -> [String] {
        asUser(["\(directory)/\(program)"] + arguments)
    }

    /// The command line that runs any program as the right user.
    func asUser(_ command: [String]) -> [String] {
        guard let user else { return command }
        return ["/usr/bin/setpriv", "--reuid=\(user.id)", "--regid=\(user.group)", "--init-groups", "--"] + command
    }

    private static func systemUser(_ name: String) throws -> SystemUser? {
        guard geteuid() == 0 else { return nil }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        let status = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            buffer.baseAddress.map { getpwnam_r(name, &entry, $0, buffer.count, &found) } ?? ENOMEM
        }
        guard status == 0, found != nil else {
            throw DatabaseError(
                .embeddedServerUnavailable,
                "Postgres does not run as root, and there is no user \"\(name)\" to run it as")
        }
        return SystemUser(name: name, id: entry.pw_uid, group: entry.pw_gid)
    }

    private static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names
    }
}
