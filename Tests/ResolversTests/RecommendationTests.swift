import Foundation
import JSON
import Testing

@testable import Resolvers

/// The characters of materials, and the sets that fit them.
@Suite("Recommendations", .timeLimit(.minutes(15)))
struct RecommendationTests {
    private let recommended = """
        query($id: ID!, $minimum: Float! = 0) { task(id: $id) { reviewSetRecommendations(minimumScore: $minimum) {
          reviewSet { id } rpds { id } score tagScore characterScore taskTags { id } characters { id }
        } } }
        """

    private func choose(_ api: API, _ characters: [Key], as person: Person = .supervisor) async throws -> Response {
        try await api.execute(
            """
            mutation($input: SetSubtaskCharactersInput!) { setSubtaskCharacters(input: $input) {
              subtask { characters { id } predictedCharacters { id } } userErrors { field code message }
            } }
            """, as: person,
            [
                "input": [
                    "subtaskId": .string(Key.subtask(1).id),
                    "characterIds": .array(characters.map { .string($0.id) }),
                ]
            ])
    }

    @Test("rule 11: what people have chosen counts, and where they have chosen nothing the prediction")
    func effective() async throws {
        try await API.run { api in
            try await api.sql(
                """
                insert into subtask_characters (subtask_id, character_id, is_predicted, project_id)
                values (\(Key.subtask(1).sql), \(Key.character(2).sql), true, \(Key.project(1).sql))
                """)
            for (chosen, effective) in [([Key.character(1)], [Key.character(1)]), ([], [.character(2)])] {
                let response = try await choose(api, chosen, as: .partner)
                let subtask = response["setSubtaskCharacters.subtask"]
                #expect(subtask?["characters"] == .array(effective.map { ["id": .string($0.id)] }))
                #expect(subtask?["predictedCharacters"] == [["id": .string(Key.character(2).id)]])
            }
            let foreign = try await choose(api, [.character(1), .character(3)])
            #expect(foreign.problems("setSubtaskCharacters") == ["input.characterIds.1 NOT_FOUND"])
        }
    }

    @Test("rule 15: sets are recommended by the labels and characters that they share with a task, the best first")
    func recommendations() async throws {
        try await API.run { api in
            // Set 1 has label 1 and character 1, set 2 label 2; task 1 has both labels.
            try await api.sql(
                """
                insert into review_set_tags (review_set_id, tag_id, project_id)
                values (\(Key.reviewSet(2).sql), \(Key.tag(2).sql), \(Key.project(1).sql))
                """)
            try await link(api, set: 2, rpd: 3)
            _ = try await choose(api, [.character(1)])
            let id = JSONValue.string(Key.task(1).id)
            let found = try await api.execute(recommended, ["id": id])
            #expect(found.messages == [])
            let list = found["task.reviewSetRecommendations"]?.array ?? []
            #expect(list.map { $0["reviewSet"]?["id"]?.string } == [Key.reviewSet(1).id, Key.reviewSet(2).id])
            #expect(list.map { $0["score"] } == [1.7, 1])
            #expect(list.first?["taskTags"] == [["id": .string(Key.tag(1).id)]])
            #expect(list.first?["characters"] == [["id": .string(Key.character(1).id)]])
            let best = try await api.execute(recommended, ["id": id, "minimum": 1.1])
            #expect(best["task.reviewSetRecommendations"]?.array?.count == 1)
            // A material that is deleted shows nobody, and a task without anything in common gets nothing.
            try await api.sql(
                "update subtasks set deleted_at = now(), position = null where id = \(Key.subtask(1).sql)")
            let without = try await api.execute(recommended, ["id": id])
            #expect(without["task.reviewSetRecommendations"]?.array?.map { $0["score"] } == [1, 1])
            let none = try await api.execute(recommended, ["id": .string(Key.task(3).id)])
            #expect(none["task.reviewSetRecommendations"] == [])
        }
    }

    @Test("rule 13: what is switched off or deleted is not recommended, nor is a set of which nothing would be checked")
    func inactive() async throws {
        try await API.run { api in
            _ = try await choose(api, [.character(1)])
            try await api.sql(
                """
                insert into character_rpds (character_id, rpd_id, project_id)
                values (\(Key.character(1).sql), \(Key.rpd(2).sql), \(Key.project(1).sql))
                """)
            func points() async throws -> (sets: [[String?]], character: [String?], all: [String?]) {
                let found = try await api.execute(
                    """
                    { task(id: "\(Key.task(1).id)") { reviewSetRecommendations { rpds { id } } }
                      node(id: "\(Key.character(1).id)") { ... on Character { rpds { id } recommendedRpds { id } } } }
                    """)
                #expect(found.messages == [])
                func ids(_ value: JSONValue?) -> [String?] { (value?.array ?? []).map { $0["id"]?.string } }
                return (
                    (found["task.reviewSetRecommendations"]?.array ?? []).map { ids($0["rpds"]) },
                    ids(found["node.recommendedRpds"]), ids(found["node.rpds"])
                )
            }
            let both = [Key.rpd(1).id, Key.rpd(2).id]
            #expect(try await points() == ([both], both, both))
            _ = try await api.execute(
                """
                mutation { setRpdActive(input: { rpdId: "\(Key.rpd(1).id)", isActive: false }) {
                  userErrors { message }
                } }
                """)
            #expect(try await points() == ([[Key.rpd(2).id]], [Key.rpd(2).id], both))
            try await api.sql("update rpds set deleted_at = now() where id = \(Key.rpd(2).sql)")
            #expect(try await points() == ([], [], [Key.rpd(1).id]))
        }
    }

    private func link(_ api: API, set: Int, rpd: Int) async throws {
        try await api.sql(
            """
            insert into review_set_rpds (review_set_id, rpd_id, project_id)
            values (\(Key.reviewSet(set).sql), \(Key.rpd(rpd).sql), \(Key.project(1).sql))
            """)
    }

    @Test("the sets for many tasks cost one statement")
    func statements() async throws {
        try await API.run { api in
            let statements = try await api.countStatements {
                _ = try await api.execute(
                    """
                    { project(id: "\(Key.project(1).id)") { tasks { edges { node {
                      reviewSetRecommendations { score reviewSet { name } taskTags { name } }
                    } } } } }
                    """)
            }
            // The project, its tasks, the scores, the sets, the labels.
            #expect(statements.count == 5)
        }
    }
}
