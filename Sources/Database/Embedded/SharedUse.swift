/// How the processes that use one server agree on who starts and who stops it: the first and the last.
///
/// Everyone shares a lock as long as it uses the server. Beginning and ending happen one after the other, under a
/// second lock, so that "nobody else has it" is a fact for as long as somebody acts on it, and no wait needs a limit.
/// A process that is killed ends its use without stopping the server; the next one finds it running. All methods block.
final class SharedUse: Sendable {
    private let directory: String
    private let users: FileLock

    /// Begins to use the server: `start` is told whether nobody else does, and sees to it that it runs.
    static func begin<Outcome>(
        in directory: String, start: (_ isAlone: Bool) throws -> Outcome
    ) throws -> (use: SharedUse, outcome: Outcome) {
        let change = try lockChanges(in: directory)
        defer { withExtendedLifetime(change) {} }
        let users = try FileLock(path: "\(directory)/users.lock")
        let outcome = try start(users.tryLock())
        try users.share()
        return (SharedUse(directory: directory, users: users), outcome)
    }

    private init(directory: String, users: FileLock) {
        self.directory = directory
        self.users = users
    }

    /// Ends the use, and calls `stop` if nobody else uses the server; who begins meanwhile waits for that.
    ///
    /// Called once.
    func end(stop: () throws -> Void) throws {
        let change = try Self.lockChanges(in: directory)
        defer { withExtendedLifetime(change) {} }
        if try users.tryLock() { try stop() }
    }

    private static func lockChanges(in directory: String) throws -> FileLock {
        let lock = try FileLock(path: "\(directory)/change.lock")
        try lock.lock()
        return lock
    }
}
