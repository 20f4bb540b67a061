import Glibc

/// What `postmaster.pid` in a cluster says: the lock file of a running Postgres, or the remains of one.
struct PostmasterFile: Equatable {
    /// The process that wrote it.
    let processID: pid_t
    /// "starting", "ready", "stopping", "standby"; nil before Postgres has got that far.
    let status: String?

    /// Lines: process, data directory, start time, port, socket directory, address, shared memory, status.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let process = pid_t(first.filter { $0 != " " }), process > 1 else { return nil }
        processID = process
        let word = lines.count > 7 ? lines[7].prefix { $0 != " " } : ""
        status = word.isEmpty ? nil : String(word)
    }

    static func read(cluster: String) -> PostmasterFile? {
        FileSystem.read("\(cluster)/postmaster.pid").flatMap { PostmasterFile($0) }
    }

    /// Whether that process is a server of this cluster: a server works in its data directory.
    ///
    /// Process ids are used again, above all in containers, so that the id alone says nothing.
    func isServer(of cluster: String) -> Bool {
        guard kill(processID, 0) == 0 || errno == EPERM else { return false }
        var link = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/\(processID)/cwd", &link, link.count - 1)
        guard length > 0 else { return false }
        let directory = String(decoding: link[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var resolved = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard realpath(cluster, &resolved) != nil else { return false }
        return directory == String(decoding: resolved.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
