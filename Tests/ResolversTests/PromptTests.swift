import Clients
import Foundation
import JSON
import Testing

@testable import Resolvers

@Suite("Help with words", .timeLimit(.minutes(15)))
struct PromptTests {
    @Test("titles, wordings and criteria come with how they were made, and nothing is stored")
    func words() async throws {
        try await API.run { api in
            let project = JSONValue.string(Key.project(1).id)
            let before = try await api.number("select count(*) from rpds")
            let titles = try await api.execute(
                """
                mutation($input: SuggestRpdTitlesInput!) { suggestRpdTitles(input: $input) {
                  suggestions { text confidence } method modelName userErrors { code }
                } }
                """, ["input": ["projectId": project, "text": "レンの瞳の色が青であることを確認してください。", "limit": 1]])
            #expect(titles["suggestRpdTitles.suggestions"] == [["text": "レンの瞳の色が青", "confidence": 0.4]])
            #expect(titles["suggestRpdTitles.method"]?.string?.contains("言語モデルは使っていません") == true)
            let content = try await api.execute(
                """
                mutation($input: SuggestRpdContentInput!) { suggestRpdContent(input: $input) {
                  suggestion { kind title tags } userErrors { code }
                } }
                """, ["input": ["projectId": project, "text": "「俺」という一人称の呼称"]])
            #expect(content["suggestRpdContent.suggestion.kind"] == "TEXT_REVIEW")
            #expect(content["suggestRpdContent.suggestion.tags"] == ["俺", "呼称", "一人称"])
            let criteria = try await api.execute(
                """
                mutation($input: RewriteRpdInstructionInput!) { rewriteRpdInstruction(input: $input) {
                  suggestion { text } userErrors { code }
                } }
                """, ["input": ["projectId": project, "instruction": "目は青。1. 髪は黒。"]])
            #expect(
                criteria["rewriteRpdInstruction.suggestion.text"]
                    == "次の基準をひとつずつ確認してください。\n1. 目は青。\n2. 髪は黒。\n満たさない基準があれば、その番号と場所を示してください。")
            #expect(try await api.number("select count(*) from rpds") == before)
        }
    }

    @Test("a picture is described by what was measured; what is no checked picture is refused")
    func pictures() async throws {
        try await API.run { api in
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            func describe(_ asset: Int) async throws -> Response {
                try await api.execute(
                    """
                    mutation($input: DescribePictureInput!) { describePicture(input: $input) {
                      description { text width height colors { hex share } lines keywords } userErrors { field code }
                    } }
                    """, ["input": ["assetId": .string(Key.asset(asset).id)]])
            }
            let found = try await describe(2)
            #expect(found.problems("describePicture") == [])
            #expect(found["describePicture.description.width"]?.int ?? 0 > 0)
            #expect(found["describePicture.description.colors"]?.array?.isEmpty == false)
            let unready = try await describe(7)
            #expect(unready.problems("describePicture") == ["input.assetId ASSET_NOT_READY"])
            #expect(unready["describePicture.description"] == .null)
        }
    }

    @Test("a motif is described from a picture of the project, and a chosen kind and picture are heard")
    func motifs() async throws {
        try await API.run { api in
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            let asset = JSONValue.string(Key.asset(2).id)
            func describe(_ tag: String) async throws -> Response {
                try await api.execute(
                    """
                    mutation($input: DescribeMotifInput!) { describeMotif(input: $input) {
                      motif { characteristics considerations confidence } userErrors { field code }
                    } }
                    """, ["input": ["assetId": asset, "tag": .string(tag)]])
            }
            let found = try await describe("剣")
            #expect(found["describeMotif.motif.considerations"]?.string?.contains("剣") == true)
            #expect(try await describe(" ").problems("describeMotif") == ["input.tag REQUIRED"])
            let content = try await api.execute(
                """
                mutation($input: SuggestRpdContentInput!) { suggestRpdContent(input: $input) {
                  suggestion { kind instruction } userErrors { code }
                } }
                """,
                [
                    "input": [
                        "projectId": .string(Key.project(1).id), "text": "目", "kind": "DESIGN_REVIEW", "context": "夏",
                        "assetId": asset,
                    ]
                ])
            #expect(content["suggestRpdContent.suggestion.kind"] == "DESIGN_REVIEW")
            let instruction = content["suggestRpdContent.suggestion.instruction"]?.string ?? ""
            #expect(instruction.contains("背景: 夏") && instruction.contains("参考画像"))
        }
    }

    @Test("what is said of a motif is a group of a review point as it stands")
    func motifAsGroup() async throws {
        try await API.run { api in
            try await api.services.objects.put(.bytes(try API.picture()), at: try ObjectKey("files/2"))
            // The longest name there may be.
            let tag = JSONValue.string(String(repeating: "剣", count: 255))
            let described = try await api.execute(
                """
                mutation($input: DescribeMotifInput!) { describeMotif(input: $input) {
                  motif { tag characteristics considerations } userErrors { field code }
                } }
                """, ["input": ["assetId": .string(Key.asset(2).id), "tag": tag]])
            let motif = try #require(described["describeMotif.motif"])
            #expect(motif["tag"] == tag)
            let created = try await api.execute(
                """
                mutation($input: CreateRpdInput!) { createRpd(input: $input) {
                  rpd { activeVersion { groups { tag characteristics considerations } } } userErrors { field code }
                } }
                """,
                [
                    "input": [
                        "projectId": .string(Key.project(1).id), "kind": "GENERAL_NG_REVIEW",
                        "content": ["title": "Swords", "ngSubcategory": "ABSTRACT_TYPE", "groups": [motif]],
                    ]
                ])
            #expect(created.problems("createRpd") == [])
            #expect(created["createRpd.rpd.activeVersion.groups"] == [motif])
        }
    }

    @Test("empty inputs and wrong numbers are told at their fields")
    func faults() async throws {
        try await API.run { api in
            for (field, input, problem) in [
                ("suggestRpdTitles", ["text": " "], "input.text REQUIRED"),
                ("suggestRpdTitles", ["text": "a", "limit": 11], "input.limit INVALID"),
                ("suggestRpdContent", ["text": ""], "input.text REQUIRED"),
                ("rewriteRpdInstruction", ["instruction": "\n"], "input.instruction REQUIRED"),
                ("suggestRpdContent", ["text": .string(String(repeating: "a", count: 5001))], "input.text TOO_LONG"),
                (
                    "suggestRpdContent", ["text": "a", "context": .string(String(repeating: "a", count: 5001))],
                    "input.context TOO_LONG"
                ),
                ("suggestRpdTitles", ["text": "a", "assetId": .string(Key.asset(9).id)], "input.assetId NOT_FOUND"),
                (
                    "rewriteRpdInstruction", ["instruction": "a", "assetId": .string(Key.asset(7).id)],
                    "input.assetId ASSET_NOT_READY"
                ),
            ] as [(String, JSONObject, String)] {
                var input = input
                input["projectId"] = .string(Key.project(1).id)
                let type = field.prefix(1).uppercased() + field.dropFirst() + "Input"
                let response = try await api.execute(
                    "mutation($input: \(type)!) { \(field)(input: $input) { modelName userErrors { field code } } }",
                    ["input": .object(input)])
                #expect(response.problems(field) == [problem], "\(field)")
            }
        }
    }
}
