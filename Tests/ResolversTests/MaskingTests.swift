import Database
import JSON
import Logging
import Testing

@testable import Resolvers

@Suite("Unexpected errors", .timeLimit(.minutes(15)))
struct MaskingTests {
    @Test("a failure of the database is told without its words, and the log has them under the same id")
    func masked() async throws {
        try await API.run { api in
            try await api.sql("alter table tasks rename to secret_table")
            let response = try await api.execute(
                "query($id: ID!) { viewer { name } task(id: $id) { name } }", ["id": .string(Key.task(1).id)])
            #expect(response["viewer.name"] == "Supervisor")
            #expect(response["task"] == .null)
            #expect(response.messages == ["Internal server error"])
            #expect(response.codes == ["INTERNAL_SERVER_ERROR"])
            let extensions = try #require(response.errors.first?["extensions"]?.object)
            #expect(extensions.keys == ["code", "errorId"])
            for word in ["tasks", "relation", "select", "42P01", "Database", ".swift"] {
                #expect(!response.text.contains(word), "\(word)")
            }
            let entry = try #require(api.log.entries.first)
            #expect(api.log.entries.count == 1)
            #expect(entry.level == .error)
            #expect(entry.metadata["error-id"].map { "\($0)" } == extensions["errorId"]?.string)
            #expect(entry.metadata["request-id"].map { "\($0)" } == "request-1")
            #expect(entry.metadata["error"].map { "\($0)" }?.contains("tasks") == true)
        }
    }

    @Test("without a database everything that needs one fails alike, and nothing hangs")
    func noDatabase() async throws {
        try await API.run { api in
            await api.pool.stop()
            for query in [
                "{ viewer { id } }", "{ projects { totalCount } }",
                "mutation { updateProject(input: { projectId: \"\(Key.project(1).id)\" }) { project { id } } }",
                "mutation { cancelReview(input: { reviewId: \"\(Key.review(3).id)\" }) { review { id } } }",
            ] {
                let response = try await api.execute(query)
                #expect(response.codes == ["INTERNAL_SERVER_ERROR"], "\(query)")
                #expect(response.errors.first?["extensions"]?["errorId"]?.string?.count == 36)
                #expect(!response.text.contains("pool"))
            }
            #expect(api.log.entries.count == 4)
        }
    }

    @Test("every error has an id of its own")
    func ids() async throws {
        try await API.run { api in
            try await api.sql("alter table tasks rename to secret_table")
            let response = try await api.execute(
                "query($id: ID!) { a: project(id: $id) { tasks { totalCount } } b: task(id: \"\(Key.task(1).id)\") { id } }",
                ["id": .string(Key.project(1).id)])
            let ids = response.errors.compactMap { $0["extensions"]?["errorId"]?.string }
            #expect(ids.count == response.errors.count && ids.count >= 2)
            #expect(Set(ids).count == ids.count)
            #expect(api.log.entries.count == ids.count)
        }
    }

    @Test("who breaks off gets CANCELLED, and the log stays silent")
    func cancelled() async throws {
        try await API.run { api in
            let task = Task(executorPreference: api.pool.loop) {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await api.execute("{ projects { totalCount } }")
            }
            let response = try await task.value
            #expect(response.codes == ["CANCELLED"])
            #expect(api.log.entries.isEmpty)
        }
    }
}
