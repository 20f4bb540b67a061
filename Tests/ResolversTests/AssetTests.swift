import Database
import JSON
import Testing

@testable import Resolvers

/// A project's files and exports as lists.
@Suite("Files of projects", .timeLimit(.minutes(15)))
struct AssetTests {
    @Test("every purpose that the table allows has its value in the API")
    func purposes() async throws {
        try await API.run { api in
            let check = try await api.sql(
                "select pg_get_constraintdef(oid) from pg_constraint where conname = 'assets_purpose_is_known'")
            let stored = check[0].string(0).matches(of: /'([A-Z_]+)'/).map { String($0.1) }
            let response = try await api.execute(#"{ __type(name: "AssetPurpose") { enumValues { name } } }"#)
            let known = response["__type.enumValues"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(stored.sorted() == known.sorted())
        }
    }

    @Test("screens show a picture's copy, itself where it has none, and of a video nothing")
    func previews() async throws {
        try await API.run { api in
            func shown() async throws -> String? {
                let query = "query($id: ID!) { node(id: $id) { ... on Asset { url previewUrl } } }"
                let asset = try await api.execute(query, ["id": .string(Key.asset(2).id)])["node"]
                let (url, preview) = (asset?["url"]?.string, asset?["previewUrl"]?.string)
                guard let preview, preview != url else { return preview.map { _ in "itself" } }
                return preview.contains("/files/2-preview?") ? "copy" : preview
            }
            #expect(try await shown() == "itself")
            try await api.sql("update assets set preview_key = 'files/2-preview' where id = \(Key.asset(2).sql)")
            #expect(try await shown() == "copy")
            try await api.sql(
                """
                update assets
                set preview_key = null, media_type = 'video/mp4', duration_seconds = 4
                where id = \(Key.asset(2).sql)
                """)
            #expect(try await shown() == nil)
        }
    }

    @Test("a project shows its files in every state and its exports, but no export without a task")
    func lists() async throws {
        try await API.run { api in
            let query = """
                query($id: ID!) { project(id: $id) {
                    assets(filter: { states: [PENDING, FAILED] }) { totalCount edges { node { state purpose } } }
                    exports { totalCount edges { node { id } } }
                } }
                """
            let before = try await api.execute(query, as: .partner, ["id": .string(Key.project(1).id)])
            #expect(before.messages == [])
            #expect(
                before["project.assets.edges"] == [
                    ["node": ["state": "FAILED", "purpose": "SUBTASK_CONTENT"]],
                    ["node": ["state": "PENDING", "purpose": "SUBTASK_CONTENT"]],
                ])
            let count = try #require(before["project.exports.totalCount"]?.int)
            #expect(count > 0)
            try await api.sql(
                """
                update tasks
                set deleted_at = now()
                where id in (select task_id from export_tasks where export_id = \(Key.export(1).sql))
                """)
            let after = try await api.execute(query, as: .partner, ["id": .string(Key.project(1).id)])
            let ids = after["project.exports.edges"]?.array?.compactMap { $0["node"]?["id"]?.string } ?? []
            #expect(!ids.contains(Key.export(1).id))
            #expect(after["project.exports.totalCount"]?.int == Int64(ids.count))
        }
    }
}
