import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Annotations", .timeLimit(.minutes(15)))
struct AnnotationTests {
    private func id(_ key: Key) -> JSONValue { .string(key.id) }

    /// Runs a mutation; `input` is its literal.
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String = "__typename",
        as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    /// Makes the current version of subtask 1 a video of four seconds.
    private func makeVideo(_ api: API) async throws {
        _ = try await api.sql(
            "update assets set media_type = 'video/mp4', duration_seconds = 4 where id = \(Key.asset(2).sql)")
    }

    @Test("what is written comes back as it was written, on the current version, with its author")
    func everything() async throws {
        try await API.run { api in
            try await makeVideo(api)
            let response = try await mutate(
                api, "createAnnotation",
                """
                subtaskId: "\(Key.subtask(1).id)", text: "目の色", shape: CIRCLE, color: "#FFaa00", startSeconds: 1.5,
                endSeconds: 2, area: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }, drawing: { strokes: [[1, 2.5]] },
                attachmentId: "\(Key.asset(1).id)"
                """,
                """
                annotation { text shape color startSeconds endSeconds drawing isSolved isByAi area { x y width height }
                  attachment { id } content { version } createdBy { id } parent { id } subtask { id } }
                """, as: .partner)
            #expect(response.messages == [])
            #expect(
                response["createAnnotation.annotation"]
                    == [
                        "text": "目の色", "shape": "CIRCLE", "color": "#ffaa00", "startSeconds": 1.5, "endSeconds": 2,
                        "drawing": ["strokes": [[1, 2.5]]], "isSolved": false, "isByAi": false,
                        "area": ["x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4], "attachment": ["id": id(.asset(1))],
                        "content": ["version": 2], "createdBy": ["id": id(.user(3))], "parent": nil,
                        "subtask": ["id": id(.subtask(1))],
                    ])
        }
    }

    @Test("rule 4: only the author changes or deletes an annotation, and the AI's stay as they are")
    func authors() async throws {
        try await API.run { api in
            for (annotation, person) in [(1, Person.owner), (2, .supervisor), (3, .supervisor), (1, .partner)] {
                let key = Key.annotation(annotation).id
                for field in ["updateAnnotation", "deleteAnnotation", "restoreAnnotation"] {
                    let text = field == "updateAnnotation" ? #", text: "x""# : ""
                    let refused = try await mutate(api, field, #"annotationId: "\#(key)"\#(text)"#, as: person)
                    #expect(refused.codes == ["FORBIDDEN"], "\(field) \(annotation) \(person)")
                }
            }
            let solved = try await mutate(
                api, "setAnnotationSolved", #"annotationId: "\#(Key.annotation(2).id)", isSolved: true"#,
                "annotation { isSolved solvedBy { id } solvedAt }", as: .partner)
            #expect(solved["setAnnotationSolved.annotation.solvedBy.id"] == id(.user(3)))
            #expect(try await api.number("select count(*) from annotations where body like 'Annotation %'") == 3)
        }
    }

    @Test("rule 4: deleting an annotation deletes the answers to it")
    func answers() async throws {
        try await API.run { api in
            let deleted = try await mutate(
                api, "deleteAnnotation", #"annotationId: "\#(Key.annotation(1).id)""#, "deletedAnnotationId")
            #expect(deleted["deleteAnnotation.deletedAnnotationId"] == id(.annotation(1)))
            let left = try await api.execute(
                #"{ subtask(id: "\#(Key.subtask(1).id)") { annotations { edges { node { id } } } } node(id: "\#(Key.annotation(2).id)") { id } }"#
            )
            #expect(left.ids("subtask.annotations") == [Key.annotation(3).id])
            #expect(left["node"] == .null)
        }
    }

    @Test("a deleted annotation comes back with the answers that went with it, and without those deleted before")
    func restoring() async throws {
        try await API.run { api in
            let thread = #"annotationId: "\#(Key.annotation(1).id)""#
            func answer(_ text: String) async throws -> String {
                let made = try await mutate(
                    api, "createAnnotation",
                    #"subtaskId: "\#(Key.subtask(1).id)", parentId: "\#(Key.annotation(1).id)", text: "\#(text)""#,
                    "annotation { id }")
                return try #require(made["createAnnotation.annotation.id"]?.string)
            }
            func threads() async throws -> JSONValue? {
                let response = try await api.execute(
                    """
                    { subtask(id: "\(Key.subtask(1).id)") {
                      annotations { totalCount edges { node { text replies { totalCount edges { node { text } } } } } }
                    } }
                    """)
                #expect(response.messages == [])
                return response["subtask.annotations"]
            }
            let (kept, before) = (try await answer("kept"), try await answer("deleted before"))
            _ = try await mutate(api, "deleteAnnotation", #"annotationId: "\#(before)""#)
            let shown = try await threads()
            #expect(shown?["edges"]?[0]?["node"]?["replies"]?["totalCount"] == 2)
            _ = try await mutate(api, "deleteAnnotation", thread)
            _ = try await mutate(api, "deleteAnnotation", thread)
            let without = try await threads()
            #expect(without?["totalCount"] == 1)
            #expect(without?["edges"]?[0]?["node"]?["text"] == "Annotation 3")
            // Nobody changes, solves or answers it now.
            for (field, rest) in [("updateAnnotation", #", text: "x""#), ("setAnnotationSolved", ", isSolved: true")] {
                let gone = try await mutate(api, field, thread + rest)
                #expect(gone.codes == ["NOT_FOUND"], "\(field)")
            }
            let late = try await mutate(
                api, "createAnnotation",
                #"subtaskId: "\#(Key.subtask(1).id)", parentId: "\#(Key.annotation(1).id)", text: "late""#)
            #expect(late.problems("createAnnotation") == ["input.parentId NOT_FOUND"])
            // Of its answers none comes back before it.
            for id in [kept, before] {
                let early = try await mutate(api, "restoreAnnotation", #"annotationId: "\#(id)""#)
                #expect(early.problems("restoreAnnotation") == ["input.annotationId CONFLICT"])
            }
            let restored = try await mutate(api, "restoreAnnotation", thread, "annotation { text deletedAt }")
            #expect(restored["restoreAnnotation.annotation"] == ["text": "Look here", "deletedAt": nil])
            #expect(try await threads() == shown)
            _ = try await mutate(api, "restoreAnnotation", #"annotationId: "\#(before)""#)
            #expect(try await threads()?["edges"]?[0]?["node"]?["replies"]?["totalCount"] == 3)
        }
    }

    @Test("faults come back at their fields, all at once, and nothing is written")
    func faults() async throws {
        try await API.run { api in
            try await makeVideo(api)
            let before = try await api.number("select count(*) from annotations")
            for (input, problems) in [
                ("", ["input.text REQUIRED"]),
                (#"text: "x", parentId: "\#(Key.annotation(2).id)""#, ["input.parentId INVALID"]),
                (#"text: "x", parentId: "\#(Key.annotation(4).id)""#, ["input.parentId NOT_FOUND"]),
                (#"text: "x", attachmentId: "\#(Key.asset(9).id)""#, ["input.attachmentId NOT_FOUND"]),
                (
                    #"text: "x", color: "red", area: { x: 0.9, y: 0, width: 0.2, height: 1 }, startSeconds: 3, endSeconds: 2"#,
                    ["input.area INVALID", "input.color INVALID", "input.endSeconds INVALID"]
                ),
                (#"text: "x", startSeconds: -1"#, ["input.startSeconds INVALID"]),
                (#"text: "x", endSeconds: 1"#, ["input.endSeconds INVALID"]),
                (
                    #"text: "x", startSeconds: 4.5, endSeconds: 5"#,
                    ["input.startSeconds OUTSIDE_DURATION", "input.endSeconds OUTSIDE_DURATION"]
                ),
            ] {
                let response = try await mutate(
                    api, "createAnnotation", #"subtaskId: "\#(Key.subtask(1).id)", \#(input)"#, "annotation { id }")
                #expect(response.problems("createAnnotation") == problems)
                #expect(response["createAnnotation.annotation"] == .null)
            }
            #expect(try await api.number("select count(*) from annotations") == before)
        }
    }

    @Test("a sample has two colors and an overlay a picture and its opacity, each a place; nothing else has any")
    func samples() async throws {
        try await API.run { api in
            func write(_ input: String) async throws -> Response {
                try await mutate(
                    api, "createAnnotation", #"subtaskId: "\#(Key.subtask(1).id)", \#(input)"#,
                    "annotation { id text shape sampledColor referenceColor opacity attachment { id } }")
            }
            let area = "area: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }"
            let attachment = #"attachmentId: "\#(Key.asset(1).id)""#
            let colors = ##"sampledColor: "#FF0000", referenceColor: "#00ff7F""##
            let sample = try await write("shape: COLOR_SAMPLE, \(area), \(colors)")
            let overlay = try await write("shape: PICTURE_OVERLAY, \(area), \(attachment), opacity: 0.25")
            #expect(sample.messages == [])
            #expect(overlay.messages == [])
            let made = try #require(sample["createAnnotation.annotation.id"]?.string)
            #expect(
                sample["createAnnotation.annotation"]
                    == [
                        "id": .string(made), "text": "", "shape": "COLOR_SAMPLE", "sampledColor": "#ff0000",
                        "referenceColor": "#00ff7f", "opacity": nil, "attachment": nil,
                    ])
            #expect(overlay["createAnnotation.annotation.opacity"] == 0.25)
            #expect(overlay["createAnnotation.annotation.attachment"] == ["id": id(.asset(1))])
            for (input, problems) in [
                (
                    "shape: COLOR_SAMPLE",
                    ["input.sampledColor REQUIRED", "input.referenceColor REQUIRED", "input.area REQUIRED"]
                ),
                (
                    ##"shape: COLOR_SAMPLE, \##(area), sampledColor: "red", referenceColor: "#00ff7g""##,
                    ["input.sampledColor INVALID", "input.referenceColor INVALID"]
                ),
                ("shape: COLOR_SAMPLE, \(area), \(colors), opacity: 1", ["input.opacity INVALID"]),
                (
                    "shape: PICTURE_OVERLAY",
                    ["input.opacity REQUIRED", "input.area REQUIRED", "input.attachmentId REQUIRED"]
                ),
                ("shape: PICTURE_OVERLAY, \(area), \(attachment), opacity: 1.01", ["input.opacity INVALID"]),
                (
                    #"shape: PICTURE_OVERLAY, \#(area), opacity: 0, attachmentId: "\#(Key.asset(9).id)""#,
                    ["input.attachmentId NOT_FOUND"]
                ),
                (
                    #"text: "x", \#(colors), opacity: 0"#,
                    ["input.sampledColor INVALID", "input.referenceColor INVALID", "input.opacity INVALID"]
                ),
            ] {
                #expect(try await write(input).problems("createAnnotation") == problems, "\(input)")
            }
            let changed = try await mutate(
                api, "updateAnnotation", #"annotationId: "\#(made)", text: "plain""#,
                "annotation { shape sampledColor referenceColor }")
            #expect(
                changed["updateAnnotation.annotation"] == ["shape": nil, "sampledColor": nil, "referenceColor": nil])
            let laid = try #require(overlay["createAnnotation.annotation.id"]?.string)
            for (input, values) in [
                (
                    ##"shape: COLOR_SAMPLE, \##(area), sampledColor: "#010203", referenceColor: "#040506""##,
                    ["sampledColor": "#010203", "referenceColor": "#040506", "opacity": nil]
                ),
                (
                    "shape: PICTURE_OVERLAY, \(area), \(attachment), opacity: 0.75",
                    ["sampledColor": nil, "referenceColor": nil, "opacity": 0.75]
                ),
            ] as [(String, JSONValue)] {
                let other = try await mutate(
                    api, "updateAnnotation", #"annotationId: "\#(laid)", text: "", \#(input)"#,
                    "annotation { sampledColor referenceColor opacity }")
                #expect(other.messages == [])
                #expect(other["updateAnnotation.annotation"] == values)
            }
        }
    }

    @Test("times lie inside the version that is annotated, and what is no video or recording has none")
    func times() async throws {
        try await API.run { api in
            func write(_ times: String) async throws -> Response {
                try await mutate(
                    api, "createAnnotation", #"subtaskId: "\#(Key.subtask(1).id)", text: "x", \#(times)"#,
                    "annotation { id startSeconds endSeconds }")
            }
            let still = try await write("startSeconds: 0, endSeconds: 1")
            #expect(
                still.problems("createAnnotation") == ["input.startSeconds INVALID", "input.endSeconds INVALID"])
            try await makeVideo(api)
            // A player may count the end a little later than we do.
            let last = try await write("startSeconds: 4, endSeconds: 4.0004")
            #expect(last["createAnnotation.annotation.endSeconds"] == 4)
            let written = try #require(last["createAnnotation.annotation.id"]?.string)
            for (times, problems) in [
                ("startSeconds: 3, endSeconds: 4.1", ["input.endSeconds OUTSIDE_DURATION"]), ("startSeconds: 1", []),
            ] {
                let changed = try await mutate(
                    api, "updateAnnotation", #"annotationId: "\#(written)", text: "x", \#(times)"#,
                    "annotation { startSeconds endSeconds }")
                #expect(changed.problems("updateAnnotation") == problems)
                #expect(changed["updateAnnotation.annotation.startSeconds"] == (problems.isEmpty ? 1 : 4))
            }
        }
    }

    @Test("a filter shows what it names")
    func filters() async throws {
        try await API.run { api in
            for (filter, expected) in [
                ("isSolved: true", [1]), ("isSolved: false", [3]), ("isByAi: true", [3]), ("contentVersion: 1", []),
                ("contentVersion: 2", [1, 3]), ("shapes: [RECTANGLE, ARROW]", [1]),
                ("isSolved: true, isByAi: true", []),
            ] {
                let response = try await api.execute(
                    #"{ subtask(id: "\#(Key.subtask(1).id)") { annotations(filter: { \#(filter) }) { totalCount edges { node { id } } } } }"#
                )
                #expect(response.ids("subtask.annotations") == expected.map { Key.annotation($0).id }, "\(filter)")
                #expect(response["subtask.annotations.totalCount"] == .int(Int64(expected.count)))
            }
        }
    }

    @Test("rule 10: a copied subtask has the annotations and their answers under ids of its own")
    func copies() async throws {
        try await API.run { api in
            try await api.sql(
                """
                update annotations
                set shape = 'COLOR_SAMPLE', sampled_color = '#ff0000', reference_color = '#00ff00'
                where id = \(Key.annotation(1).sql)
                """)
            let deleted = try await mutate(
                api, "createAnnotation", #"subtaskId: "\#(Key.subtask(1).id)", text: "deleted""#, "annotation { id }")
            let gone = try #require(deleted["createAnnotation.annotation.id"]?.string)
            _ = try await mutate(api, "deleteAnnotation", #"annotationId: "\#(gone)""#)
            let copied = try await mutate(
                api, "copySubtask", #"subtaskId: "\#(Key.subtask(1).id)", taskId: "\#(Key.task(1).id)""#,
                """
                subtask { annotations { edges { node { id text sampledColor isByAi finding { id } content { version } createdBy { id }
                  replies { edges { node { text } } } } } } }
                """)
            let nodes = copied["copySubtask.subtask.annotations.edges"]?.array?.compactMap { $0["node"] } ?? []
            #expect(nodes.compactMap { $0["text"]?.string } == ["Look here", "Annotation 3"])
            #expect(nodes.first?["replies"]?["edges"] == [["node": ["text": "Annotation 2"]]])
            #expect(nodes.first?["createdBy"]?["id"] == id(.user(1)))
            #expect(nodes.first?["sampledColor"] == "#ff0000")
            // The copy is of another material: what was found stays with the one that was reviewed.
            #expect(nodes.last?["isByAi"] == true && nodes.last?["finding"] == .null)
            #expect(nodes.allSatisfy { $0["content"]?["version"] == 1 && $0["id"] != id(.annotation(1)) })
        }
    }

    @Test("rule 10: a copied subtask has the samples and overlays as they are")
    func copiedSamples() async throws {
        try await API.run { api in
            let area = "area: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }"
            for input in [
                ##"shape: COLOR_SAMPLE, \##(area), sampledColor: "#010203", referenceColor: "#040506""##,
                #"shape: PICTURE_OVERLAY, \#(area), attachmentId: "\#(Key.asset(1).id)", opacity: 0.25"#,
            ] {
                let made = try await mutate(api, "createAnnotation", #"subtaskId: "\#(Key.subtask(2).id)", \#(input)"#)
                #expect(made.messages == [])
            }
            let copied = try await mutate(
                api, "copySubtask", #"subtaskId: "\#(Key.subtask(2).id)", taskId: "\#(Key.task(1).id)""#,
                """
                subtask { annotations(filter: { shapes: [COLOR_SAMPLE, PICTURE_OVERLAY] }) {
                  edges { node { shape sampledColor referenceColor opacity attachment { id } } }
                } }
                """)
            #expect(copied.messages == [])
            #expect(
                copied["copySubtask.subtask.annotations.edges"]
                    == [
                        [
                            "node": [
                                "shape": "COLOR_SAMPLE", "sampledColor": "#010203", "referenceColor": "#040506",
                                "opacity": nil, "attachment": nil,
                            ]
                        ],
                        [
                            "node": [
                                "shape": "PICTURE_OVERLAY", "sampledColor": nil, "referenceColor": nil, "opacity": 0.25,
                                "attachment": ["id": id(.asset(1))],
                            ]
                        ],
                    ])
        }
    }

    @Test("who watches a task hears of annotations")
    func events() async throws {
        try await API.run { api in
            let stream = try await Watch(
                api,
                """
                subscription($id: ID!, $after: ID) { taskEvents(taskId: $id, after: $after) {
                  ... on AnnotationChanged { change annotationId annotation { text } subtask { id } }
                } }
                """, .task(1))
            _ = try await mutate(
                api, "setAnnotationSolved", #"annotationId: "\#(Key.annotation(1).id)", isSolved: false"#)
            _ = try await mutate(api, "deleteAnnotation", #"annotationId: "\#(Key.annotation(1).id)""#)
            _ = try await mutate(api, "restoreAnnotation", #"annotationId: "\#(Key.annotation(1).id)""#)
            for change in ["UPDATED", "DELETED", "RESTORED"] {
                let event = try #require(try await stream.next()?["taskEvents"])
                #expect(event["change"] == .string(change))
                #expect(event["annotationId"] == id(.annotation(1)))
                #expect(event["subtask"]?["id"] == id(.subtask(1)))
            }
            stream.cancel()
        }
    }
}
