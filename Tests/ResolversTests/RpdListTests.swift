import Foundation
import JSON
import Testing

@testable import Resolvers

/// The page of the review points: its orders, and what is done with many at once.
@Suite("Many review points at once", .timeLimit(.minutes(15)))
struct RpdListTests {
    private func run(
        _ api: API, _ field: String, _ rpds: [Key], _ rest: JSONObject = [:], as person: Person = .supervisor
    ) async throws -> Response {
        var input = rest
        input["rpdIds"] = .array(rpds.map { .string($0.id) })
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            """
            mutation($input: \(type)!) { \(field)(input: $input) {
              results { rpdId rpd { isActive isDeleted } userErrors { field code } } userErrors { field code }
            } }
            """, as: person, ["input": .object(input)])
    }

    /// The code of each result; nil for success.
    private func codes(_ response: Response, _ field: String) -> [String?] {
        (response["\(field).results"]?.array ?? []).map { $0["userErrors"]?[0]?["code"]?.string }
    }

    @Test("many are switched, deleted and restored, each by itself: what fails for one fails for no other")
    func partial() async throws {
        try await API.run { api in
            let keys: [Key] = [.rpd(2), .rpd(8), .rpd(1), .rpd(99), .project(1), .rpd(2)]
            let expected: [String?] = [nil, "NOT_FOUND", nil, "NOT_FOUND", "NOT_FOUND"]
            let off = try await run(api, "setRpdsActive", keys, ["isActive": false])
            #expect(codes(off, "setRpdsActive") == expected)
            #expect(off["setRpdsActive.results.0.rpd"] == ["isActive": false, "isDeleted": false])
            #expect(off["setRpdsActive.results.1.rpd"] == .null)
            let gone = try await run(api, "deleteRpds", keys, as: .partner)
            #expect(codes(gone, "deleteRpds") == expected)
            #expect(gone["deleteRpds.results.2.rpd"] == ["isActive": false, "isDeleted": true])
            let on = try await run(api, "setRpdsActive", [.rpd(2), .rpd(3)], ["isActive": true])
            #expect(codes(on, "setRpdsActive") == ["NOT_FOUND", nil], "a deleted one cannot be switched")
            let back = try await run(api, "restoreRpds", keys)
            #expect(codes(back, "restoreRpds") == expected)
            #expect(back["restoreRpds.results.2.rpd"] == ["isActive": false, "isDeleted": false])
        }
    }

    @Test(
        "who sees nothing changes nothing, and learns no more than of review points that do not exist",
        arguments: Role.allCases)
    func access(role: Role) async throws {
        try await role.run { api in
            for (field, rest) in [("setRpdsActive", ["isActive": false]), ("deleteRpds", [:]), ("restoreRpds", [:])]
                as [(String, JSONObject)]
            {
                let response = try await run(api, field, [.rpd(1), .rpd(99)], rest, as: role.person)
                guard role != .anonymous else {
                    #expect(response.codes == ["UNAUTHENTICATED"])
                    continue
                }
                #expect(codes(response, field) == [Role.participants.contains(role) ? nil : "NOT_FOUND", "NOT_FOUND"])
            }
        }
    }

    @Test("more than a hundred are refused before anything changes")
    func limits() async throws {
        try await API.run { api in
            let many = try await run(api, "deleteRpds", (1...101).map { .rpd($0) })
            #expect(many.problems("deleteRpds") == ["input.rpdIds TOO_LONG"])
            #expect(try await api.number("select count(*) from rpds where deleted_at is not null") == 0)
        }
    }
}
