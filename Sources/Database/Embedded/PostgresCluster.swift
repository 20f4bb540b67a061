import Glibc
import Hashing

/// A data directory and the programs that make, start and stop its server.
///
/// Every method blocks.
struct PostgresCluster: Sendable {
    private let configuration: EmbeddedPostgres.Configuration
    private let installation: PostgresInstallation
    private let directory: String
    private let cluster: String
    private let log: String

    /// Finds the programs for the cluster that is there, or the newest.
    init(_ configuration: EmbeddedPostgres.Configuration) throws {
        guard configuration.directory.hasPrefix("/") else {
            throw DatabaseError(.invalidConfiguration, "the directory of the embedded Postgres must be absolute")
        }
        self.configuration = configuration
        directory = configuration.directory
        cluster = "\(directory)/cluster"
        log = "\(directory)/postgres.log"
        let version = FileSystem.read("\(cluster)/PG_VERSION")?.split(separator: "\n").first.flatMap { Int($0) }
        installation = try PostgresInstallation.find(majorVersion: version, runAs: configuration.systemUser)
    }

    /// Where clients connect.
    ///
    /// The path of a socket may have 107 bytes, and libpq takes a comma for the end of a host: such a directory gets
    /// its socket in a short one elsewhere.
    static func socketDirectory(for directory: String) -> String {
        let usual = "\(directory)/socket"
        let isUsable = "\(usual)/.s.PGSQL.5432".utf8.count <= 107 && !usual.contains(",")
        if isUsable { return usual }
        return "/tmp/postgres-" + Hex.encode(SHA256.hash(directory).prefix(8))
    }

    /// Makes, starts, takes over or joins the server, whichever is needed.
    func beginUse() throws -> (use: SharedUse, start: EmbeddedPostgres.Start) {
        try prepareDirectories()
        let (use, start) = try SharedUse.begin(in: directory, start: start)
        return (use, start)
    }

    private func start(isAlone: Bool) throws -> EmbeddedPostgres.Start {
        if try isRunning() { return isAlone ? .adopted : .joined }
        let isNew = !FileSystem.exists("\(cluster)/PG_VERSION")
        if isNew { try initialize() }
        try writeSettings()
        try startServer()
        return isNew ? .created : .started
    }

    func stop() throws {
        let fast = try run("pg_ctl", ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "30"], deadline: .seconds(40))
        guard fast.status != 0, let file = PostmasterFile.read(cluster: cluster), file.isServer(of: cluster) else {
            return
        }
        // Sessions that do not end are cut off; the next start recovers from the log.
        let hard = try run(
            "pg_ctl", ["stop", "-D", cluster, "-m", "immediate", "-w", "-t", "10"], deadline: .seconds(20))
        guard hard.status == 0 else {
            throw DatabaseError(.embeddedServerFailed, "Postgres does not stop: \(hard.output.trimmedLine)")
        }
    }

    private func prepareDirectories() throws {
        try FileSystem.makeDirectories(directory)
        try FileSystem.makePrivateDirectory(directory, owner: installation.user)
        try checkTraversable()
        try FileSystem.makePrivateDirectory(Self.socketDirectory(for: directory), owner: installation.user)
    }

    /// The user that runs Postgres must be able to enter every directory above.
    private func checkTraversable() throws {
        guard let user = installation.user else { return }
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            let test = try ProgramRunner.run(
                installation.asUser(["/usr/bin/test", "-x", path]), deadline: .seconds(10))
            guard test.status == 0 else {
                throw DatabaseError(
                    .embeddedServerUnavailable,
                    "the user \"\(user.name)\", as which Postgres must run, may not enter \(path): choose a data "
                        + "directory that it can reach, for example below /var/lib, or do not run as root")
            }
        }
    }

    private func initialize() throws {
        // Made beside its place and moved there, so that a killed start leaves no half cluster.
        let draft = "\(directory)/cluster.new"
        if FileSystem.exists(draft) { _ = try ProgramRunner.run(["/bin/rm", "-rf", draft], deadline: .seconds(60)) }
        var arguments = [
            "--pgdata=\(draft)", "--username=\(configuration.superuser)", "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions",
        ]
        if configuration.isThrowaway { arguments.append("--no-sync") }
        let made = try run("initdb", arguments, deadline: .seconds(300))
        guard made.status == 0 else {
            throw DatabaseError(.embeddedServerFailed, "initdb failed: \(made.output.trimmedLine)")
        }
        guard rename(draft, cluster) == 0 else { throw FileSystem.failure("cannot rename \(draft)") }
    }

    private func writeSettings() throws {
        let main = "\(cluster)/postgresql.conf"
        let include = "include_if_exists = 'embedded.conf'"
        if let text = FileSystem.read(main), !text.contains(include) {
            try FileSystem.write("\(text)\n\(include)\n", to: main, owner: installation.user)
        }
        let settings = PostgresSettings.standard(
            socketDirectory: Self.socketDirectory(for: directory), isThrowaway: configuration.isThrowaway
        ).merging(configuration.settings) { $1 }
        try FileSystem.write(
            PostgresSettings.text(settings), to: "\(cluster)/embedded.conf", owner: installation.user)
    }

    /// Whether a server of this cluster runs and is ready; one that is starting or stopping is waited for.
    private func isRunning() throws -> Bool {
        let end = ContinuousClock.now.advanced(by: configuration.startTimeout)
        while let file = PostmasterFile.read(cluster: cluster) {
            guard file.isServer(of: cluster) else {
                // The process is gone or is another program: nothing of Postgres can be using the cluster.
                unlink("\(cluster)/postmaster.pid")
                return false
            }
            if file.status == "ready" { return true }
            guard ContinuousClock.now < end else {
                throw DatabaseError(
                    .embeddedServerFailed, "Postgres (process \(file.processID)) is \(file.status ?? "starting")")
            }
            usleep(50_000)
        }
        return false
    }

    private func startServer() throws {
        rotateLog()
        // The lock of a socket names a process that is gone; its number may belong to another one by now, and Postgres
        // would refuse to start. The directory is ours alone, and nobody else starts or stops a server now.
        let socket = Self.socketDirectory(for: directory) + "/.s.PGSQL.5432"
        unlink(socket + ".lock")
        unlink(socket)
        let seconds = max(1, configuration.startTimeout.components.seconds)
        let arguments = ["start", "-D", cluster, "-l", log, "-w", "-t", "\(seconds)", "-s"]
        // The processes of a server that was killed need a moment, on a busy machine seconds, to let go of its memory.
        var output = ""
        for attempt in 1...100 {
            let started = try run("pg_ctl", arguments, deadline: configuration.startTimeout + .seconds(10))
            if started.status == 0 { return }
            output = started.output
            let lines = lastLogLines()
            guard lines.contains("shared memory block"), attempt < 100 else {
                throw DatabaseError(
                    .embeddedServerFailed, "Postgres did not start: \(output.trimmedLine); \(log) ends with: \(lines)")
            }
            usleep(300_000)
        }
    }

    private func lastLogLines() -> String {
        let lines = FileSystem.read(log)?.split(separator: "\n") ?? []
        return lines.suffix(8).joined(separator: " | ")
    }

    /// One old log is kept.
    private func rotateLog() {
        var status = stat()
        if stat(log, &status) == 0 && status.st_size > 10_000_000 { rename(log, log + ".1") }
    }

    private func run(_ program: String, _ arguments: [String], deadline: Duration) throws -> ProgramRunner.Outcome {
        try ProgramRunner.run(installation.command(program, arguments), deadline: deadline)
    }
}
