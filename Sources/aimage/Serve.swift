public import ArgumentParser
import Dispatch
import EventLoop
import Foundation
public import Logging
import Server
import Workflows

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the API, and runs jobs.")

    @OptionGroup var data: DataOptions
    @OptionGroup(title: "GraphQL over HTTP") var protocols: ProtocolOptions
    @OptionGroup(title: "Browsers") var browsers: BrowserOptions
    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "How many event loops serve, each with its own database connections.") var loops = 1
    @Option(help: "How many jobs run at once.") var jobs = 2
    @Flag(help: "Leaves jobs to `aimage worker` processes.") var withoutWorker = false
    @Option(help: "Scheme, host and port under which clients reach this server, for signed URLs.")
    var publicURL: String?
    @Option(help: "The folder with GraphiQL's files; without it there is no explorer.") var graphiql: String?
    @Flag(help: "Fills an empty database with the demo organisation, and signs the explorer in.") var seedDemo = false
    @OptionGroup var kept: RetentionOptions
    @OptionGroup(title: "E-mail") var mail: MailOptions
    @OptionGroup var operations: OperationsOptions
    @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = Logger.Level.info

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("The port must be from 1 to 65535.") }
        guard (1...64).contains(loops) else { throw ValidationError("1 to 64 loops are possible.") }
        guard (1...64).contains(jobs) else { throw ValidationError("1 to 64 jobs are possible.") }
    }

    func run() async throws {
        Signals.ignoreBrokenPipes()
        let logger = Logging.start(logLevel, format: operations.logFormat)
        let traces = try await TraceExport.start(logger: logger)
        try FileManager.default.createDirectory(atPath: data.folder, withIntermediateDirectories: true)
        let secret = try Secrets.load(data)
        if seedDemo { try await Seeding.run(data: data, logger: logger) }
        var configuration = Configuration()
        configuration.host = host
        configuration.port = port
        configuration.loops = loops
        configuration.runsWorker = !withoutWorker
        configuration.concurrentJobs = jobs
        configuration.retention = kept.retention
        configuration.mailing = try mail.mailing()
        configuration.engine = limits.engine
        configuration.publicURL = publicURL
        configuration.graphiQL = graphiql
        configuration.transports = try protocols.transports()
        configuration.rules = AdmissionRules(
            introspection: browsers.introspection ?? (data.databaseURL == nil ? .on : .authenticated),
            limits: load.rates, memory: load.memory)
        configuration.requestTimeout = .seconds(load.requestTimeout)
        configuration.requestsPerConnection = load.requestsPerConnection
        configuration.cookies = SignInCookies(sameSite: browsers.cookieSameSite.value)
        configuration.operations = try operations.configuration()
        configuration.tracer = traces?.tracer
        let hangUps = try loadCertificates(into: &configuration.operations, logger)
        defer { hangUps?.cancel() }
        configuration.demoEmail = seedDemo ? DemoSeed.supervisorEmail : nil
        let server = try await RunningServer.start(configuration, data: data, secret: secret, logger: logger)
        do {
            try await announce(server)
            await Signals.waitForEnd()
            logger.info("stopping")
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
        await traces?.stop()
        logger.info("stopped")
    }

    /// A token of the demo's supervisor.
    private func demoToken(_ server: RunningServer) async throws -> String {
        let keys = try await AccessTokenKeys(secret: try Secrets.load(data))
        return try await Tool.withPool(server.store, server.loops.loops[0]) { pool in
            guard let user = try await UserLookup.id(of: DemoSeed.supervisorEmail, in: pool) else {
                throw StartError("There is no user \(DemoSeed.supervisorEmail).")
            }
            return try await AccessTokens.begin(for: user, pool, keys)
        }
    }

    /// Reads the certificate now, and again at every SIGHUP.
    private func loadCertificates(
        into configuration: inout OperationsConfiguration, _ logger: Logger
    ) throws -> (any DispatchSourceSignal)? {
        guard let certificate = operations.tlsCertificate, let key = operations.tlsKey else { return nil }
        let certificates = try TLSCertificates(certificate: certificate, key: key)
        configuration.certificates = certificates
        return Signals.onHangUp {
            do {
                try certificates.reload()
                logger.notice("the certificate was read again")
            } catch {
                logger.error(
                    "the certificate could not be read again; the old one stays", metadata: ["error": "\(error)"])
            }
        }
    }

    private func announce(_ server: RunningServer) async throws {
        var lines = ["", "Aimage Supervision is running.", "", "  GraphQL    \(server.url)/graphql"]
        lines.append("  WebSocket  \(server.url.replacing("http", with: "ws", maxReplacements: 1))/graphql")
        if server.showsSchema { lines.append("  Reference  \(server.url)/schema") }
        if graphiql != nil { lines.append("  GraphiQL   \(server.url)/graphiql") }
        if seedDemo {
            let token = try await demoToken(server)
            lines += ["", "  Token of \(DemoSeed.supervisorEmail):", "  \(token)"]
        }
        lines += ["", "Stop with Ctrl-C.", ""]
        FileHandle.standardOutput.write(Data(lines.joined(separator: "\n").utf8))
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
