import ArgumentParser
import Clients
import Database
import EventLoop
import Foundation
import Logging
import Resolvers
import Schema
import Server
import Workflows

/// Sets logging up, once per process: to standard error, so that standard output is what a command answers.
enum Logging {
    static func start(_ level: Logger.Level, format: LogFormat = .text) -> Logger {
        LoggingSystem.bootstrap { LineLogHandler(label: $0, format: format) }
        var logger = Logger(label: "aimage")
        logger.logLevel = level
        return logger
    }
}

/// Runs a command's work against the opened store, and closes everything behind it.
enum Tool {
    static func run<T: Sendable>(
        _ data: DataOptions, logger: Logger, _ body: (Store, Loop) async throws -> T
    ) async throws -> T {
        Signals.ignoreBrokenPipes()
        let loops = try LoopGroup(count: 1)
        try loops.start()
        let store = try await Store.open(data, loop: loops.loops[0], logger: logger)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(store, loops.loops[0]))
        } catch {
            result = .failure(error)
        }
        try await store.close()
        await loops.stop()
        return try result.get()
    }

    /// A pool on the loop for the duration of `body`.
    static func withPool<T: Sendable>(
        _ store: Store, _ loop: Loop, _ body: @escaping @Sendable (ConnectionPool) async throws -> T
    ) async throws -> T {
        let configuration = PoolConfiguration(connection: store.database)
        return try await loop.run {
            let pool = ConnectionPool(loop: loop, configuration: configuration)
            try await pool.start()
            let result: Result<T, any Error>
            do {
                result = .success(try await body(pool))
            } catch {
                result = .failure(error)
            }
            await pool.stop()
            return try result.get()
        }
    }
}

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Runs jobs only, beside servers that use the same DATABASE_URL and files.")

    @OptionGroup var data: DataOptions
    @Option(help: "How many jobs run at once.") var jobs = 2
    @OptionGroup var kept: RetentionOptions
    @OptionGroup(title: "E-mail") var mail: MailOptions
    @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = Logger.Level.info
    @Option(help: "text, or json: one object a line.") var logFormat = LogFormat.text

    func run() async throws {
        let logger = Logging.start(logLevel, format: logFormat)
        let traces = try await TraceExport.start(logger: logger)
        try await Tool.run(data, logger: logger) { store, loop in
            let secret = try Secrets.load(data)
            let urls = FileURLs(signer: URLSigner(key: Secrets.urlKey(secret), now: { 0 }), base: "")
            let part = try await LoopServices.start(
                on: loop, store: store, urls: urls, keys: AccessTokenKeys(secret: secret),
                importTokens: ImportTokens(key: Secrets.tokenKey(secret)),
                invitationTokens: InvitationTokens(key: Secrets.invitationKey(secret)), logger: logger)
            var configuration = Configuration()
            configuration.concurrentJobs = jobs
            configuration.retention = kept.retention
            configuration.mailing = try mail.mailing()
            let work = RunningServer.startWorker(configuration, store, part, logger)
            logger.info("worker is running")
            await Signals.waitForEnd()
            work.cancel()
            await work.value
            try await part.stop()
        }
        await traces?.stop()
    }
}

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database to this program's schema.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        // Opening the store migrates.
        try await Tool.run(data, logger: Logging.start(.info)) { _, _ in }
    }
}

struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Adds an organisation with its work.")

    enum Scale: String, ExpressibleByArgument, CaseIterable {
        case demo
        case large
    }

    @OptionGroup var data: DataOptions
    @Option(
        help: ArgumentHelp(
            "What to add: 'demo' is a few projects, whose reviews run as soon as a server or worker does; 'large' is "
                + "200,000 tasks and 1,000,000 findings, for benchmarks.")) var scale = Scale.demo

    func run() async throws {
        let logger = Logging.start(.info)
        switch scale {
        case .demo: try await Seeding.run(data: data, logger: logger)
        case .large: try await Seeding.runLarge(data: data, logger: logger)
        }
    }
}

/// Adds the demo data; quick if it is there.
enum Seeding {
    static func run(data: DataOptions, logger: Logger) async throws {
        try await Tool.run(data, logger: logger) { store, loop in
            let objects = store.objects
            try await Tool.withPool(store, loop) { pool in
                let films = FilmTools.installed(
                    searchPath: Environment.value("PATH") ?? "", temporaryFolder: store.temporary)
                let seed = DemoSeed(pool: pool, objects: objects, films: films)
                guard try await !seed.isSeeded() else { return }
                logger.info("seeding the demo organisation")
                try await seed.seed { logger.info("seeding", metadata: ["step": "\($0)"]) }
            }
        }
    }

    static func runLarge(data: DataOptions, logger: Logger) async throws {
        try await Tool.run(data, logger: logger) { store, loop in
            let objects = store.objects
            try await Tool.withPool(store, loop) { pool in
                let seed = LargeSeed(pool: pool, objects: objects)
                let start = ContinuousClock.now
                let isNew = try await seed.seed { logger.info("seeding", metadata: ["step": "\($0)"]) }
                logger.info(isNew ? "seeded" : "already there", metadata: ["time": "\(ContinuousClock.now - start)"])
            }
        }
    }
}

struct PrintSchema: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "schema", abstract: "Prints the public schema.")

    func run() throws {
        print(SchemaDocument.sdl)
    }
}
