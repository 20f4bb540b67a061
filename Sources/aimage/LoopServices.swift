import Clients
import Database
import EventLoop
import Foundation
import GraphQL
import Logging
import Resolvers
import Server
import Workflows

/// What every loop has of its own: database connections, the listener for events, resolvers' services, the server.
struct LoopServices: Sendable {
    let loop: Loop
    let pool: ConnectionPool
    let listener: EventListener
    let services: Services
    /// Asks outside services.
    let client: HTTPClient
    /// Keeps tokens of other services.
    let importTokens: ImportTokens
    /// Keeps tokens of invitations; nil: no letters are sent.
    let invitationTokens: InvitationTokens?
    let metrics: ServerMetrics?
    private let lag: LoopLag?

    /// Connects the loop.
    static func start(
        on loop: Loop, store: Store, urls: FileURLs, keys: AccessTokenKeys, importTokens: ImportTokens,
        invitationTokens: InvitationTokens?, observability: Observability? = nil, logger: Logger
    ) async throws -> LoopServices {
        let database = store.database
        let objects = store.objects
        let prompts = LocalPromptModel(
            textReader: TextReader.installed(searchPath: Environment.value("PATH") ?? ""))
        return try await loop.run {
            let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: database))
            try await pool.start()
            let listener = EventListener(loop: loop, configuration: database)
            try await listener.start()
            let feed = EventFeed(loop: loop, pool: pool)
            feed.attach(to: listener)
            let client = try HTTPClient(loop: loop)
            let signIn = GoogleConfiguration().services(client: client, keys: keys, logger: logger)
            let services = Services(
                pool: pool, events: feed, urls: urls, objects: objects, signIn: signIn, prompts: prompts,
                importTokens: importTokens, invitationTokens: invitationTokens, media: store.media,
                drawings: store.drawings, office: store.office,
                canMakePDF: PDFWriter.installed(searchPath: Environment.value("PATH") ?? "") != nil, logger: logger)
            return LoopServices(
                loop: loop, pool: pool, listener: listener, services: services, client: client,
                importTokens: importTokens, invitationTokens: invitationTokens,
                metrics: observability?.observe(pool), lag: observability?.measureLag(of: loop))
        }
    }

    /// Ends the loop's connections.
    func stop() async throws {
        try await loop.run {
            lag?.stop()
            await listener.stop()
            await pool.stop()
            client.shutDown()
        }
    }

    /// The loop's server, not started.
    func server(
        _ configuration: HTTPServerConfiguration, engine: Engine, keys: AccessTokenKeys, files: FileRoutes,
        graphiQL: GraphiQLPage?, schemaPages: SchemaPages?, browsers: BrowserPolicy, cookies: SignInCookies,
        rules: AdmissionRules, transports: TransportOptions, readiness: @escaping Application.Readiness,
        observability: Observability, logger: Logger
    ) -> HTTPServer {
        let loop = loop
        let services = services
        let metrics = metrics
        let tracing = observability.tracing
        var host = ExecutionHost(executor: loop, whenIdle: { loop.whenIdle($0) })
        host.willFetch = { keys in
            metrics?.recordBatch(keys: keys)
            return tracing?.fetching(keys: keys)
        }
        let authenticator = Authenticator(
            keys: keys, serviceTokenPrefix: ServiceTokenStore.prefix,
            findSession: { try await services.signedIn(session: $0, user: $1) },
            findServiceToken: { try await services.signedIn(serviceToken: $0) })
        let service = GraphQLService(
            engine: engine, loop: loop, authenticator: authenticator, logger: logger, cookies: cookies, rules: rules,
            options: transports, metrics: metrics, tracing: tracing
        ) { [host] in services.context(host: host, signedIn: $0, signInExchange: $1, uploads: $2, requestID: $3) }
        loop.execute { watchCredentials(for: service) }
        let uploads = UploadStore(pool: pool, objects: services.objects)
        var application = Application(
            service: service, graphiQL: graphiQL, browsers: browsers, readiness: readiness,
            upload: { files.receiver(for: $0, uploads) }, file: { files.response(to: $0) })
        application.router.before { rules.memory.refusal(of: $0) }
        observability.page.add(to: &application.router)
        schemaPages?.add(to: &application.router)
        let log = AccessLog.logging(to: logger, level: .debug)
        let record: @Sendable (HTTPAccess) -> Void = { access in
            metrics?.recordRequest(access)
            log(access)
        }
        let server = application.server(configuration: configuration, accessLog: record, tracing: tracing)
        observability.registry.observe(server, service)
        return server
    }

    /// Closes the sockets of sessions and service tokens that end.
    private func watchCredentials(for service: GraphQLService) {
        _ = listener.subscribe { [weak service] signal in
            switch signal {
            case .credentialsEnded(let user): service?.credentialsEnded(of: user)
            case .resync: service?.credentialsEnded(of: nil)
            case .event, .jobWaits, .cancelRequested: break
            }
        }
    }
}
