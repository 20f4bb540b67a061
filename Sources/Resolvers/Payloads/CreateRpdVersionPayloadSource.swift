import Database
import Foundation
import GraphQL
import Schema
import Workflows

/// The object of `CreateRpdVersionPayload`: the version, and with it its review point.
struct CreateRpdVersionPayloadSource: ObjectSource {
    typealias Object = CreateRpdVersionPayloadType

    var version: UUID?
    var rpd: UUID?
    var problems: [InputProblem] = []

    static let fields = CreateRpdVersionPayloadFields<CreateRpdVersionPayloadSource>(
        rpdVersion: { payloads, call in try await call.one(payloads, { $0.version }, as: RpdVersionRow.self) },
        rpd: { payloads, call in try await call.one(payloads, { $0.rpd }, as: RpdRow.self) },
        userErrors: { payloads in Objects(lists: payloads.map { $0.problems.map(UserErrorSource.init) }) })
}
