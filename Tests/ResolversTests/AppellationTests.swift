import Clients
import Database
import Foundation
import GraphQL
import JSON
import Schema
import Testing
import Workflows

@testable import Resolvers

@Suite("Tables of appellations as files", .timeLimit(.minutes(15)))
struct AppellationTests {
    /// A checked file of a project, with bytes; gives its identifier.
    private func file(
        _ text: String, _ api: API, project: Int = 1, purpose: String = "APPELLATION_TABLE", state: String = "READY"
    ) async throws -> JSONValue {
        let key = "tables/\(UUID().uuidString)"
        try await api.services.objects.put(.bytes(Array(text.utf8)), at: try ObjectKey(key))
        let row = try await api.pool.queryFirst(
            """
            insert into assets (project_id, purpose, state, file_name, media_type, byte_count, object_key, sha256)
            values (
                \(Key.project(project).uuid), \(purpose), \(state), 'a.csv', 'text/csv', 1, \(key),
                \(String(repeating: "0", count: 64))
            )
            returning id
            """)
        return .string(GlobalID(typeName: "Asset", uuid: UUIDScalar(try #require(row).uuid(0))).id.text)
    }

    private static let csv = ",ソラ,レン\nソラ,わたし,レンくん\nレン,,\n"
    private static let table: JSONValue = ["ソラ": ["ソラ": "わたし", "レン": "レンくん"], "レン": ["ソラ": "ソラ", "レン": "私"]]

    @Test("a file can be looked at before it is saved; what a viewer may not see, or is no such file, is null")
    func preview() async throws {
        try await API.run { api in
            func preview(_ asset: JSONValue, as person: Person = .supervisor) async throws -> JSONValue? {
                let response = try await api.execute(
                    """
                    query($id: ID!) { appellationTable(assetId: $id) {
                      appellations characters characterCount entryCount warnings
                    } }
                    """, as: person, ["id": asset])
                #expect(response.messages == [])
                return response["appellationTable"]
            }
            let asset = try await file(Self.csv, api)
            let expected: JSONValue = [
                "appellations": Self.table, "characters": ["ソラ", "レン"], "characterCount": 2, "entryCount": 4,
                "warnings": [],
            ]
            let seen = try await preview(asset)
            let partner = try await preview(asset, as: .partner)
            #expect(seen == expected && partner == expected)
            let hidden = [
                try await preview(asset, as: .stranger), try await preview(try await file(Self.csv, api, project: 3)),
                try await preview(try await file(Self.csv, api, purpose: "DOCUMENT")),
                try await preview(try await file(Self.csv, api, state: "PENDING")), try await preview("nonsense"),
                try await preview(.string(Key.task(1).id)), try await preview(.string(Key.asset(99).id)),
            ]
            #expect(hidden.allSatisfy { $0 == .null })
            let nobody = try await api.execute(
                "query($id: ID!) { appellationTable(assetId: $id) { entryCount } }", as: .nobody, ["id": asset])
            #expect(nobody.codes == ["UNAUTHENTICATED"])
        }
    }

    @Test("a review point takes the table of a file of its project, and shows it")
    func fromFile() async throws {
        try await API.run { api in
            func create(_ asset: JSONValue, _ more: JSONObject = [:], kind: String = "TEXT_REVIEW") async throws
                -> Response
            {
                var content = more
                content["title"] = "呼称"
                content["appellationAssetId"] = asset
                return try await api.execute(
                    """
                    mutation($input: CreateRpdInput!) { createRpd(input: $input) {
                      rpd { activeVersion { appellations appellationTable { characters } appellationWarnings } }
                      userErrors { field code }
                    } }
                    """,
                    [
                        "input": [
                            "projectId": .string(Key.project(1).id), "kind": .string(kind), "content": .object(content),
                        ]
                    ])
            }
            let asset = try await file(Self.csv, api)
            let made = try await create(asset)
            #expect(made.problems("createRpd") == [])
            #expect(
                made["createRpd.rpd.activeVersion"] == [
                    "appellations": Self.table, "appellationTable": ["characters": ["ソラ", "レン"]],
                    "appellationWarnings": [],
                ])
            let field = "input.content.appellationAssetId"
            let refused: [(Response, String)] = [
                (try await create(asset, ["appellations": Self.table]), "\(field) INVALID"),
                (try await create(asset, kind: "VISUAL_REVIEW"), "\(field) INVALID"),
                (try await create(try await file(Self.csv, api, project: 3)), "\(field) NOT_FOUND"),
                // The supervisor may read files of project 2, whose tables are not for project 1.
                (try await create(try await file(Self.csv, api, project: 2)), "\(field) NOT_FOUND"),
                (try await create(try await file(Self.csv, api, state: "PENDING")), "\(field) NOT_FOUND"),
                (try await create(.string(Key.task(1).id)), "\(field) NOT_FOUND"),
            ]
            for (response, problem) in refused { #expect(response.problems("createRpd") == [problem]) }
        }
    }
}
