public import EventLoop
public import Foundation
public import GraphQL
public import Logging

/// What every transport needs to run operations: the engine, who is asking, and a fresh context for each request.
///
/// One per loop.
public final class GraphQLService: @unchecked Sendable {  // Reason: confined to its loop.
    /// Makes the resolvers' context for one request (or one event of a subscription) of a viewer.
    public typealias MakeContext = @Sendable (_ viewer: UUID?, _ requestID: String) -> ExecutionContext

    let engine: Engine
    let loop: Loop
    let hub: SubscriptionHub
    let logger: Logger
    private let keys: AccessTokenKeys
    private let makeContext: MakeContext

    /// Makes the service of one loop.
    public init(
        engine: Engine, loop: Loop, keys: AccessTokenKeys, logger: Logger, makeContext: @escaping MakeContext
    ) {
        self.engine = engine
        self.loop = loop
        self.keys = keys
        self.logger = logger
        self.makeContext = makeContext
        hub = SubscriptionHub(loop: loop)
    }

    func context(for viewer: Viewer, requestID: String) -> ExecutionContext {
        makeContext(viewer.user, requestID)
    }

    /// Who sends this `Authorization` header.
    ///
    /// No header is nobody; a header that is no good is refused, so that a client learns that its token has expired
    /// instead of seeing an empty world.
    func authenticate(_ authorization: String?) async -> Authentication {
        guard let authorization, !authorization.isEmpty else { return .accepted(Viewer(user: nil, expiresAt: nil)) }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let token = await keys.verify(parts[1]) else {
            return .refused
        }
        return .accepted(Viewer(user: token.subject, expiresAt: token.expiresAt))
    }
}

/// Who is asking.
struct Viewer: Hashable, Sendable {
    /// nil: nobody is signed in.
    let user: UUID?
    /// When the token expires; a socket is closed then.
    let expiresAt: Date?
}

/// What became of credentials.
enum Authentication: Sendable {
    case accepted(Viewer)
    case refused
}
