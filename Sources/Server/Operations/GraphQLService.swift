public import EventLoop
public import Foundation
public import GraphQL
public import Logging
public import Resolvers
import Tracing

/// What every transport needs to run operations: the engine, who is asking, and a fresh context for each request.
///
/// One per loop.
public final class GraphQLService: @unchecked Sendable {  // Reason: confined to its loop.
    /// Makes the resolvers' context for one request (or one event of a subscription) of a viewer.
    ///
    /// The exchange is there where cookies can be set, the uploads where files come with a request.
    public typealias MakeContext =
        @Sendable (
            _ viewer: SignedIn?, _ exchange: SignInExchange?, _ uploads: [UploadedFile], _ requestID: String
        ) -> ExecutionContext

    let engine: Engine
    let loop: Loop
    let hub: SubscriptionHub
    let logger: Logger
    let options: TransportOptions
    let cookies: SignInCookies
    let metrics: ServerMetrics?
    let tracing: RequestTracing?
    private let authenticator: Authenticator
    private var admission: Admission
    private let makeContext: MakeContext
    private var connections: [ObjectIdentifier: any SignedInConnection] = [:]

    /// Makes the service of one loop.
    public init(
        engine: Engine, loop: Loop, authenticator: Authenticator, logger: Logger,
        cookies: SignInCookies = SignInCookies(sameSite: .strict), rules: AdmissionRules = AdmissionRules(),
        options: TransportOptions = TransportOptions(), metrics: ServerMetrics? = nil, tracing: RequestTracing? = nil,
        makeContext: @escaping MakeContext
    ) {
        self.engine = engine
        self.loop = loop
        self.authenticator = authenticator
        self.cookies = cookies
        admission = Admission(rules)
        self.logger = logger
        self.options = options
        self.makeContext = makeContext
        self.metrics = metrics
        self.tracing = tracing
        hub = SubscriptionHub(loop: loop, metrics: metrics)
    }

    /// Runs a query or a mutation, and measures it.
    func execute(
        _ request: PreparedRequest, for viewer: Viewer, exchange: SignInExchange? = nil, uploads: [UploadedFile] = [],
        requestID: String
    ) async -> ExecutionResult {
        let context = context(for: viewer, exchange: exchange, uploads: uploads, requestID: requestID)
        return await measured(request, { await engine.execute(request, in: context) }, result: { $0 })
    }

    /// Runs a query or a mutation that may put off parts of its response, and measures it up to the first payload.
    func executeIncrementally(
        _ request: PreparedRequest, for viewer: Viewer, requestID: String
    ) async -> IncrementalResponse {
        let context = context(for: viewer, requestID: requestID)
        return await measured(
            request, { await engine.executeIncrementally(request, in: context) }, result: { $0.initial })
    }

    private func measured<Response: Sendable>(
        _ request: PreparedRequest, _ run: () async -> Response, result: (Response) -> ExecutionResult
    ) async -> Response {
        let began = ContinuousClock.now
        let kind = request.kind.name
        let response: Response
        if let tracing {
            response = await tracing.within(kind, attributes: ["graphql.operation.type": .string(kind)]) { span in
                let response = await run()
                let errors = result(response).errorCount
                if errors > 0 { span.attributes["graphql.error.count"] = errors }
                return response
            }
        } else {
            response = await run()
        }
        metrics?.recordOperation(
            kind, duration: .now - began, errorCodes: result(response).errorCodes.map(\.rawValue))
        return response
    }

    func context(
        for viewer: Viewer, exchange: SignInExchange? = nil, uploads: [UploadedFile] = [], requestID: String
    ) -> ExecutionContext {
        makeContext(viewer.signedIn, exchange, uploads, requestID)
    }

    /// Finds the document of a request and prepares its operation: the one way to the engine for all transports.
    func prepare(_ parameters: RequestParameters) throws(OperationRefusal) -> PreparedRequest {
        let document = try options.documents.document(of: parameters)
        let request = GraphQLRequest(
            query: document.text, operationName: parameters.operationName, variables: parameters.variables,
            extensions: parameters.extensions)
        do {
            let prepared = try prepare(request)
            options.documents.didValidate(document)
            return prepared
        } catch {
            metrics?.recordErrors(error.errors.map(\.code.rawValue))
            throw OperationRefusal(error)
        }
    }

    private func prepare(_ request: GraphQLRequest) throws(RequestError) -> PreparedRequest {
        guard let tracing else { return try engine.prepare(request) }
        return try tracing.within("prepare") { () throws(RequestError) in try engine.prepare(request) }
    }

    /// Throws if a viewer, or nobody at an address, may not run an operation now.
    func admit(_ request: PreparedRequest, for viewer: Viewer, from address: String) throws(OperationRefusal) {
        try admission.admit(request, user: viewer.user, address: address, now: loop.milliseconds)
    }

    /// Who has these credentials, now.
    func authenticate(_ credentials: Authenticator.Credentials) async -> Authentication {
        do {
            return try await authenticator.authenticate(credentials)
        } catch {
            logger.error("nobody can be authenticated", metadata: ["error": "\(String(reflecting: error))"])
            return .unavailable
        }
    }

    /// Who has these credentials, as soon as the database answers: for connections that outlive its absence, during which
    /// nobody is told anything anyway.
    func authenticateWhenPossible(_ credentials: Authenticator.Credentials) async -> Authentication {
        while true {
            let result = await authenticate(credentials)
            guard case .unavailable = result else { return result }
            // Ends when the connection or the loop does.
            do { try await loop.sleep(for: .seconds(1)) } catch { return .unavailable }
        }
    }

    /// Who sends a request of HTTP.
    func viewer(of request: HTTPRequest) async throws(OperationRefusal) -> Viewer {
        switch await authenticate(Authenticator.Credentials(request)) {
        case .accepted(let viewer): return viewer
        case .refused: throw .unauthenticated
        case .unavailable: throw .unavailable
        }
    }

    // MARK: Connections outlive requests

    func add(_ connection: any SignedInConnection) { connections[ObjectIdentifier(connection)] = connection }

    func remove(_ connection: any SignedInConnection) { connections[ObjectIdentifier(connection)] = nil }

    /// Some credentials of a user, or of anybody, have ended: connections whose own have are closed.
    public func credentialsEnded(of user: UUID?) {
        loop.preconditionOnLoop("GraphQLService.credentialsEnded")
        for connection in Array(connections.values) { connection.recheck(user) }
    }
}

/// A connection that goes on after its request, as long as the credentials that opened it are in force.
protocol SignedInConnection: AnyObject {
    /// Closes the connection if its credentials have ended; a user's, or anybody's for nil.
    func recheck(_ user: UUID?)
}

extension OperationKind {
    /// The keyword of the language.
    var name: String {
        switch self {
        case .query: "query"
        case .mutation: "mutation"
        case .subscription: "subscription"
        }
    }
}
