public import Database
import EventLoop
import Glibc
import Synchronization

/// Fresh databases on a Postgres that lives as long as the test process.
///
/// The server lies below `/dev/shm` or `/tmp`, made with the first database that is asked for. A small shell waits for
/// the end of this process, however it comes, and then stops the server and removes its files.
public enum TestDatabase {
    /// Where servers of tests live: in memory if there is room, because removing the files from a busy disk took a
    /// quarter of a minute.
    public static let scratchDirectory: String = {
        var memory = statvfs()
        guard statvfs("/dev/shm", &memory) == 0, memory.f_bavail * memory.f_frsize > 4_000_000_000 else {
            return "/tmp"
        }
        return "/dev/shm"
    }()

    /// An empty database of one's own.
    public static func create() async throws -> ConnectionConfiguration {
        try await Server.shared.create(template: nil)
    }

    /// A copy of a template, which `prepare` fills the first time that its name is asked for (migrations, data).
    public static func create(
        template: String, prepare: @escaping @Sendable (ConnectionConfiguration) async throws -> Void
    ) async throws -> ConnectionConfiguration {
        let name = try await Server.shared.template(template, prepare: prepare)
        return try await Server.shared.create(template: name)
    }

    /// Runs a closure with a copy of a template, which is dropped afterwards.
    ///
    /// The databases of all tests together take more memory than machines have.
    public static func with<T: Sendable>(
        template: String, prepare: @escaping @Sendable (ConnectionConfiguration) async throws -> Void,
        _ body: (ConnectionConfiguration) async throws -> T
    ) async throws -> T {
        let configuration = try await create(template: template, prepare: prepare)
        do {
            let value = try await body(configuration)
            await Server.shared.drop(configuration)
            return value
        } catch {
            await Server.shared.drop(configuration)
            throw error
        }
    }

    /// How to connect to the server's own database, for what concerns the whole server.
    public static func administration() async throws -> ConnectionConfiguration {
        try await Server.shared.postgres().connectionConfiguration(database: "postgres")
    }
}

private actor Server {
    static let shared = Server()

    private var starting: Task<EmbeddedPostgres, any Error>?
    private var loop: Loop?
    private var templates: [String: Task<String, any Error>] = [:]
    private var lastNumber = 0
    private var cloning: Task<Void, Never>?

    func postgres() async throws -> EmbeddedPostgres {
        if let starting { return try await starting.value }
        let task = Task {
            let directory = "\(TestDatabase.scratchDirectory)/test-postgres-\(getpid())"
            try Guardian.start(directory: directory)
            var configuration = EmbeddedPostgres.Configuration(directory: directory)
            configuration.isThrowaway = true
            configuration.settings["max_connections"] = "400"
            let server = EmbeddedPostgres(configuration: configuration)
            try await server.start()
            return server
        }
        starting = task
        return try await task.value
    }

    func template(
        _ name: String, prepare: @escaping @Sendable (ConnectionConfiguration) async throws -> Void
    ) async throws -> String {
        if let known = templates[name] { return try await known.value }
        let task = Task {
            let database = "template_\(name)"
            try await execute("create database \(identifier: database)")
            try await prepare(try await postgres().connectionConfiguration(database: database))
            return database
        }
        templates[name] = task
        return try await task.value
    }

    func create(template: String?) async throws -> ConnectionConfiguration {
        lastNumber += 1
        let name = "test_\(lastNumber)"
        try await execute(
            // Twice as fast as through the log, as long as nothing is synced.
            "create database \(identifier: name) template \(identifier: template ?? "template0") strategy file_copy")
        return try await postgres().connectionConfiguration(database: name)
    }

    /// Drops a database, whoever is still connected to it; one that stays is gone with the server.
    func drop(_ configuration: ConnectionConfiguration) async {
        guard let database = configuration.database else { return }
        try? await execute("drop database \(identifier: database) with (force)")
    }

    /// Runs a statement on the server's own database.
    ///
    /// A template cannot be copied while someone is connected to it: copies are made one after the other, and tried
    /// again when a session of `prepare` has not ended yet.
    private func execute(_ sql: SQL) async throws {
        let configuration = try await postgres().connectionConfiguration(database: "postgres")
        let loop = try administrationLoop()
        let before = cloning
        let task = Task {
            await before?.value
            try await loop.run {
                for attempt in 1...50 {
                    do {
                        return try await Connection.with(loop: loop, configuration: configuration) { connection in
                            _ = try await connection.query(sql)
                        }
                    } catch let error as DatabaseError where error.sqlState == "55006" && attempt < 50 {
                        try await loop.sleep(for: .milliseconds(20))
                    }
                }
            }
        }
        // The next one waits for the end of this one, not for its success; the caller gets the error.
        cloning = Task { _ = await task.result }
        try await task.value
    }

    private func administrationLoop() throws -> Loop {
        if let loop { return loop }
        let made = try Loop(name: "test-administration")
        try made.start()
        loop = made
        return made
    }
}

/// The shell that cleans up after this process.
private enum Guardian {
    /// Its standard input is a pipe of which only this process holds the other end: the kernel closes that end when
    /// the process ends, by whatever, and then `read` returns.
    static func start(directory: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw DatabaseError(.embeddedServerFailed, "no pipe for the guardian") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let script = """
            read -r _
            pid=$(head -n 1 "$1/cluster/postmaster.pid" 2>/dev/null)
            if [ -n "$pid" ]; then
                kill -QUIT "$pid" 2>/dev/null
                for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                    kill -0 "$pid" 2>/dev/null || break
                    sleep 0.1
                done
            fi
            rm -rf "$1"
            """
        _ = try ProgramRunner.spawn(
            ["/bin/sh", "-c", script, "guardian", directory], standardInput: ends[0], standardOutput: nil)
        close(ends[0])
        // The other end stays open for as long as the process lives.
    }
}
