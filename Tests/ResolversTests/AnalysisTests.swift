import Clients
import Foundation
import JSON
import Testing

@testable import Resolvers
@testable import Workflows

/// Looks at pictures, as clients see them.
@Suite("Looks at pictures in the API", .timeLimit(.minutes(15)))
struct AnalysisTests {
    private func start(
        _ api: API, _ field: String, _ subtask: Key, as person: Person = .partner
    ) async throws -> Response {
        let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
        return try await api.execute(
            """
            mutation($input: \(type)!) { \(field)(input: $input) {
              analysis { id kind status modelName subtask { id } content { id } createdBy { id } finishedAt }
              userErrors { field code message }
            } }
            """, as: person, ["input": ["subtaskId": .string(subtask.id)]])
    }

    @Test("what was seen in an earlier version is not said of the newest one")
    func versions() async throws {
        try await API.run { api in
            let query = "query($id: ID!) { subtask(id: $id) { characterPrediction { id } objectDetection { id } } }"
            try await api.sql(
                """
                update picture_analyses
                set content_id = \(Key.content(1).sql)
                where id = \(Key.analysis(1).sql)
                """)
            let response = try await api.execute(query, ["id": .string(Key.subtask(1).id)])
            #expect(
                response["subtask"] == [
                    "characterPrediction": nil, "objectDetection": ["id": .string(Key.analysis(2).id)],
                ])
        }
    }

    @Test("a subtask shows its newest look of each kind, the surest character first")
    func results() async throws {
        try await API.run { api in
            let response = try await api.execute(
                """
                query($id: ID!) { subtask(id: $id) {
                  characterPrediction {
                    id status characters { character { id } confidence picture { id } area { x y width height } }
                    objects { label }
                  }
                  objectDetection { id characters { confidence } objects { label confidence area { x width } } }
                } }
                """, as: .partner, ["id": .string(Key.subtask(1).id)])
            #expect(response.messages == [])
            #expect(
                response["subtask.characterPrediction"]
                    == [
                        "id": .string(Key.analysis(1).id), "status": "COMPLETED",
                        "characters": [
                            [
                                "character": ["id": .string(Key.character(2).id)], "confidence": 0.9375,
                                "picture": nil, "area": nil,
                            ],
                            [
                                "character": ["id": .string(Key.character(1).id)], "confidence": 0.875,
                                "picture": ["id": .string(Key.asset(2).id)],
                                "area": ["x": 0.25, "y": 0.5, "width": 0.5, "height": 0.25],
                            ],
                        ], "objects": [],
                    ])
            let area: JSONValue = ["x": 0, "width": 0.5]
            #expect(
                response["subtask.objectDetection"]
                    == [
                        "id": .string(Key.analysis(2).id), "characters": [],
                        "objects": .array(
                            (1...2).map { ["label": .string("Thing \($0)"), "confidence": 0.5, "area": area] }),
                    ])
        }
    }

    @Test("what looks like an object is found by its part of the picture, whose bytes must be there")
    func similarItems() async throws {
        try await API.run { api in
            let query = """
                query($id: ID!) { node(id: $id) { ... on PictureAnalysis {
                  objects { similarItems(first: 1) { item { id } similarity } }
                } } }
                """
            let id: JSONObject = ["id": .string(Key.analysis(2).id)]
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            let found = try await api.execute(query, id)
            #expect(found.messages == [])
            let objects = try #require(found["node.objects"]?.array)
            #expect(objects.count == 2)
            for object in objects {
                // The picture is not like itself: item 1 has another file.
                #expect(object["similarItems"]?.array?.map { $0["item"]?["id"] } == [.string(Key.item(1).id)])
                // What is stored of both whole files is the same; of a part nothing is stored.
                #expect(try #require(object["similarItems"]?.array?.first?["similarity"]?.double) < 0.99)
            }
            let wrong = try await api.execute(query.replacing("first: 1", with: "first: 0"), id)
            #expect(wrong.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test("asking twice gives the same look, which is then the subtask's newest, and can be ended once")
    func starting() async throws {
        try await API.run { api in
            for (field, kind, newest) in [
                ("predictCharacters", "CHARACTERS", "characterPrediction"),
                ("detectObjects", "OBJECTS", "objectDetection"),
            ] {
                let first = try await start(api, field, .subtask(1))
                #expect(first.problems(field) == [])
                let id = try #require(first["\(field).analysis.id"])
                #expect(first["\(field).analysis.kind"] == .string(kind))
                #expect(first["\(field).analysis.status"] == "PENDING")
                #expect(first["\(field).analysis.content.id"] == .string(Key.content(11).id))
                #expect(first["\(field).analysis.createdBy.id"] == .string(Key.user(3).id))
                #expect(try await start(api, field, .subtask(1), as: .owner)["\(field).analysis.id"] == id)
                let shown = try await api.execute(
                    "query($id: ID!) { subtask(id: $id) { \(newest) { id } } }", ["id": .string(Key.subtask(1).id)])
                #expect(shown["subtask.\(newest).id"] == id)
                for _ in 0..<2 {
                    let ended = try await api.execute(
                        """
                        mutation($input: CancelPictureAnalysisInput!) { cancelPictureAnalysis(input: $input) {
                          analysis { status } userErrors { code }
                        } }
                        """, ["input": ["pictureAnalysisId": id]])
                    #expect(ended["cancelPictureAnalysis"] == ["analysis": ["status": "CANCELLED"], "userErrors": []])
                }
                #expect(try await start(api, field, .subtask(1))["\(field).analysis.id"] != id)
            }
        }
    }

    @Test("nobody to compare with, and a material that is no picture, are told at the field")
    func faults() async throws {
        try await API.run { api in
            try await api.sql("update characters set picture_id = null")
            try await api.sql("delete from character_pictures where kind = 'GALLERY'")
            let refused = try await start(api, "predictCharacters", .subtask(1))
            #expect(refused.problems("predictCharacters") == ["input.subtaskId NO_CHARACTER_PICTURES"])
            #expect(refused["predictCharacters.analysis"] == .null)
            try await api.sql("update subtasks set kind = 'TEXT' where id = \(Key.subtask(1).sql)")
            for field in ["predictCharacters", "detectObjects"] {
                let response = try await start(api, field, .subtask(1))
                #expect(response.problems(field) == ["input.subtaskId INVALID"])
            }
        }
    }

    @Test("who watches a task is told of its looks, with their ids")
    func events() async throws {
        try await API.run { api in
            let started = try await start(api, "detectObjects", .subtask(1))
            let id = try #require(started["detectObjects.analysis.id"])
            let stream = try await Watch(
                api,
                """
                subscription($id: ID!, $after: ID) { taskEvents(taskId: $id, after: $after) {
                  __typename task { id } ... on PictureAnalysisChanged { kind status subtask { id } analysis { id status } }
                } }
                """, .task(1), after: "0", as: .partner)
            var event = try #require(try await stream.next())
            while event["taskEvents"]?["__typename"] != "PictureAnalysisChanged" {
                event = try #require(try await stream.next())
            }
            #expect(
                event["taskEvents"] == [
                    "__typename": "PictureAnalysisChanged", "task": ["id": .string(Key.task(1).id)], "kind": "OBJECTS",
                    "status": "PENDING", "subtask": ["id": .string(Key.subtask(1).id)],
                    "analysis": ["id": id, "status": "PENDING"],
                ])
            stream.cancel()
        }
    }
}
