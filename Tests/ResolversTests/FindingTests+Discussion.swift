import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Threads about findings", .timeLimit(.minutes(15)))
struct FindingDiscussionTests {
    private func discuss(_ api: API, _ finding: Int, as person: Person = .supervisor) async throws -> Response {
        try await api.execute(
            """
            mutation($id: ID!) { discussFinding(input: { findingId: $id }) {
              annotation {
                id text shape area { x y width height } startSeconds endSeconds isByAi isSolved color
                createdBy { id } parent { id } content { version } subtask { id } finding { id discussion { id } }
              }
              userErrors { field code }
            } }
            """, as: person, ["id": .string(Key.finding(finding).id)])
    }

    private func mutate(_ api: API, _ field: String, _ input: String, _ selection: String) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code } } }")
    }

    @Test("what the AI found is an annotation in its words, at its place, on the version that was reviewed")
    func words() async throws {
        try await API.run { api in
            try await api.sql(
                """
                update findings
                set suggestion = 'Redraw it.', area_x = 0.25, area_y = 0.5, area_width = 0.5, area_height = 0.25,
                    image_width = 640, image_height = 480, start_seconds = 1, end_seconds = 2
                where id = \(Key.finding(1).sql)
                """)
            // Finding 1 is of the first version of a material that has two.
            let response = try await discuss(api, 1, as: .partner)
            #expect(response.messages == [])
            let made = try #require(response["discussFinding.annotation.id"])
            #expect(
                response["discussFinding.annotation"]
                    == [
                        "id": made, "text": "Finding 1 「監修」\n\nRedraw it.", "shape": "RECTANGLE",
                        "area": ["x": 0.25, "y": 0.5, "width": 0.5, "height": 0.25], "startSeconds": 1,
                        "endSeconds": 2, "isByAi": true, "isSolved": false, "color": nil, "createdBy": nil,
                        "parent": nil, "content": ["version": 1], "subtask": ["id": .string(Key.subtask(1).id)],
                        "finding": ["id": .string(Key.finding(1).id), "discussion": ["id": made]],
                    ])
            let plain = try await discuss(api, 5)
            #expect(plain["discussFinding.annotation.text"] == "Finding 5 「監修」")
            #expect(plain["discussFinding.annotation.shape"] == .null)
            #expect(plain["discussFinding.annotation.area"] == .null)
        }
    }

    @Test("of a finding that people have corrected it says what the AI said, and keeps it when they correct it again")
    func corrected() async throws {
        try await API.run { api in
            let begun = try await discuss(api, 2)
            #expect(begun["discussFinding.annotation.text"] == "Before 1\n\nLook.")
            #expect(begun["discussFinding.annotation.startSeconds"] == 1.5)
            // The area was drawn by people.
            #expect(begun["discussFinding.annotation.shape"] == .null)
            _ = try await mutate(
                api, "updateFinding", #"findingId: "\#(Key.finding(2).id)", description: "New""#, "finding { id }")
            let again = try await discuss(api, 2)
            #expect(again["discussFinding.annotation"] == begun["discussFinding.annotation"])
        }
    }

    @Test("thirty-two people at once get the same thread, and watchers hear of it once")
    func once() async throws {
        try await API.run { api in
            let stream = try await Watch(
                api,
                """
                subscription($id: ID!, $after: ID) { taskEvents(taskId: $id, after: $after) {
                  ... on AnnotationChanged { change annotation { finding { id } } }
                } }
                """, .task(1))
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<32 {
                    group.addTask {
                        try await self.discuss(api, 5, as: number.isMultiple(of: 2) ? .partner : .supervisor)[
                            "discussFinding.annotation.id"]?.string
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1 && !ids.contains(nil))
            #expect(
                try await api.number("select count(*) from annotations where finding_id = \(Key.finding(5).sql)") == 1)
            #expect(
                try await api.number(
                    "select count(*) from events where kind = 'annotation-changed' and topic like 'task:%'") == 1)
            let event = try #require(try await stream.next()?["taskEvents"])
            #expect(event == ["change": "CREATED", "annotation": ["finding": ["id": .string(Key.finding(5).id)]]])
            stream.cancel()
        }
    }

    @Test("people answer and solve it, and nobody changes or deletes what the AI said")
    func thread() async throws {
        try await API.run { api in
            let made = try #require(try await discuss(api, 5)["discussFinding.annotation.id"]?.string)
            let answered = try await mutate(
                api, "createAnnotation", #"subtaskId: "\#(Key.subtask(1).id)", parentId: "\#(made)", text: "No.""#,
                "annotation { parent { id } isByAi }")
            #expect(answered["createAnnotation.annotation"] == ["parent": ["id": .string(made)], "isByAi": false])
            let solved = try await mutate(
                api, "setAnnotationSolved", #"annotationId: "\#(made)", isSolved: true"#, "annotation { isSolved }")
            #expect(solved["setAnnotationSolved.annotation.isSolved"] == true)
            for (field, more) in [("updateAnnotation", #", text: "x""#), ("deleteAnnotation", "")] {
                let refused = try await mutate(api, field, #"annotationId: "\#(made)"\#(more)"#, "__typename")
                #expect(refused.codes == ["FORBIDDEN"])
            }
        }
    }

    @Test("what a person found is not the AI's to say, and what nobody sees or is deleted is not found")
    func refusals() async throws {
        try await API.run { api in
            try await api.sql(
                "update findings set is_by_ai = false, created_by = \(Key.user(1).sql) where id = \(Key.finding(5).sql)"
            )
            let persons = try await discuss(api, 5)
            #expect(persons.problems("discussFinding") == ["input.findingId INVALID"])
            #expect(persons["discussFinding.annotation"] == .null)
            for finding in [6, 99] {
                #expect(try await discuss(api, finding).codes == ["NOT_FOUND"])
            }
            try await api.sql(
                "update subtasks set deleted_at = now(), position = null where id = \(Key.subtask(1).sql)")
            #expect(try await discuss(api, 3).codes == ["NOT_FOUND"])
        }
    }
}
