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

    /// Connects the loop.
    static func start(on loop: Loop, store: Store, urls: FileURLs, logger: Logger) async throws -> LoopServices {
        let database = store.database
        let objects = store.objects
        return try await loop.run {
            let pool = ConnectionPool(loop: loop, configuration: PoolConfiguration(connection: database))
            try await pool.start()
            let listener = EventListener(loop: loop, configuration: database)
            try await listener.start()
            let feed = EventFeed(loop: loop, pool: pool)
            feed.attach(to: listener)
            let services = Services(pool: pool, events: feed, urls: urls, objects: objects, logger: logger)
            return LoopServices(loop: loop, pool: pool, listener: listener, services: services)
        }
    }

    /// Ends the loop's connections.
    func stop() async throws {
        try await loop.run {
            await listener.stop()
            await pool.stop()
        }
    }

    /// The loop's server, not started.
    func server(
        _ configuration: HTTPServerConfiguration, engine: Engine, keys: AccessTokenKeys, files: FileRoutes,
        graphiQL: GraphiQLPage?, readiness: @escaping Application.Readiness, logger: Logger
    ) -> HTTPServer {
        let loop = loop
        let services = services
        let host = ExecutionHost(executor: loop, whenIdle: { loop.whenIdle($0) })
        let service = GraphQLService(engine: engine, loop: loop, keys: keys, logger: logger) { viewer, requestID in
            services.context(host: host, viewer: viewer, requestID: requestID)
        }
        let uploads = UploadStore(pool: pool, objects: services.objects)
        let application = Application(
            service: service, graphiQL: graphiQL, readiness: readiness,
            upload: { files.receiver(for: $0, uploads) }, file: { files.response(to: $0) })
        return application.server(configuration: configuration) { access in
            logger.debug(
                "request",
                metadata: [
                    "request-id": "\(access.request.id)", "method": "\(access.request.method)",
                    "path": "\(access.request.path)", "status": "\(access.status ?? 0)",
                    "bytes": "\(access.responseBytes)", "duration": "\(access.duration)",
                ])
        }
    }
}
