import Foundation
import JSON
import Testing

@testable import Resolvers

/// What the operations of the screens show, beyond that they run.
@Suite("Examples of operations", .timeLimit(.minutes(15)))
struct ExampleTests {
    private func example(_ name: String) throws -> String {
        let root = GoldenFile.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Examples/operations/\(name).graphql"), encoding: .utf8)
    }

    /// Thirty more decisions, versions and reviews of material 1, each later than the one before.
    private static let past = """
        insert into subtask_contents (id, project_id, subtask_id, version, asset_id, created_at)
        select md5('content' || n)::uuid, \(Key.project(1).sql), \(Key.subtask(1).sql), n, \(Key.asset(2).sql),
            \(Fixture.at(0)) + n * interval '1 day'
        from generate_series(3, 32) as n;
        insert into subtask_decisions (id, project_id, subtask_id, content_id, from_status, to_status, comment, created_at)
        select md5('decision' || n)::uuid, \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), 'PENDING',
            'DENIED', 'Decision ' || n, \(Fixture.at(0)) + n * interval '1 day'
        from generate_series(3, 32) as n;
        insert into reviews (
            project_id, subtask_id, content_id, version, status, mode, trigger, created_at, finished_at
        )
        select \(Key.project(1).sql), \(Key.subtask(1).sql), \(Key.content(11).sql), n, 'CANCELLED', 'SPEED',
            'RPD_SELECTION', \(Fixture.at(0)) + n * interval '1 day', now()
        from generate_series(4, 32) as n
        """

    @Test("screens show the newest decisions, versions and reviews of a material, not the first ones there ever were")
    func newest() async throws {
        try await API.run { api in
            for statement in Self.past.split(separator: ";") { try await api.sql(String(statement)) }
            let variables: JSONObject = ["task": .string(Key.task(1).id), "subtask": .string(Key.subtask(1).id)]
            let preview = try await api.execute(try example("task-preview"), variables)
            #expect(preview.messages == [])
            #expect(
                preview["task.subtasks.edges.0.node.decisions.edges"]?.array?.map { $0["node"]?["comment"]?.string }
                    == (28...32).reversed().map { "Decision \($0)" })
            let detail = try await api.execute(try example("task-detail"), variables)
            #expect(detail.messages == [])
            let decisions = detail["subtask.decisions.edges"]?.array?.map { $0["node"]?["createdAt"]?.string ?? "" }
            #expect(decisions?.count == 20 && decisions?.first?.hasPrefix("2026-02-02") == true)
            for list in ["contents", "reviews"] {
                let versions = detail["subtask.\(list).edges"]?.array?.map { $0["node"]?["version"]?.int }
                #expect(versions == (13...32).reversed().map { Int64($0) }, "\(list)")
            }
        }
    }
}
