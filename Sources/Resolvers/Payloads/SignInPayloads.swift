import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `SignInPayload`.
struct SignInPayloadSource: ObjectSource {
    typealias Object = SignInPayloadType

    let token: String
    let expiresAt: Timestamp
    let user: UUID

    static let fields = SignInPayloadFields<SignInPayloadSource>(
        accessToken: { Text($0.token) },
        expiresAt: { DateTimeScalar($0.expiresAt) },
        user: { payloads, call in try await call.one(payloads, { $0.user }, as: UserRow.self) })
}

/// The object of `SignOutPayload`.
struct SignOutPayloadSource: ObjectSource {
    typealias Object = SignOutPayloadType

    let count: Int

    static let fields = SignOutPayloadFields<SignOutPayloadSource>(
        sessionsEnded: { Int32(clamping: $0.count) })
}

/// The object of `CreateServiceTokenPayload`.
struct CreateServiceTokenPayloadSource: ObjectSource {
    typealias Object = CreateServiceTokenPayloadType

    let token: String?
    let problems: [InputProblem]

    static let fields = CreateServiceTokenPayloadFields<CreateServiceTokenPayloadSource>(
        token: { $0.token.map { Text($0) } },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}

/// The object of `RevokeServiceTokenPayload`.
struct RevokeServiceTokenPayloadSource: ObjectSource {
    typealias Object = RevokeServiceTokenPayloadType

    let name: String

    static let fields = RevokeServiceTokenPayloadFields<RevokeServiceTokenPayloadSource>(
        name: { Text($0.name) })
}
