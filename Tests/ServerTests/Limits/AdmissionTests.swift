import EventLoop
import Foundation
import GraphQL
import Testing

@testable import Server

@Suite("Admission")
struct AdmissionTests {
    private func code(
        _ admission: inout Admission, _ query: String, user: UUID? = nil, now: UInt64 = 0, _ studio: Studio
    ) throws -> String? {
        let prepared = try studio.service.engine.prepare(GraphQLRequest(query))
        do {
            try admission.admit(prepared, user: user, address: "192.0.2.1", now: now)
            return nil
        } catch {
            return error.errors[0].code.rawValue
        }
    }

    @Test(
        arguments: [
            (IntrospectionAccess.on, nil, nil), (.authenticated, "INTROSPECTION_DISABLED", nil),
            (.off, "INTROSPECTION_DISABLED", "INTROSPECTION_DISABLED"),
        ] as [(IntrospectionAccess, String?, String?)])
    func `The schema is told to whom the switch says, however it is asked for`(
        access: IntrospectionAccess, nobody: String?, somebody: String?
    ) async throws {
        try await Studio.run { studio in
            var admission = Admission(AdmissionRules(introspection: access))
            for query in [
                "{ __schema { queryType { name } } }", #"{ hello a: __type(name: "Query") { name } }"#,
                "{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }",
            ] {
                let (first, second) = (
                    try code(&admission, query, studio), try code(&admission, query, user: UUID(), studio)
                )
                #expect(first == nobody)
                #expect(second == somebody)
            }
            #expect(try code(&admission, "{ __typename hello }", studio) == nil)
        }
    }

    @Test
    func `Without memory nothing runs`() async throws {
        try await Studio.run { studio in
            let memory = MemoryBudget(maximumBytes: 1)
            var admission = Admission(AdmissionRules(memory: memory))
            let before = try code(&admission, "{ hello }", studio)
            #expect(before == nil)
            memory.look(resident: 2)
            let after = try code(&admission, "{ hello }", studio)
            #expect(after == "OVERLOADED")
        }
    }

    @Test
    func `An operation is paid by its cost, and a refusal says when to come back`() async throws {
        try await Studio.run { studio in
            let rules = AdmissionRules(
                limits: RateLimits(user: .init(capacity: 10, perSecond: 1)), cost: { _ in 4 })
            var admission = Admission(rules)
            let user = UUID()
            for _ in 0..<2 { #expect(try code(&admission, "{ hello }", user: user, studio) == nil) }
            let prepared = try studio.service.engine.prepare(GraphQLRequest("{ hello }"))
            let refusal = #expect(throws: OperationRefusal.self) {
                try admission.admit(prepared, user: user, address: "", now: 500)
            }
            #expect(refusal?.reason == .rateLimited)
            // 2 of 10 are left, half a second has brought half a unit: one and a half are missing.
            #expect(refusal?.retryAfterSeconds == 2)
            #expect(refusal?.errors[0].code.rawValue == "RATE_LIMITED")
            #expect(try code(&admission, "{ hello }", user: user, now: 2_000, studio) == nil)
        }
    }
}
