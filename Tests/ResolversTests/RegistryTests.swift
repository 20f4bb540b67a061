import Foundation
import JSON
import Testing

@testable import Resolvers

/// Characters, reference pictures and sets of review points.
@Suite("What a project knows", .timeLimit(.minutes(15)))
struct RegistryTests {
    private func mutate(
        _ api: API, _ field: String, _ input: String, _ selection: String, as person: Person = .supervisor
    ) async throws -> Response {
        try await api.execute(
            "mutation { \(field)(input: { \(input) }) { \(selection) userErrors { field code message } } }", as: person)
    }

    private let project = #"projectId: "\#(Key.project(1).id)""#
    private func list(_ keys: [Key]) -> String { "[" + keys.map { "\"\($0.id)\"" }.joined(separator: ", ") + "]" }
    private func ids(_ keys: [Key]) -> JSONValue { .array(keys.map { ["id": .string($0.id)] }) }

    @Test("a character has pictures in order, and what is left out of a change stays")
    func character() async throws {
        try await API.run { api in
            let selection =
                "character { id name alias picture { id } gallery { id } conceptArt { id } rpds { id } createdBy { id } updatedAt }"
            let made = try await mutate(
                api, "createCharacter",
                """
                \(project), name: " Kaoru ", alias: "K", pictureId: "\(Key.asset(1).id)",
                galleryIds: \(list([.asset(3), .asset(2)])), conceptArtIds: \(list([.asset(2)])), rpdIds: \(list([.rpd(2)]))
                """, selection, as: .partner)
            let character = made["createCharacter.character"]
            #expect(character?["name"] == "Kaoru")
            #expect(character?["gallery"] == ids([.asset(3), .asset(2)]))
            #expect(character?["conceptArt"] == ids([.asset(2)]))
            #expect(character?["rpds"] == ids([.rpd(2)]))
            #expect(character?["createdBy"]?["id"] == .string(Key.user(3).id))
            let id = try #require(character?["id"]?.string)
            let seen = try #require(character?["updatedAt"]?.string)
            let changed = try await mutate(
                api, "updateCharacter",
                "characterId: \"\(id)\", pictureId: null, galleryIds: \(list([.asset(4)])), expectedUpdatedAt: \"\(seen)\"",
                selection)
            #expect(changed["updateCharacter.character.picture"] == .null)
            #expect(changed["updateCharacter.character.alias"] == "K")
            #expect(changed["updateCharacter.character.gallery"] == ids([.asset(4)]))
            #expect(changed["updateCharacter.character.conceptArt"] == ids([.asset(2)]))
            let late = try await mutate(
                api, "updateCharacter", "characterId: \"\(id)\", name: \"x\", expectedUpdatedAt: \"\(seen)\"", selection
            )
            #expect(late.problems("updateCharacter") == ["input.expectedUpdatedAt CONFLICT"])
            #expect(late["updateCharacter.character.name"] == "Kaoru")
        }
    }

    @Test(
        "objects of other projects, files that are no pictures and deleted review points are refused with their place")
    func references() async throws {
        try await API.run { api in
            for (input, problem) in [
                ("pictureId: \"\(Key.asset(9).id)\"", "input.pictureId NOT_FOUND"),
                ("galleryIds: \(list([.asset(1), .asset(7)]))", "input.galleryIds.1 NOT_FOUND"),
                ("conceptArtIds: \(list([.asset(10)]))", "input.conceptArtIds.0 NOT_FOUND"),
                ("rpdIds: \(list([.rpd(1), .rpd(7)]))", "input.rpdIds.1 NOT_FOUND"),
                ("name: \"\"", "input.name REQUIRED"),
            ] {
                let response = try await mutate(
                    api, "updateCharacter", "characterId: \"\(Key.character(1).id)\", \(input)",
                    "character { name gallery { id } rpds { id } }")
                #expect(response.problems("updateCharacter") == [problem])
                #expect(
                    response["updateCharacter.character"]
                        == ["name": "Character 1", "gallery": ids([.asset(2), .asset(3)]), "rpds": ids([.rpd(1)])])
            }
            try await api.sql("update rpds set deleted_at = now() where id = \(Key.rpd(2).sql)")
            for (input, problem) in [
                ("rpdIds: \(list([.rpd(2)]))", "input.rpdIds.0 NOT_FOUND"),
                ("characterIds: \(list([.character(3)]))", "input.characterIds.0 NOT_FOUND"),
                ("taskTagIds: \(list([.tag(3)]))", "input.taskTagIds.0 NOT_FOUND"),
                ("name: \"Set 2\"", "input.name DUPLICATE"),
            ] {
                let response = try await mutate(
                    api, "updateReviewSet", "reviewSetId: \"\(Key.reviewSet(1).id)\", \(input)", "reviewSet { name }")
                #expect(response.problems("updateReviewSet") == [problem])
            }
            // Rule 13: a deleted review point is in no set and at no character.
            let set = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on ReviewSet { rpds { id } characters { id } taskTags { id } } } }",
                ["id": .string(Key.reviewSet(1).id)])
            #expect(
                set["node"] == ["rpds": ids([.rpd(1)]), "characters": ids([.character(1)]), "taskTags": ids([.tag(1)])])
        }
    }

    @Test("a reference picture is changed by who entered it and by the owner's admins")
    func item() async throws {
        try await API.run { api in
            let made = try await mutate(
                api, "createItem", "\(project), assetId: \"\(Key.asset(4).id)\", tags: [\"a\", \" a\", \"b\"]",
                "item { id tags asset { id } }", as: .partner)
            #expect(made["createItem.item.tags"] == ["a", "b"])
            let id = try #require(made["createItem.item.id"]?.string)
            let again = try await mutate(
                api, "createItem", "\(project), assetId: \"\(Key.asset(4).id)\"", "item { id }")
            #expect(again.problems("createItem") == ["input.assetId DUPLICATE"])
            for (person, codes) in [
                (Person.studio, ["FORBIDDEN"]), (.owner, ["FORBIDDEN"]), (.partner, []), (.supervisor, []),
            ] {
                let response = try await mutate(
                    api, "updateItem", "itemId: \"\(id)\", description: \"By \(person)\"", "item { description }",
                    as: person)
                #expect(response.codes == codes, "\(person)")
            }
            let found = try await api.execute(
                """
                { project(id: "\(Key.project(1).id)") {
                  tagged: items(filter: { tags: ["a", "b"] }) { edges { node { id } } totalCount }
                  named: items(filter: { text: "PICTURE 2" }) { edges { node { id } } }
                  characters(filter: { text: "about 2", hasPicture: false }) { edges { node { id } } }
                } }
                """)
            #expect(found.ids("project.tagged") == [id])
            #expect(found.ids("project.named") == [Key.item(2).id])
            #expect(found.ids("project.characters") == [Key.character(2).id])
            let sets = try await api.execute(
                "query($id: ID!) { node(id: $id) { ... on Character { reviewSets { id } } } }",
                ["id": .string(Key.character(1).id)])
            #expect(sets["node.reviewSets"] == [["id": .string(Key.reviewSet(1).id)]])
        }
    }
}
