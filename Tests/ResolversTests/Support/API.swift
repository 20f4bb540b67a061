import Clients
import Database
import EventLoop
import Foundation
import GraphQL
import Imaging
import JSON
import Logging
import Migrations
import Schema
import TestSupport
import Testing
import Workflows

@testable import Resolvers

/// The API over a database of its own with the fixture in it: the engine, without any transport.
final class API: @unchecked Sendable {  // Reason: confined to its loop.
    let pool: ConnectionPool
    let services: Services
    let engine: Engine
    let log: LogBook
    private let host: ExecutionHost
    /// A picture that comes with every request, by the name `upload`.
    private let upload: UploadedFile
    /// The statements of the pool since `countStatements`, in the order in which they were sent.
    private(set) var statements: [String] = []

    /// A moment that all signed URLs of tests begin at.
    static let now = 1_767_225_600

    /// A plain picture as PNG.
    static func picture() throws -> [UInt8] {
        try Picture(Bitmap(width: 64, height: 48, color: RGBColor(20, 120, 220))).pngBytes()
    }

    private init(pool: ConnectionPool, events: EventFeed, objects: any ObjectStore, upload: UploadedFile) throws {
        self.pool = pool
        self.upload = upload
        let log = LogBook()
        self.log = log
        let urls = FileURLs(
            signer: URLSigner(key: Array(repeating: 7, count: 32), now: { Self.now }), base: "http://files.example")
        services = Services(
            pool: pool, events: events, urls: urls, objects: objects, signIn: PlayedGoogle.services,
            prompts: LocalPromptModel(),
            importTokens: ImportTokens(key: Array(repeating: 7, count: 32)),
            canMakePDF: false, logger: Logger(label: "test") { _ in LogBook.Handler(book: log) })
        // Costs are refused by the page sizes that are asked; what the resolvers do with them is tested here.
        engine = try Engine(
            schema: try GraphQLSchema.build(from: SchemaDocument.sdl), resolvers: SchemaResolvers.table(urls: urls),
            configuration: EngineConfiguration(cost: nil))
        let loop = pool.loop
        host = ExecutionHost(executor: loop, whenIdle: { loop.whenIdle($0) })
    }

    /// Runs a test on the loop of an API of its own.
    ///
    /// One shared connection, so that statements are answered in the order in which they were sent.
    static func run(_ body: @escaping @Sendable (API) async throws -> Void) async throws {
        try await TestDatabase.with(template: "resolvers", prepare: prepare) { try await run(over: $0, body) }
    }

    @Sendable private static func prepare(_ configuration: ConnectionConfiguration) async throws {
        try await withLoop { loop in
            _ = try await SchemaMigrations.migrator().migrate(loop: loop, configuration: configuration)
            try await Connection.with(loop: loop, configuration: configuration) { connection in
                try await connection.runScript(Fixture.script)
            }
        }
    }

    private static func run(
        over database: ConnectionConfiguration, _ body: @escaping @Sendable (API) async throws -> Void
    ) async throws {
        let root = "/tmp/resolvers-tests-\(UUID().uuidString)"
        defer {
            // What is left over is in the temporary directory; a test does not fail for it.
            try? FileManager.default.removeItem(atPath: root)
        }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let objects = try DirectoryObjectStore(root: "\(root)/objects")
        let picture = try Self.picture()
        // One picture can be looked at; the others are rows only.
        try await objects.put(.bytes(picture), at: try ObjectKey("files/3"))
        try Data(picture).write(to: URL(filePath: "\(root)/upload"))
        let upload = UploadedFile(
            name: "upload", path: "\(root)/upload", fileName: "front.png", mediaType: "image/png",
            byteCount: picture.count)
        try await withPool(database, configure: { $0.sharedConnections = 1 }) { pool in
            let listener = EventListener(loop: pool.loop, configuration: database)
            try await listener.start()
            let feed = EventFeed(loop: pool.loop, pool: pool)
            feed.attach(to: listener)
            do {
                try await body(try API(pool: pool, events: feed, objects: objects, upload: upload))
                await listener.stop()
            } catch {
                await listener.stop()
                throw error
            }
        }
    }

    func context(of person: Person) -> ExecutionContext {
        services.context(
            host: host, signedIn: person.key.map { SignedIn(user: $0.uuid, session: nil) }, uploads: [upload],
            requestID: "request-1")
    }

    /// Runs a mutation of signing in, with the cookies of a request.
    func signIn(
        _ query: String, _ exchange: SignInExchange?, as signedIn: SignedIn? = nil
    ) async throws -> Response {
        let context = services.context(
            host: host, signedIn: signedIn, signInExchange: exchange, requestID: "request-1")
        return try Response(await engine.execute(try engine.prepare(GraphQLRequest(query)), in: context).body)
    }

    /// Runs a query or a mutation.
    @discardableResult
    func execute(
        _ query: String, as person: Person = .supervisor, _ variables: JSONObject = JSONObject(),
        operationName: String? = nil
    ) async throws -> Response {
        let prepared: PreparedRequest
        do {
            prepared = try engine.prepare(
                GraphQLRequest(query, operationName: operationName, variables: variables))
        } catch {
            return try Response(error.body)
        }
        return try Response(await engine.execute(prepared, in: context(of: person)).body)
    }

    /// The statements that a query or a mutation sends outside transactions.
    func countStatements(_ body: () async throws -> Void) async throws -> [String] {
        statements = []
        pool.onStatement = { [unowned self] text, _ in statements.append(text) }
        defer { pool.onStatement = nil }
        try await body()
        return statements
    }

    /// Runs SQL of the test's own.
    @discardableResult
    func sql(_ text: String) async throws -> RowSet { try await pool.query(SQL(unsafeText: text)) }

    /// The single number of a statement.
    func number(_ text: String) async throws -> Int { try #require(try await sql(text).first).int(0) }
}

/// A response taken apart.
struct Response: Sendable {
    let text: String
    let json: JSONValue

    init(_ body: [UInt8]) throws {
        text = String(decoding: body, as: UTF8.self)
        json = try JSONReader.read(body)
    }

    var data: JSONValue? { json["data"] }
    var errors: [JSONValue] { json["errors"]?.array ?? [] }
    var codes: [String] { errors.compactMap { $0["extensions"]?["code"]?.string } }
    var messages: [String] { errors.compactMap { $0["message"]?.string } }

    /// The value at a path of keys and positions: `projects.edges.0.node`.
    subscript(path: String) -> JSONValue? {
        var value = data
        for part in path.split(separator: ".") {
            value = Int(part).map { value?[$0] } ?? value?[String(part)]
        }
        return value
    }

    /// The user errors of a mutation's payload, as `field.field CODE`.
    func problems(_ field: String) -> [String] {
        (self["\(field).userErrors"]?.array ?? []).map { error in
            let path = error["field"]?.array?.compactMap(\.string).joined(separator: ".") ?? "-"
            return "\(path) \(error["code"]?.string ?? "?")"
        }
    }
}

/// What was logged.
final class LogBook: Sendable {
    struct Entry: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: Logger.Metadata
    }

    private let lines = Mutexed<[Entry]>([])

    var entries: [Entry] { lines.value }

    struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.lines.change {
                $0.append(Entry(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:]))
            }
        }
    }
}
