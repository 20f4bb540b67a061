import Database
import Foundation
import GraphQL
import JSON
import Logging
import Schema
import Workflows

/// One request: who asks, with what, and what has been loaded for it so far.
final class RequestContext: ExecutionContext, @unchecked Sendable {  // Reason: confined to its loop.
    let services: Services
    /// Who asks, if anybody is signed in.
    private(set) var signedIn: SignedIn?
    /// The request's cookies; nil where the transport has none.
    let signInExchange: SignInExchange?
    private let requestID: String
    private let uploads: [UploadedFile]
    private var loaders: [LoaderKey: AnyObject] = [:]

    private struct LoaderKey: Hashable {
        let value: ObjectIdentifier
        var isEnclosing = false
    }

    init(
        host: ExecutionHost, services: Services, signedIn: SignedIn?, signInExchange: SignInExchange?,
        uploads: [UploadedFile], requestID: String
    ) {
        self.services = services
        self.signedIn = signedIn
        self.signInExchange = signInExchange
        self.requestID = requestID
        self.uploads = uploads
        super.init(host: host)
    }

    /// Who asks, if anybody is signed in.
    var optionalViewer: UUID? { signedIn?.user }

    /// From now on somebody else asks, or nobody: what follows in the operation has their rights.
    func become(_ signedIn: SignedIn?) {
        self.signedIn = signedIn
        loaders = [:]
    }

    /// Who asks; nobody is an error, because without a viewer nothing is visible and an empty world would mislead.
    func requireViewer() throws(FieldError) -> UUID {
        guard let viewer = optionalViewer else {
            throw FieldError("Sign in to ask for this.", code: .unauthenticated)
        }
        return viewer
    }

    /// The file that a value of the scalar `Upload` stands for.
    func upload(_ scalar: UploadScalar) throws(FieldError) -> UploadedFile {
        guard let file = uploads.first(where: { $0.name == scalar.name }) else {
            throw FieldError("A file is sent with a multipart request.", code: .badUserInput)
        }
        return file
    }

    /// The loader of an entity by key, with the entity's rule of access applied.
    ///
    /// `isEnclosing` for what rows lie in, which is found even if it is deleted.
    func loader<E: Entity>(of _: E.Type, isEnclosing: Bool = false) throws(FieldError) -> DataLoader<UUID, E> {
        let key = LoaderKey(value: ObjectIdentifier(E.self), isEnclosing: isEnclosing)
        if let known = loaders[key] {
            return unsafeDowncast(known, to: DataLoader<UUID, E>.self)
        }
        let viewer = try requireViewer()
        let pool = services.pool
        let loader = DataLoader<UUID, E>(queue: loaderQueue) { keys in
            let rows = try await pool.query(E.byKeys(keys, viewer: viewer, isEnclosing: isEnclosing))
            return Dictionary(rows.map { ($0.uuid(0), E(row: $0)) }, uniquingKeysWith: { first, _ in first })
        }
        if let row = signedIn?.row as? E { loader.prime(row.key, row) }
        loaders[key] = loader
        return loader
    }

    /// The viewer's memberships by organisation.
    func memberships() throws(FieldError) -> DataLoader<UUID, Membership> {
        let key = LoaderKey(value: ObjectIdentifier(Membership.self))
        if let known = loaders[key] {
            return unsafeDowncast(known, to: DataLoader<UUID, Membership>.self)
        }
        let viewer = try requireViewer()
        let pool = services.pool
        let loader = DataLoader<UUID, Membership>(queue: loaderQueue) { keys in
            try await Membership.load(keys, viewer: viewer, pool)
        }
        loaders[key] = loader
        return loader
    }

    /// What a mutation changes, its viewer has changed.
    override func performMutation<T>(_ resolver: () async -> T) async -> T {
        guard let viewer = optionalViewer else { return await resolver() }
        return await AuditLog.record(as: viewer, resolver)
    }

    /// What a mutation has changed must be read again by the next one.
    override func mutationFieldDidEnd() {
        signedIn = signedIn?.withoutRow
        loaders = [:]
    }

    override func mask(_ error: any Swift.Error) -> FieldError {
        switch error {
        case is CancellationError:
            return FieldError("The operation was cancelled", code: .cancelled)
        case let error as WorkflowError where error.code == .notFound:
            return FieldError(error.message, code: .notFound)
        case let error as WorkflowError where error.code == .conflict:
            return FieldError(error.message, code: .conflict)
        case let error as WorkflowError where error.code == .forbidden:
            return FieldError(error.message, code: .forbidden)
        case let refusal as SignInRefusal:
            return FieldError(refusal.message, code: GraphQLErrorCode(refusal.code.name))
        default:
            let id = UUID().uuidString.lowercased()
            services.logger.error(
                "unexpected error",
                metadata: [
                    "error-id": "\(id)", "request-id": "\(requestID)", "error": "\(String(reflecting: error))",
                ])
            return FieldError(
                "Internal server error", code: .internalServerError, extensions: ["errorId": .string(id)])
        }
    }
}

extension FieldCall {
    /// The request's context: every context of this program is one.
    var request: RequestContext { unsafeDowncast(context, to: RequestContext.self) }
}
