import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// Signing in and out, and the tokens of programs.
enum SignInMutations {
    static func signInWithGoogle(
        _ input: SignInWithGoogleInput, _ call: FieldCall
    ) async throws -> Objects<SignInPayloadType> {
        let exchange = try exchange(call)
        let services = call.request.services
        let identity = try await services.signIn.verify(input.idToken, input.nonce)
        let session = try await services.sessions.begin(
            identity, allowedDomains: services.signIn.allowedDomains, userAgent: exchange.userAgent)
        return try await signedIn(session, exchange, call)
    }

    static func refreshSession(_ call: FieldCall) async throws -> Objects<SignInPayloadType> {
        let exchange = try exchange(call)
        guard let token = exchange.refreshToken else {
            throw SignInRefusal(.refreshTokenMissing, "The request came without a refresh token. Sign in.")
        }
        do {
            let session = try await call.request.services.sessions.renew(refreshToken: token)
            return try await signedIn(session, exchange, call)
        } catch let refusal as SignInRefusal {
            // A cookie that is no good only makes the next attempt fail as well.
            exchange.outcome = .signedOut
            throw refusal
        }
    }

    static func signOut(_ call: FieldCall) async throws -> Objects<SignOutPayloadType> {
        let viewer = try call.request.requireViewer()
        guard let session = call.request.signedIn?.session else {
            throw FieldError("A service token has no session: revoke the token instead.", code: .conflict)
        }
        return signedOut(try await call.request.services.sessions.end(sessionID: session, userID: viewer), call)
    }

    static func signOutEverywhere(_ call: FieldCall) async throws -> Objects<SignOutPayloadType> {
        let viewer = try call.request.requireViewer()
        return signedOut(try await call.request.services.sessions.endAll(userID: viewer), call)
    }

    static func createServiceToken(
        _ input: CreateServiceTokenInput, _ call: FieldCall
    ) async throws -> Objects<CreateServiceTokenPayloadType> {
        let viewer = try call.request.requireViewer()
        do {
            guard let user = try call.optionalKey(input.userId, UserType.self, field: ["userId"]) else {
                preconditionFailure("A given id has a key or is refused")
            }
            let made = try await call.request.services.serviceTokens.create(
                viewer: viewer, name: input.name, userID: user, expiresAt: input.expiresAt.map { Timestamp($0) })
            return .one(CreateServiceTokenPayloadSource(token: made.token, problems: []))
        } catch let error as WorkflowError where error.code == .invalidInput {
            return .one(CreateServiceTokenPayloadSource(token: nil, problems: error.problems))
        }
    }

    static func revokeServiceToken(
        _ input: RevokeServiceTokenInput, _ call: FieldCall
    ) async throws -> Objects<RevokeServiceTokenPayloadType> {
        let viewer = try call.request.requireViewer()
        try await call.request.services.serviceTokens.revoke(viewer: viewer, name: input.name)
        return .one(RevokeServiceTokenPayloadSource(name: input.name))
    }

    // MARK: Parts

    private static func exchange(_ call: FieldCall) throws -> SignInExchange {
        guard let exchange = call.request.signInExchange else {
            throw SignInRefusal(.cookiesUnavailable, "Sign in over HTTP: this transport sets no cookies.")
        }
        return exchange
    }

    private static func signedIn(
        _ session: Session, _ exchange: SignInExchange, _ call: FieldCall
    ) async throws -> Objects<SignInPayloadType> {
        let seconds = SignInServices.accessSeconds
        let token = try await call.request.services.signIn.issue(session.userID, session.id, seconds)
        exchange.outcome = .signedIn(
            SignInExchange.Tokens(
                access: token, accessSeconds: seconds, refresh: session.refreshToken,
                refreshSeconds: Int(Session.lifetime.components.seconds)))
        // The rest of the operation belongs to who has just signed in.
        call.request.become(SignedIn(user: session.userID, session: session.id))
        return .one(
            SignInPayloadSource(
                token: token, expiresAt: Timestamp.now() + .seconds(seconds), user: session.userID))
    }

    private static func signedOut(_ count: Int, _ call: FieldCall) -> Objects<SignOutPayloadType> {
        call.request.signInExchange?.outcome = .signedOut
        call.request.become(nil)
        return .one(SignOutPayloadSource(count: count))
    }
}
