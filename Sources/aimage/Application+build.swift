import Clients
import Database
import EventLoop
import Foundation
import GraphQL
import Logging
import Migrations
import Resolvers
import Schema
import Server
import Workflows

/// A server that runs: everything that was started, in the order of its start.
final class RunningServer: Sendable {
    let url: String
    let store: Store
    let loops: LoopGroup
    /// Whether the schema's reference is served.
    let showsSchema: Bool
    private let parts: [LoopServices]
    private let servers: [HTTPServer]
    private let work: Task<Void, Never>?
    private let grace: Duration
    private let drain: DrainFlag
    private let drainDelay: Duration

    private init(
        url: String, store: Store, loops: LoopGroup, parts: [LoopServices], servers: [HTTPServer],
        work: Task<Void, Never>?, configuration: Configuration, drain: DrainFlag
    ) {
        self.url = url
        self.store = store
        self.loops = loops
        showsSchema = configuration.showsSchema
        self.parts = parts
        self.servers = servers
        self.work = work
        grace = configuration.grace
        drainDelay = configuration.operations.drainDelay
        self.drain = drain
    }

    /// Starts everything; what was started is stopped again if something fails.
    static func start(
        _ configuration: Configuration, data: DataOptions, secret: [UInt8], logger: Logger
    ) async throws -> RunningServer {
        let watchdog = watchdog(logger)
        let loops = try LoopGroup(count: configuration.loops, watchdog: watchdog)
        try loops.start()
        let observability = Observability(configuration.operations, tracer: configuration.tracer)
        observability.registry.observe(watchdog)
        let store = try await Store.open(data, loop: loops.loops[0], logger: logger)
        do {
            return try await start(configuration, store, loops, secret, observability, logger)
        } catch {
            try await store.close()
            throw error
        }
    }

    private static func start(
        _ configuration: Configuration, _ store: Store, _ loops: LoopGroup, _ secret: [UInt8],
        _ observability: Observability, _ logger: Logger
    ) async throws -> RunningServer {
        let keys = try await AccessTokenKeys(secret: secret)
        let signer = URLSigner(key: Secrets.urlKey(secret)) { Int(Date().timeIntervalSince1970) }
        let importTokens = ImportTokens(key: Secrets.tokenKey(secret))
        let invitationTokens =
            configuration.mailing == nil ? nil : InvitationTokens(key: Secrets.invitationKey(secret))
        let base = configuration.publicURL ?? "\(configuration.scheme)://\(configuration.host):\(configuration.port)"
        let urls = FileURLs(signer: signer, base: base)
        var limits = configuration.engine
        limits.tracer = configuration.tracer.map { EngineSpans(tracer: $0) }
        let engine = try Engine(
            schema: try GraphQLSchema.build(from: SchemaDocument.sdl), resolvers: SchemaResolvers.table(urls: urls),
            configuration: limits)
        var parts: [LoopServices] = []
        for loop in loops.loops {
            parts.append(
                try await LoopServices.start(
                    on: loop, store: store, urls: urls, keys: keys, importTokens: importTokens,
                    invitationTokens: invitationTokens, observability: observability, logger: logger))
        }
        watchMemory(configuration.rules.memory, on: loops.loops[0])
        observability.observeJobs(of: parts[0].pool)
        let schemaPages =
            configuration.showsSchema ? SchemaPages(sdl: SchemaDocument.sdl, schema: engine.schema) : nil
        let graphiQL = try await explorer(configuration, parts[0].pool, keys)
        let files = FileRoutes(signer: signer, objects: store.objects, temporary: store.temporary, logger: logger)
        var http = HTTPServerConfiguration()
        http.host = configuration.host
        http.port = configuration.port
        http.sharesPort = configuration.loops > 1 || configuration.operations.sharesPort
        http.listenersOfProcess = configuration.loops
        http.handlerTimeout = configuration.requestTimeout
        var transports = configuration.transports
        transports.operationTimeout = configuration.requestTimeout
        transports.uploads.folder = store.temporary
        http.maximumRequestsPerConnection = configuration.requestsPerConnection
        http.trustedProxies = configuration.operations.trustedProxies
        http.certificates = configuration.operations.certificates
        let drain = DrainFlag()
        let makeServer = { (part: LoopServices, http: HTTPServerConfiguration) in
            part.server(
                http, engine: engine, keys: keys, files: files, graphiQL: graphiQL, schemaPages: schemaPages,
                browsers: BrowserPolicy(origins: configuration.origins, usesTLS: base.hasPrefix("https:")),
                cookies: configuration.cookies, rules: configuration.rules, transports: transports,
                readiness: { await readiness(part, drain) }, observability: observability, logger: logger)
        }
        var servers = parts.map { makeServer($0, http) }
        if let path = configuration.operations.unixSocket {
            var local = http
            local.unixSocket = path
            local.unixSocketMode = configuration.operations.unixSocketMode
            local.sharesPort = configuration.operations.sharesPort
            local.certificates = nil
            servers.append(makeServer(parts[0], local))
        }
        if let port = configuration.operations.metricsPort {
            servers.append(
                observability.server(
                    on: loops.loops[0], host: configuration.host, port: port,
                    sharesPort: configuration.operations.sharesPort,
                    readiness: { [part = parts[0]] in await readiness(part, drain) }))
        }
        for server in servers { try await server.start() }
        let work =
            configuration.runsWorker
            ? startWorker(configuration, store, parts[0], observability: observability, logger) : nil
        return RunningServer(
            url: base, store: store, loops: loops, parts: parts, servers: servers, work: work,
            configuration: configuration, drain: drain)
    }

    /// Stops everything in the reverse order of its start: no new requests, running ones end, jobs are given back.
    func stop() async throws {
        drain.set()
        // Whoever spreads requests over servers needs time to see that this one wants no more.
        if drainDelay > .zero { try await Task.sleep(for: drainDelay) }
        await withTaskGroup(of: Void.self) { group in
            for server in servers { group.addTask { await server.stop(grace: self.grace) } }
        }
        work?.cancel()
        await work?.value
        for part in parts { try await part.stop() }
        try await store.close()
        await loops.stop()
    }

    // MARK: Parts

    private static func watchdog(_ logger: Logger) -> LoopWatchdog {
        LoopWatchdog { hold in
            logger.warning(
                "a loop was held",
                metadata: [
                    "loop": "\(hold.loop)", "what": "\(hold.what)", "note": "\(hold.note.map { "\($0)" } ?? "")",
                    "duration": "\(hold.duration)",
                ])
        }
    }

    /// Looks at the memory regularly, as long as the loop runs.
    private static func watchMemory(_ memory: MemoryBudget, on loop: Loop) {
        guard memory.maximumBytes != nil else { return }
        loop.execute { loop.schedule(after: .zero, repeating: MemoryBudget.interval) { memory.look() } }
    }

    /// The explorer, signed in for demonstrations.
    private static func explorer(
        _ configuration: Configuration, _ pool: ConnectionPool, _ keys: AccessTokenKeys
    ) async throws -> GraphiQLPage? {
        guard let assets = configuration.graphiQL else { return nil }
        var token: String?
        if let email = configuration.demoEmail, let user = try await UserLookup.id(of: email, in: pool) {
            token = try await pool.loop.run { try await AccessTokens.begin(for: user, pool, keys) }
        }
        return GraphiQLPage(assets: assets, token: token)
    }

    private static func readiness(_ part: LoopServices, _ drain: DrainFlag) async -> String? {
        if drain.isDraining { return "the server is stopping" }
        do {
            let isCurrent = try await SchemaMigrations.migrator().isUpToDate(part.pool)
            return isCurrent ? nil : "the database has another version of the schema"
        } catch {
            return "the database does not answer"
        }
    }

    static func startWorker(
        _ configuration: Configuration, _ store: Store, _ part: LoopServices, observability: Observability? = nil,
        _ logger: Logger
    ) -> Task<Void, Never> {
        let gauges = observability.map { JobGauges(registry: $0.registry) }
        // Pictures have threads of their own: a review must not make an upload wait for a thread.
        let pictures = BlockingPool(threads: 2, name: "pictures")
        let searchPath = Environment.value("PATH") ?? ""
        let model = LocalReviewModel(
            pool: pictures, textReader: TextReader.installed(searchPath: searchPath))
        var handlers: [any JobHandler] = [
            ReviewRun(pool: part.pool, objects: store.objects, model: model),
            ExportRun(
                pool: part.pool, objects: store.objects, pdfWriter: PDFWriter.installed(searchPath: searchPath),
                media: store.media, temporaryFolder: store.temporary, blocking: pictures),
            RpdTestRun(pool: part.pool, objects: store.objects, model: model),
            BatchItemRun(pool: part.pool),
            ImportRun(
                pool: part.pool, objects: store.objects,
                drive: DriveClient(
                    client: part.client, url: Environment.value("GOOGLE_DRIVE_URL") ?? DriveClient.googleURL),
                tokens: part.importTokens, media: store.media, drawings: store.drawings, office: store.office,
                temporaryFolder: store.temporary, blocking: pictures),
            ReferenceRun(pool: part.pool, objects: store.objects, model: LocalPictureModel(pool: pictures)),
            VectorRun(pool: part.pool, objects: store.objects, blocking: pictures),
            AnalysisRun(
                pool: part.pool, objects: store.objects, model: LocalAnalysisModel(pool: pictures), reader: store.media,
                temporaryFolder: store.temporary, blocking: pictures),
            PreparationRun(pool: part.pool, objects: store.objects, blocking: pictures),
            ObjectDeletion(pool: part.pool, objects: store.objects),
            SceneRun(
                pool: part.pool, objects: store.objects, reader: store.media, temporaryFolder: store.temporary,
                blocking: pictures),
            DocumentRun(
                pool: part.pool, objects: store.objects, reader: PDFReader.installed(searchPath: searchPath),
                temporaryFolder: store.temporary, blocking: pictures),
        ]
        // Without a mail server the letters wait for a worker that has one.
        if let mailing = configuration.mailing, let tokens = part.invitationTokens {
            handlers.append(InvitationMailRun(pool: part.pool, tokens: tokens, mailing: mailing))
        }
        let worker = Worker(
            pool: part.pool, listener: part.listener, handlers: handlers,
            configuration: WorkerConfiguration(
                node: ProcessInfo.processInfo.hostName, maximumJobs: configuration.concurrentJobs,
                // Whoever owns the embedded database is alone with it, so what an earlier process left is ours.
                ownsNode: store.isOwner),
            loop: part.loop,
            didPerform: { gauges?.recordRun(kind: $0.kind.rawValue, outcome: $1, duration: $2) }
        ) { notice in
            logger.warning(
                "job",
                metadata: [
                    "notice": "\(notice.message)", "job-id": "\(notice.job.map { "\($0.id)" } ?? "")",
                    "error": "\(notice.error.map { String(reflecting: $0) } ?? "")",
                ])
        }
        let upkeep = Upkeep(
            pool: part.pool, uploads: UploadStore(pool: part.pool, objects: store.objects, blocking: pictures),
            retention: configuration.retention, counters: observability.map { PurgeCounters(registry: $0.registry) },
            logger: logger)
        return part.loop.spawn {
            await withDiscardingTaskGroup { group in
                group.addTask { await upkeep.run() }
                await worker.run()
                group.cancelAll()
            }
        }
    }
}

/// Finds people by e-mail address, for commands.
enum UserLookup {
    static func id(of email: String, in pool: ConnectionPool) async throws -> UUID? {
        try await pool.loop.run {
            try await pool.queryFirst("select id from users where email = \(email.lowercased())")?.uuid(0)
        }
    }
}
