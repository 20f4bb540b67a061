import EventLoop
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Database

@Suite("Embedded Postgres", .serialized)
struct EmbeddedPostgresTests {
    /// Runs a body with a fresh directory; whatever server is left there is stopped, then everything is removed.
    private static func withDirectory(
        _ prefix: String = "\(TestDatabase.scratchDirectory)/embedded-",
        _ body: (EmbeddedPostgres.Configuration) async throws -> Void
    ) async throws {
        var configuration = EmbeddedPostgres.Configuration(directory: prefix + UUID().uuidString.prefix(8).lowercased())
        configuration.isThrowaway = true
        let outcome: Swift.Result<Void, any Error>
        do {
            try await body(configuration)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        if let file = PostmasterFile.read(cluster: "\(configuration.directory)/cluster"),
            file.isServer(of: "\(configuration.directory)/cluster")
        {
            kill(file.processID, SIGQUIT)
            try waitForEnd(of: file.processID)
        }
        let sockets = PostgresCluster.socketDirectory(for: configuration.directory)
        _ = try ProgramRunner.run(["/bin/rm", "-rf", configuration.directory, sockets], deadline: .seconds(30))
        try outcome.get()
    }

    private static func waitForEnd(of process: pid_t) throws {
        for _ in 0..<1000 where kill(process, 0) == 0 { usleep(10_000) }
        #expect(kill(process, 0) != 0, "process \(process) goes on")
    }

    private static func processID(_ configuration: EmbeddedPostgres.Configuration) throws -> pid_t {
        try #require(PostmasterFile.read(cluster: "\(configuration.directory)/cluster")).processID
    }

    private static func use(_ server: EmbeddedPostgres, _ script: String) async throws -> Int {
        try await withLoop { loop in
            try await server.ensureDatabase("app", loop: loop)
            try await server.ensureDatabase("app", loop: loop)
            let configuration = try server.connectionConfiguration(database: "app")
            return try await Connection.with(loop: loop, configuration: configuration) { connection in
                try await connection.runScript(script)
                return try await connection.query("select count(*) from kept")[0].int(0)
            }
        }
    }

    private static let create = "create table kept (n int); insert into kept values (1)"
    private static let add = "insert into kept values (2)"

    @Test("A first start makes the cluster, a second one keeps the data, a stop ends the server")
    func startStopStart() async throws {
        try await Self.withDirectory { configuration in
            let first = EmbeddedPostgres(configuration: configuration)
            #expect(try await first.start() == .created)
            #expect(try await Self.use(first, Self.create) == 1)
            let process = try Self.processID(configuration)
            try await first.stop()
            try Self.waitForEnd(of: process)
            try await first.stop()
            let second = EmbeddedPostgres(configuration: configuration)
            #expect(try await second.start() == .started)
            #expect(try await Self.use(second, Self.add) == 2)
            try await second.stop()
        }
    }

    @Test("A server left by a killed process is taken over, and stopped by the new one")
    func adoption() async throws {
        try await Self.withDirectory { configuration in
            // The use ends with the process, the server stays: what a kill leaves.
            #expect(try PostgresCluster(configuration).beginUse().start == .created)
            let process = try Self.processID(configuration)
            let second = EmbeddedPostgres(configuration: configuration)
            #expect(try await second.start() == .adopted)
            #expect(try await Self.use(second, Self.create) == 1)
            #expect(try Self.processID(configuration) == process)
            try await second.stop()
            try Self.waitForEnd(of: process)
        }
    }

    @Test("A second process joins the server of a living owner and does not stop it")
    func joining() async throws {
        try await Self.withDirectory { configuration in
            let owner = EmbeddedPostgres(configuration: configuration)
            try await owner.start()
            let guest = EmbeddedPostgres(configuration: configuration)
            #expect(try await guest.start() == .joined)
            #expect(try await Self.use(guest, Self.create) == 1)
            try await guest.stop()
            #expect(try await Self.use(owner, Self.add) == 2)
            try await owner.stop()
        }
    }

    @Test("An owner that ends first leaves the server to those who joined, and the last of them stops it")
    func handingOver() async throws {
        try await Self.withDirectory { configuration in
            let owner = EmbeddedPostgres(configuration: configuration)
            try await owner.start()
            #expect(try await Self.use(owner, Self.create) == 1)
            let process = try Self.processID(configuration)
            let guest = EmbeddedPostgres(configuration: configuration)
            #expect(try await guest.start() == .joined)
            try await owner.stop()
            #expect(try await Self.use(guest, Self.add) == 2)
            let third = EmbeddedPostgres(configuration: configuration)
            #expect(try await third.start() == .joined)
            try await guest.stop()
            #expect(try await Self.use(third, Self.add) == 3)
            try await third.stop()
            try Self.waitForEnd(of: process)
        }
    }

    @Test("After a kill of the server itself, with its lock file left behind, a start recovers the data")
    func crashRecovery() async throws {
        try await Self.withDirectory { configuration in
            var configuration = configuration
            configuration.isThrowaway = false
            let first = EmbeddedPostgres(configuration: configuration)
            try await first.start()
            #expect(try await Self.use(first, Self.create) == 1)
            let process = try Self.processID(configuration)
            kill(process, SIGKILL)
            try Self.waitForEnd(of: process)
            try await first.stop()
            let second = EmbeddedPostgres(configuration: configuration)
            #expect(try await second.start() == .started)
            #expect(try await Self.use(second, Self.add) == 2)
            try await second.stop()
        }
    }

    @Test("A lock file that names another program's process does not prevent the start")
    func staleLockFile() async throws {
        try await Self.withDirectory { configuration in
            let first = EmbeddedPostgres(configuration: configuration)
            try await first.start()
            let path = "\(configuration.directory)/cluster/postmaster.pid"
            let text = try #require(FileSystem.read(path))
            try await first.stop()
            // The number of this very process: alive, and no Postgres.
            let lines = text.split(separator: "\n").dropFirst().joined(separator: "\n")
            let owner = try PostgresInstallation.find(runAs: "postgres").user
            try FileSystem.write("\(getpid())\n\(lines)\n", to: path, owner: owner)
            let second = EmbeddedPostgres(configuration: configuration)
            #expect(try await second.start() == .started)
            try await second.stop()
        }
    }

    @Test("A path with blanks, a comma and an apostrophe is no problem")
    func oddPath() async throws {
        try await Self.withDirectory("\(TestDatabase.scratchDirectory)/it's an, odd ü-") { configuration in
            let server = EmbeddedPostgres(configuration: configuration)
            try await server.start()
            #expect(try await Self.use(server, Self.create) == 1)
            try await server.stop()
        }
    }

    @Test("A path too long for a socket gets a short directory for it")
    func longPath() async throws {
        try await Self.withDirectory(
            "\(TestDatabase.scratchDirectory)/embedded-\(String(repeating: "long-", count: 20))"
        ) { configuration in
            let server = EmbeddedPostgres(configuration: configuration)
            try await server.start()
            #expect(try await Self.use(server, Self.create) == 1)
            try await server.stop()
        }
    }

    @Test("The server listens on its socket only, is durable, and takes further settings")
    func settings() async throws {
        try await Self.withDirectory { configuration in
            var configuration = configuration
            configuration.isThrowaway = false
            configuration.settings["work_mem"] = "7MB"
            configuration.settings["application_name"] = "it's \\ odd"
            let server = EmbeddedPostgres(configuration: configuration)
            try await server.start()
            try await withLoop { loop in
                let administration = try server.connectionConfiguration(database: "postgres")
                try await Connection.with(loop: loop, configuration: administration) { connection in
                    for (name, value) in [
                        ("listen_addresses", ""), ("fsync", "on"), ("synchronous_commit", "on"), ("work_mem", "7MB"),
                        ("data_checksums", "on"), ("server_encoding", "UTF8"), ("TimeZone", "UTC"),
                    ] {
                        let row = try await connection.query("select current_setting(\(name))")[0]
                        #expect(row.string(0) == value, "\(name)")
                    }
                }
            }
            try await server.stop()
        }
    }

    @Test("The server is in a session of its own, so that Ctrl-C in the terminal does not reach it")
    func ownSession() async throws {
        try await Self.withDirectory { configuration in
            let server = EmbeddedPostgres(configuration: configuration)
            try await server.start()
            let process = try Self.processID(configuration)
            #expect(getsid(process) != getsid(0))
            #expect(getpgid(process) != getpgrp())
            try await server.stop()
        }
    }

    @Test("A directory that the server's user cannot reach is refused with its name", .enabled(if: geteuid() == 0))
    func unreachable() async throws {
        let parent = "/tmp/private-\(UUID().uuidString.prefix(8))"
        mkdir(parent, 0o700)
        await #expect {
            try await EmbeddedPostgres(configuration: .init(directory: "\(parent)/data")).start()
        } throws: {
            guard let error = $0 as? DatabaseError, error.code == .embeddedServerUnavailable else { return false }
            return error.message.contains("may not enter \(parent)")
        }
        _ = try ProgramRunner.run(["/bin/rm", "-rf", parent], deadline: .seconds(10))
    }

    @Test("Without a Postgres on the machine the error says what to install")
    func notInstalled() {
        #expect {
            try PostgresInstallation.find(root: "/nowhere", runAs: "postgres")
        } throws: {
            ($0 as? DatabaseError)?.message.contains("apt-get install postgresql") == true
        }
    }

    @Test("Of several versions the newest is taken, and data of a version that is not there is refused")
    func versions() throws {
        let root = "/tmp/versions-\(UUID().uuidString.prefix(8))"
        for version in ["9", "15", "abc"] {
            try FileSystem.makeDirectories("\(root)/\(version)/bin")
            for program in ["pg_ctl", "initdb"] { symlink("/bin/true", "\(root)/\(version)/bin/\(program)") }
        }
        try FileSystem.makeDirectories("\(root)/16/bin")
        let found = try PostgresInstallation.find(root: root, runAs: "postgres")
        #expect(found.majorVersion == 15 && found.directory == "\(root)/15/bin")
        #expect(try PostgresInstallation.find(majorVersion: 9, root: root, runAs: "postgres").majorVersion == 9)
        #expect(throws: DatabaseError.self) {
            try PostgresInstallation.find(majorVersion: 16, root: root, runAs: "postgres")
        }
        _ = try ProgramRunner.run(["/bin/rm", "-rf", root], deadline: .seconds(10))
    }

    @Test("The lock file of a server is read, half a one and none too")
    func lockFile() {
        let text = "123\n/data\n1\n5432\n/sockets\n\n  1 2\nready   \n"
        #expect(PostmasterFile(text)?.processID == 123 && PostmasterFile(text)?.status == "ready")
        #expect(PostmasterFile("123\n/data\n")?.status == nil)
        #expect(PostmasterFile("") == nil && PostmasterFile("x\n") == nil && PostmasterFile("-5\n") == nil)
    }

    @Test("A program's output and status come back, and one that takes too long is killed")
    func programs() throws {
        let outcome = try ProgramRunner.run(
            ["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], deadline: .seconds(10))
        #expect(outcome.status == 3 && outcome.output == "out\nerr\n")
        #expect(throws: DatabaseError.self) {
            try ProgramRunner.run(["/bin/sleep", "100"], deadline: .milliseconds(20))
        }
        #expect(try ProgramRunner.run(["/nowhere/at/all"], deadline: .seconds(5)).status == 127)
    }
}
